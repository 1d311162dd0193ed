import { basename } from 'node:path';
import { ALL_RULES } from '../core/causes/rules/all-rules.ts';
import { sayRepeats, withoutRepeats } from '../core/group/fingerprint.ts';
import { readDumps } from '../core/read/read-dumps.ts';
import { analyse, type Beside, type NamedDump, nameDumps, nameOfText } from '../core/report/analyse.ts';
import type { Analysis } from '../core/report/analysis.ts';
import { toMarkdown } from '../core/report/markdown.ts';
import { linkTo } from './link-to.ts';
import { fileSource, nodePlatform, streamSource } from './node-source.ts';
import { type Output, parseOptions, STDIN, USAGE } from './options.ts';
import { readSavedFile } from './read-saved-file.ts';
import { forTerminal, toText } from './text.ts';

/** What the command needs of its process. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly writeOutput: (text: string) => void;
  readonly writeError: (text: string) => void;
}

const READ = 0;
const FAILED_ON = 1;
const NOTHING_READ = 2;

/**
 * The command: reads the files named in `args` and writes what they say. Answers with the exit status: 0 when a dump, a
 * count or a race was read, 1 when the verdict is one to fail on, 2 when nothing was read or the command line is wrong. Every
 * file that holds no dump is in `rejected`.
 */
export async function analyzeCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseOptions(args);
  if (options.kind === 'help') {
    surroundings.writeOutput(USAGE);
    return READ;
  }
  if (options.kind === 'wrong') {
    surroundings.writeError(`${options.why}\n\n${USAGE}`);
    return NOTHING_READ;
  }

  const dumps: NamedDump[] = [];
  const countLogs: Beside['countLogs'][number][] = [];
  const races: Beside['races'][number][] = [];
  const notes: Beside['notes'][number][] = [];
  const rejected: { name: string; why: string }[] = [];
  const { unwrap, countKeys } = options;
  for (const [i, name] of namesOf(options.files).entries()) {
    const file = options.files[i] ?? '';
    try {
      const source = file === STDIN ? await streamSource(surroundings.stdin, name) : await fileSource(file);
      const saved = await readSavedFile(source);
      if (saved !== null) {
        dumps.push(...saved.dumps);
        countLogs.push(...saved.counts);
        races.push(...saved.races);
        notes.push(...saved.notes);
        continue;
      }
      const outcome = await readDumps(source, nodePlatform, { unwrap, countKeys });
      if (outcome === 'cancelled') continue;
      if (outcome.nothing !== null) rejected.push({ name, why: outcome.nothing });
      const { dumps: found, repeats } = withoutRepeats(outcome.dumps);
      dumps.push(...nameDumps(name, found));
      countLogs.push(...outcome.countLogs.map((log) => ({ name: nameOfText(name, log.provenance), log })));
      races.push(...outcome.races.map((report) => ({ name: nameOfText(name, report.provenance), report })));
      notes.push(...outcome.notes.map((text) => ({ name, text })));
      if (repeats > 0) notes.push({ name, text: sayRepeats(repeats) });
    } catch (error) {
      rejected.push({ name, why: error instanceof Error ? error.message : String(error) });
    }
  }
  const beside = { countLogs, races, notes, rejected };
  const analysis = analyse(dumps, options.level, { ...beside, query: options.query });
  const link = options.link === null || dumps.length === 0 ? null : linkTo(options.link, dumps, analysis.level, beside);
  const isRead = dumps.length + countLogs.length + races.length > 0;
  if (isRead || options.output === 'json') surroundings.writeOutput(written(analysis, options.output));
  if (link !== null) {
    // The document stands alone on the standard output.
    const tell = options.output === 'json' ? surroundings.writeError : surroundings.writeOutput;
    tell(options.output === 'json' ? `${link}\n` : `\n${link}\n`);
  }
  if (!isRead || options.output !== 'json') {
    for (const { name, why } of rejected) surroundings.writeError(`${forTerminal(name)}: ${forTerminal(why)}\n`);
  }
  if (!isRead) return NOTHING_READ;
  return options.failOn.includes(analysis.verdict.call) ? FAILED_ON : READ;
}

function written(analysis: Analysis, output: Output): string {
  switch (output) {
    case 'json':
      return `${JSON.stringify(analysis)}\n`;
    case 'markdown':
      return toMarkdown(analysis, { title: '', rules: ALL_RULES });
    case 'text':
      return toText(analysis, ALL_RULES);
  }
}

/** The family of each leak rule by its id, for who reads `cause` in the document. */
export function familyOfRules(): Readonly<Record<string, string>> {
  return Object.fromEntries(ALL_RULES.flatMap((rule) => (rule.kind === 'leak' ? [[rule.id, rule.family]] : [])));
}

/** What the files are called in the document: by base name, or as given where two would be called the same. */
function namesOf(files: readonly string[]): string[] {
  const short = files.map((file) => (file === STDIN ? 'stdin' : basename(file)));
  return short.map((name, i) => (short.filter((other) => other === name).length > 1 ? (files[i] ?? name) : name));
}

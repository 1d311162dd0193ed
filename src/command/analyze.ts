import { basename } from 'node:path';
import { ALL_RULES } from '../core/causes/rules/all-rules.ts';
import { sayRepeats, withoutRepeats } from '../core/group/fingerprint.ts';
import { readDumps } from '../core/read/read-dumps.ts';
import { analyse, type Beside, type NamedDump, nameDumps, nameOfText } from '../core/report/analyse.ts';
import { fileSource, nodePlatform, streamSource } from './node-source.ts';
import { parseOptions, STDIN, USAGE } from './options.ts';

/** What the command needs of its process. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly writeOutput: (text: string) => void;
  readonly writeError: (text: string) => void;
}

const READ = 0;
const NOTHING_READ = 2;

/**
 * The analyze command: reads the files named in `args` and writes the analysis document. Answers with the exit status: 0
 * when a dump, a count or a race was read, 2 when none was or the command line is wrong. Every file that holds no dump is in `rejected`.
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
  surroundings.writeOutput(`${JSON.stringify(analyse(dumps, options.level, { countLogs, races, notes, rejected }))}\n`);
  if (dumps.length + countLogs.length + races.length > 0) return READ;
  for (const { name, why } of rejected) surroundings.writeError(`${name}: ${why}\n`);
  return NOTHING_READ;
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

import { indexDump } from '../../core/group/cells.ts';
import { commonBasis, OWN_BASIS, partitionCells } from '../../core/group/keys.ts';
import type { CountLog } from '../../core/model/count-log.ts';
import type { Dump } from '../../core/model/dump.ts';
import type { Provenance } from '../../core/model/provenance.ts';
import type { Race, RaceReport } from '../../core/model/race-report.ts';
import type { Frame, LabelSet, Symbols } from '../../core/model/symbols.ts';
import type { Mark } from '../../core/triage/marks.ts';
import type { Investigation, SavedDump } from '../investigation.ts';
import type { RedactionChoice, RedactionPreview } from './choice.ts';
import { MAX_EXAMPLES, REDACTED_KINDS } from './choice.ts';
import { findModules } from './modules.ts';
import { freeStem } from './pseudonyms.ts';
import { redactRule } from './redact-rule.ts';
import { createScrub, type Scrub } from './scrub.ts';

/**
 * The investigation without what the choice names. Pseudonyms are the same in all dumps and different for what differed, so
 * that groups at every level stay what they were; marks and the chosen group go along. Counts, states, minutes, ids, times
 * and the functions of the standard library stay. Cost: a few steps for each distinct text, and grouping the chosen dump.
 */
export function redact(investigation: Investigation, choice: RedactionChoice): Investigation {
  return redactWith(investigation, choice).redacted;
}

/** What a redaction replaces, and which modules there are to choose from. */
export function previewRedaction(investigation: Investigation, choice: RedactionChoice): RedactionPreview {
  const modules = findModules(investigation.dumps.map(({ dump }) => dump));
  // Kinds that are not chosen are told of, too: what would go.
  const all: RedactionChoice = { arguments: true, paths: true, hosts: true, labels: true, modules: choice.modules };
  const { scrub } = redactWith(investigation, all);
  const replaced = scrub.replaced();
  return {
    replaced: REDACTED_KINDS.map((kind) => ({
      kind,
      count: replaced[kind].length,
      examples: replaced[kind].slice(0, MAX_EXAMPLES),
    })),
    modules,
  };
}

function redactWith(investigation: Investigation, choice: RedactionChoice): { redacted: Investigation; scrub: Scrub } {
  const { dumps, counts, races, notes, rules, marks, view } = investigation;
  const names = dumps.flatMap(({ dump }) => dump.symbols.strings);
  const scrub = createScrub(choice, freeStem('module', names));
  learnHosts(investigation, scrub);
  const redacted = dumps.map(({ name, dump, ...given }, at) => ({
    ...given,
    name: fileName(name, `dump-${at + 1}`, choice, scrub),
    dump: redactDump(dump, `dump-${at + 1}`, choice, scrub),
  }));
  const groupKey = view.groupKey === null ? null : newKey(dumps, redacted, view, scrub);
  return {
    scrub,
    redacted: {
      dumps: redacted,
      counts: counts.map(({ name, log }, at) => ({
        name: fileName(name, `counts-${at + 1}`, choice, scrub),
        log: redactLog(log, `counts-${at + 1}`, choice, scrub),
      })),
      races: races.map(({ name, report }, at) => ({
        name: fileName(name, `races-${at + 1}`, choice, scrub),
        report: redactRaces(report, `races-${at + 1}`, choice, scrub),
      })),
      notes: notes.map((note, at) => ({
        name: fileName(note.name, `file-${at + 1}`, choice, scrub),
        notes: note.notes.map(scrub.text),
      })),
      rules: rules.map((rule) => redactRule(rule, scrub)),
      // An id is a hash of names, against which guesses could be held.
      marks: marks.map((mark, at) => ({
        ...redactMark(mark, scrub),
        ...(choice.modules.length > 0 ? { id: `mark-${at + 1}` } : {}),
      })),
      view: {
        ...view,
        states: view.states.map(scrub.text),
        title: scrub.text(view.title),
        search: scrub.functionName(scrub.text(view.search)),
        groupKey,
      },
    },
  };
}

/** Hosts and labels are learned before any text, so that texts are searched for all of them. */
function learnHosts({ dumps, counts, races }: Investigation, scrub: Scrub): void {
  const places = [
    ...dumps.map(({ dump }) => dump.provenance),
    ...counts.map(({ log }) => log.provenance),
    ...races.map(({ report }) => report.provenance),
  ];
  for (const { instance, lane, path, fileName, entry } of places) {
    for (const name of [instance, lane]) if (name !== null) scrub.host(name);
    // Names of files stand in sentences, too.
    for (const name of [path, fileName, entry]) if (name !== null) scrub.learnFile(name);
  }
  for (const { dump } of dumps) for (const set of dump.symbols.labelSets) redactLabels(set, scrub);
}

/** Names of files hold names of pods more often than not. */
function fileName(name: string, instead: string, { hosts }: RedactionChoice, scrub: Scrub): string {
  return hosts ? instead : scrub.text(name);
}

function redactDump(dump: Dump, name: string, choice: RedactionChoice, scrub: Scrub): Dump {
  return {
    ...dump,
    provenance: redactProvenance(dump.provenance, name, choice, scrub),
    symbols: redactSymbols(dump.symbols, scrub),
    problems: dump.problems.map(({ line, text, why }) => ({ line, text: scrub.quoted(text), why: scrub.text(why) })),
    lowerBounds: dump.lowerBounds.map(scrub.text),
    runningTests: dump.runningTests.map((test) => scrub.functionName(scrub.text(test))),
    caveats: dump.caveats.map(scrub.text),
  };
}

function redactSymbols(symbols: Symbols, scrub: Scrub): Symbols {
  const strings: string[] = [];
  const places = new Map<string, number>();
  const intern = (text: string): number => {
    let place = places.get(text);
    if (place === undefined) {
      place = strings.length;
      places.set(text, place);
      strings.push(text);
    }
    return place;
  };
  const rename = (column: Uint32Array, change: (text: string) => string): Uint32Array => {
    const known = new Map<number, number>();
    return column.map((at) => {
      let place = known.get(at);
      if (place === undefined) {
        place = intern(change(symbols.strings[at] ?? ''));
        known.set(at, place);
      }
      return place;
    });
  };
  return {
    ...symbols,
    frameFunction: rename(symbols.frameFunction, scrub.functionName),
    frameFile: rename(symbols.frameFile, (path) => (path === '' ? '' : scrub.file(path))),
    strings,
    states: symbols.states.map(scrub.text),
    labelSets: symbols.labelSets.map((set) => redactLabels(set, scrub)),
  };
}

function redactLabels(set: LabelSet, scrub: Scrub): LabelSet {
  return set
    .map(([key, value]) => [scrub.labelKey(key), scrub.labelValue(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function redactProvenance(provenance: Provenance, name: string, choice: RedactionChoice, scrub: Scrub): Provenance {
  const { instance, lane, wrapper, reason } = provenance;
  return {
    ...provenance,
    fileName: fileName(provenance.fileName, name, choice, scrub),
    path: fileName(provenance.path, name, choice, scrub),
    entry: provenance.entry === null || choice.hosts ? null : scrub.text(provenance.entry),
    formatReason: scrub.text(provenance.formatReason),
    instance: instance === null ? null : scrub.host(instance),
    lane: lane === null ? null : scrub.host(lane),
    reason: reason === null ? null : redactReason(reason, scrub),
    // Lines of the log as they stood: whatever they hold.
    wrapper: wrapper === null ? null : { ...wrapper, example: '', exampleRead: '' },
  };
}

/** "panic" or "SIGQUIT" stays; what was said behind it is of the program. */
function redactReason(reason: string, scrub: Scrub): string {
  const [what = '', ...said] = reason.split(':');
  return said.length === 0 ? scrub.text(reason) : `${scrub.text(what)}: ${scrub.quoted(said.join(':').trim())}`;
}

function redactLog(log: CountLog, name: string, choice: RedactionChoice, scrub: Scrub): CountLog {
  return {
    ...log,
    provenance: redactProvenance(log.provenance, name, choice, scrub),
    caveats: log.caveats.map(scrub.text),
  };
}

function redactRaces(report: RaceReport, name: string, choice: RedactionChoice, scrub: Scrub): RaceReport {
  const frames = (all: readonly Frame[] | null): readonly Frame[] | null =>
    all?.map((frame) => ({
      ...frame,
      function: scrub.functionName(frame.function),
      file: frame.file === '' ? '' : scrub.file(frame.file),
    })) ?? null;
  const race = ({ accesses, creations, notes, ...rest }: Race): Race => ({
    ...rest,
    accesses: accesses.map((access) => ({
      ...access,
      what: scrub.text(access.what),
      address: scrub.text(access.address),
      frames: frames(access.frames),
    })),
    creations: creations.map((creation) => ({
      ...creation,
      state: scrub.text(creation.state),
      frames: frames(creation.frames),
    })),
    notes: notes.map(scrub.quoted),
  });
  return {
    ...report,
    provenance: redactProvenance(report.provenance, name, choice, scrub),
    races: report.races.map(race),
    caveats: report.caveats.map(scrub.text),
  };
}

/** Marks find groups by their frames, which are renamed like those of the dumps. */
function redactMark(mark: Mark, scrub: Scrub): Mark {
  return {
    ...mark,
    name: scrub.functionName(scrub.text(mark.name)),
    note: scrub.text(mark.note),
    frames: mark.frames.map(scrub.functionName),
    createdBy: mark.createdBy === null ? null : scrub.functionName(mark.createdBy),
  };
}

/**
 * The key that the chosen group has after renaming. It may be of any of the dumps, on the dump's own basis or on what all of
 * them print; null when no dump has it.
 */
function newKey(
  before: readonly SavedDump[],
  after: readonly SavedDump[],
  { dumpId, a, b, level, groupKey }: Investigation['view'],
  scrub: Scrub,
): string | null {
  const { modules, paths } = scrub.replaced();
  if (modules.length === 0 && paths.length === 0) return groupKey;
  const order = [...new Set([dumpId, a, b, ...before.keys()])].filter((at) => at !== null);
  const indexes = before.map(({ dump }) => indexDump(dump));
  const bases = [OWN_BASIS, commonBasis(indexes, level).basis];
  const pair = [a, b].flatMap((at) => (at === null ? [] : (indexes[at] ?? [])));
  if (pair.length > 1) bases.push(commonBasis(pair, level).basis);
  for (const basis of bases) {
    for (const at of order) {
      const [index, renamed] = [indexes[at], after[at]];
      if (index === undefined || renamed === undefined) continue;
      const { groupOf, key } = partitionCells(index, level, basis);
      const cell = groupOf.indexOf(key.indexOf(groupKey ?? ''));
      if (cell < 0) continue;
      // Cells stay in their order, as only names change.
      const other = partitionCells(indexDump(renamed.dump), level, basis);
      return other.key[other.groupOf[cell] ?? 0] ?? null;
    }
  }
  return null;
}

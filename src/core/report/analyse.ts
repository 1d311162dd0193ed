import type { CauseContext, CauseTable } from '../causes/causes.ts';
import { nameCauses } from '../causes/name-causes.ts';
import { ownRisingKeys, risingIn } from '../causes/rising.ts';
import type { Rule } from '../causes/rule.ts';
import { withShipped } from '../causes/rules/all-rules.ts';
import { compareDumps } from '../compare/compare-dumps.ts';
import { CHANGE_KINDS } from '../compare/comparison.ts';
import { adviseLevel } from '../compare/level-advice.ts';
import { type DumpIndex, indexDump } from '../group/cells.ts';
import { groupDump } from '../group/group-dump.ts';
import { type GroupTable, NO_WAIT } from '../group/group-table.ts';
import { commonBasis, OWN_BASIS, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import { textAt } from '../group/text-column.ts';
import type { CountLog } from '../model/count-log.ts';
import type { Dump } from '../model/dump.ts';
import type { Provenance } from '../model/provenance.ts';
import type { RaceReport } from '../model/race-report.ts';
import { FLAG, NO_MINUTES, NONE, type Rows } from '../model/rows.ts';
import { type LabelSet, NO_FRAME, stackCreatorAt, stackFramesAt } from '../model/symbols.ts';
import { matchGroups } from '../query/match.ts';
import { causeWords } from '../query/match-row.ts';
import type { Query } from '../query/query.ts';
import { rowsOfCells } from '../query/rows-of-cells.ts';
import { countSeries } from '../trend/count-series.ts';
import type { Moment } from '../trend/moments.ts';
import type { Phase } from '../trend/phase.ts';
import { provenBeside } from '../trend/proven-leaks.ts';
import type { Verdict } from '../trend/verdict.ts';
import type { MarkPattern } from '../triage/marks.ts';
import { analyseCounts, analyseRaces, isoTime } from './analyse-beside.ts';
import { analyseFit, analyseVerdict, judgeAll } from './analyse-verdict.ts';
import {
  ANALYSIS_SCHEMA,
  type AnalysedChange,
  type AnalysedDump,
  type AnalysedGroup,
  type AnalysedSeries,
  type Analysis,
} from './analysis.ts';

/** A dump and what to call it: the file's name, with "#2" for the second dump of one file. */
export interface NamedDump {
  readonly name: string;
  readonly dump: Dump;
  /** As a person marked it; left out or null: it is guessed. */
  readonly phase?: Phase | null;
}

/** Groups drawn as series of their own; the others are added up. */
const SERIES_GROUPS = 50;

/**
 * The analysis document of `dumps` (in the order given) at a level; null takes the one that suits them. Cost: one pass
 * over the goroutines of each, and one for each pair of neighbours.
 */
export function analyse(
  dumps: readonly NamedDump[],
  wantedLevel: Level | null,
  beside: Partial<Beside & Said> = {},
): Analysis {
  const indexes = dumps.map(({ dump }) => indexDump(dump));
  const advice = wantedLevel === null ? adviseLevel(indexes) : { level: wantedLevel, why: '' };
  const { level } = advice;
  const moments = indexes.map(
    (index, at): Moment => ({
      index,
      name: dumps[at]?.name ?? '',
      takenAtMs: index.dump.provenance.takenAtMs,
      phase: dumps[at]?.phase ?? null,
    }),
  );
  const verdict = judgeAll(moments, beside.countLogs ?? [], level, beside);
  const { rules = [], query = null } = beside;
  return {
    schema: ANALYSIS_SCHEMA,
    level,
    levelWhy: advice.why,
    dumps: [
      ...indexes.map((index, i) =>
        analyseDump(dumps[i]?.name ?? '', index, level, causeContext(verdict, indexes, i, rules), query),
      ),
      ...(beside.countLogs ?? []).map(({ name, log }) => analyseCounts(name, log)),
    ],
    changes: analyseChanges(dumps, indexes, level),
    series: analyseSeries(moments, level),
    verdict: analyseVerdict(verdict, moments),
    races: (beside.races ?? []).flatMap(({ name, report }) => analyseRaces(name, report)),
    notes: beside.notes ?? [],
    rejected: beside.rejected ?? [],
  };
}

/** What was found besides dumps, each with the name of its file. */
export interface Beside {
  readonly countLogs: readonly { readonly name: string; readonly log: CountLog }[];
  readonly races: readonly { readonly name: string; readonly report: RaceReport }[];
  readonly notes: Analysis['notes'];
  readonly rejected: Analysis['rejected'];
}

/** What people said of it; the document is as without it where nothing is given. */
export interface Said {
  /** A team's own rules, which are asked before the shipped ones. */
  readonly rules: readonly Rule[];
  readonly marks: readonly MarkPattern[];
  /** Goroutines that must not be reached; null when none was named. */
  readonly limit: number | null;
  /** Lists only the groups that it finds; the others are counted as hidden. Marks are not known here. */
  readonly query: Query | null;
}

/** A file, or a file in an archive: `bundle.zip!/nodes/1/stacks.txt`. */
export function nameOfText(fileName: string, { entry }: Pick<Provenance, 'entry'>): string {
  return entry === null ? fileName : `${fileName}!/${entry}`;
}

/** What the dumps of a file are called: `dump.txt`, `dump.txt#2`, …; each file of an archive counts its own. */
export function nameDumps(fileName: string, dumps: readonly Dump[]): NamedDump[] {
  const met = new Map<string, number>();
  return dumps.map((dump) => {
    const text = nameOfText(fileName, dump.provenance);
    const place = (met.get(text) ?? 0) + 1;
    met.set(text, place);
    return { name: place === 1 ? text : `${text}#${place}`, dump };
  });
}

/** What naming the causes of a dump takes from the verdict on all. */
function causeContext(
  verdict: Verdict,
  indexes: readonly DumpIndex[],
  place: number,
  ownRules: readonly Rule[],
): CauseContext {
  const process = verdict.processes.find(({ dumps }) => dumps.includes(place));
  const of = indexes.filter((_, at) => process?.dumps.includes(at) === true);
  const index = indexes[place];
  const keys = risingIn(verdict, place);
  const profiles = process?.profiles.flatMap((at) => indexes[at] ?? []) ?? [];
  const { level } = verdict;
  return {
    rules: withShipped(ownRules),
    own: ownRules.length,
    rising: index === undefined ? new Set() : ownRisingKeys(index, level, keys, [commonBasis(of, level).basis]),
    dumps: Math.max(process?.judged.length ?? 0, 1),
    proven: index === undefined ? null : provenBeside(index, level, profiles),
  };
}

function analyseDump(
  name: string,
  index: DumpIndex,
  level: Level,
  context: CauseContext,
  query: Query | null,
): AnalysedDump {
  const { dump } = index;
  const table = groupDump(index, level);
  const causes = nameCauses(index, table, context);
  const { provenance, rows } = dump;
  const all = analyseGroups(index, table, causes);
  const found = query === null ? null : new Set(findGroups(query, index, table, causes));
  const groups = found === null ? all : all.filter((_, row) => found.has(row));
  const sum = (of: typeof all): number => of.reduce((total, { count }) => total + count, 0);
  return {
    name,
    format: dump.format,
    profile: dump.profile,
    takenAt: provenance.takenAtMs === null ? null : isoTime(provenance.takenAtMs),
    takenAtFrom: provenance.takenAtFrom,
    instance: provenance.instance,
    goroutines: dump.goroutines,
    declared: dump.declared,
    truncated: dump.truncated,
    states: countStates(index),
    waitMinutes: countWaits(rows),
    createdBy: countCreators(index),
    lockedToThread: countFlag(rows, FLAG.lockedToThread),
    // A counted leak profile holds nothing but goroutines that are proven leaked.
    leaked: rows.flags ? countFlag(rows, FLAG.leaked) : dump.profile === 'goroutineleak' ? dump.goroutines : null,
    elided: countFlag(rows, FLAG.elided),
    withAncestors: countFlag(rows, FLAG.ancestors),
    stacks: partitionCells(index, 'exact', { ...OWN_BASIS, state: 'none' }).length,
    groups,
    ...(found === null ? {} : { hidden: { groups: all.length - groups.length, goroutines: sum(all) - sum(groups) } }),
    causes: { expected: causes.expected, suspected: causes.suspected, pairs: causes.pairs },
    problems: dump.problems,
    problemCount: dump.problemCount,
    lowerBounds: dump.lowerBounds,
    runningTests: dump.runningTests,
    caveats: [...dump.lowerBounds, ...dump.caveats],
    bytes: dump.bytes,
  };
}

/** Rows of the table that a query finds. */
function findGroups(query: Query, index: DumpIndex, table: GroupTable, causes: CauseTable): Uint32Array {
  const words = causes.causes.map(causeWords);
  return matchGroups(query, { index, table, rowOfCell: rowsOfCells(index, table), causes: words, marks: null });
}

/** A record from counts, largest first. Keys come from the dump, so own properties are defined and none is inherited. */
function toRecord(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort((left, right) => right[1] - left[1]));
}

function add<K>(counts: Map<K, number>, key: K, goroutines: number): void {
  counts.set(key, (counts.get(key) ?? 0) + goroutines);
}

function countStates(index: DumpIndex): Record<string, number> {
  const { cells, dump } = index;
  const counts = new Map<string, number>();
  for (let cell = 0; cell < cells.length; cell++) {
    add(counts, dump.symbols.states[cells.state[cell] ?? 0] ?? '', cells.count[cell] ?? 0);
  }
  return toRecord(counts);
}

function countWaits(rows: Rows): Record<string, number> | null {
  if (!rows.waitMinutes) return null;
  const counts = new Map<number, number>();
  rows.waitMinutes.forEach((minutes, row) => {
    add(counts, minutes, rows.weight?.[row] ?? 1);
  });
  return toRecord(
    new Map([...counts].map(([minutes, count]) => [minutes === NO_MINUTES ? 'none' : String(minutes), count])),
  );
}

function countCreators(index: DumpIndex): Record<string, number> | null {
  if (!index.printsCreators) return null;
  const { cells, dump } = index;
  const counts = new Map<string, number>();
  for (let cell = 0; cell < cells.length; cell++) {
    const frame = dump.symbols.stackCreator[cells.stack[cell] ?? 0] ?? NO_FRAME;
    const name = frame < 0 ? '(none)' : (dump.symbols.strings[dump.symbols.frameFunction[frame] ?? 0] ?? '');
    add(counts, name, cells.count[cell] ?? 0);
  }
  return toRecord(counts);
}

function countFlag(rows: Rows, flag: number): number | null {
  if (!rows.flags) return null;
  let count = 0;
  rows.flags.forEach((flags, row) => {
    if (flags & flag) count += rows.weight?.[row] ?? 1;
  });
  return count;
}

function analyseGroups(index: DumpIndex, table: GroupTable, { causes }: CauseTable): AnalysedGroup[] {
  const { symbols } = index.dump;
  const labels = sharedLabels(index, table.level);
  return table.key.map((key, row) => {
    const stack = table.mainStack[row] ?? 0;
    const creator = stackCreatorAt(symbols, stack);
    const inferredState = table.inferredState[row] ?? '';
    const labelSet = labels.get(key);
    const cause = causes[row] ?? null;
    return {
      count: table.count[row] ?? 0,
      state: table.state[row] ?? '',
      ...(inferredState === '' ? {} : { inferredState }),
      name: textAt(table.name, row),
      frames: stackFramesAt(symbols, stack).map((frame) => ({
        function: frame.function,
        file: frame.file,
        line: frame.line,
        inlined: frame.kind === 'inlined',
      })),
      createdBy: creator && { function: creator.function, file: creator.file, line: creator.line },
      waitMinutes:
        (table.waitMin[row] ?? NO_WAIT) === NO_WAIT
          ? null
          : {
              min: table.waitMin[row] ?? 0,
              median: table.waitMedian[row] ?? 0,
              max: table.waitMax[row] ?? 0,
              unknown: table.waitUnknown[row] ?? 0,
            },
      labels: labelSet ? Object.fromEntries(labelSet) : null,
      cause: cause && { id: cause.ruleId, grade: cause.grade },
    };
  });
}

/** By group key, the label set that every row of the group carries. One pass over the rows, and none without labels. */
function sharedLabels(index: DumpIndex, level: Level): Map<string, LabelSet> {
  const shared = new Map<string, LabelSet>();
  const { labels } = index.dump.rows;
  if (!labels) return shared;
  const UNSEEN = -2;
  const partition = partitionCells(index, level);
  const ofGroup = new Int32Array(partition.length).fill(UNSEEN);
  labels.forEach((set, row) => {
    const group = partition.groupOf[index.rowCell[row] ?? 0] ?? 0;
    const known = ofGroup[group];
    if (known === UNSEEN) ofGroup[group] = set;
    else if (known !== set) ofGroup[group] = NONE;
  });
  partition.key.forEach((key, group) => {
    const set = index.dump.symbols.labelSets[ofGroup[group] ?? NONE];
    if (set) shared.set(key, set);
  });
  return shared;
}

function analyseChanges(dumps: readonly NamedDump[], indexes: readonly DumpIndex[], level: Level): AnalysedChange[] {
  const changes: AnalysedChange[] = [];
  for (let i = 1; i < indexes.length; i++) {
    const before = indexes[i - 1];
    const after = indexes[i];
    if (!before || !after) continue;
    const { changes: table, ids, idsWhyNot, caveats } = compareDumps(before, after, level);
    changes.push({
      from: dumps[i - 1]?.name ?? '',
      to: dumps[i]?.name ?? '',
      groups: table.name.map((name, row) => ({
        name,
        before: table.before[row] ?? 0,
        after: table.after[row] ?? 0,
        delta: (table.after[row] ?? 0) - (table.before[row] ?? 0),
        kind: CHANGE_KINDS[table.kind[row] ?? 0] ?? 'same',
        fates: table.fates && {
          stuck: table.fates.stuck[row] ?? 0,
          movedIn: table.fates.movedIn[row] ?? 0,
          movedOut: table.fates.movedOut[row] ?? 0,
          born: table.fates.born[row] ?? 0,
          left: table.fates.left[row] ?? 0,
        },
      })),
      ids,
      idsWhyNot,
      caveats,
    });
  }
  return changes;
}

function analyseSeries(moments: readonly Moment[], level: Level): AnalysedSeries[] {
  const { total, fit, series, otherGroups } = countSeries(moments, level, SERIES_GROUPS);
  const all: AnalysedSeries[] = [{ kind: 'total', name: 'total', counts: total, fit: analyseFit(fit) }];
  for (const each of series) {
    all.push({ kind: 'group', name: each.name, counts: each.counts, fit: analyseFit(each.fit) });
  }
  if (otherGroups > 0) {
    const rest = total.map((count, at) => series.reduce((left, { counts }) => left - (counts[at] ?? 0), count));
    all.push({ kind: 'other', name: `${otherGroups} other groups`, counts: rest, fit: null });
  }
  return all;
}

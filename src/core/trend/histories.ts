import { fatesByGroup } from '../compare/compare-ids.ts';
import { matchIds } from '../compare/match-ids.ts';
import type { DumpIndex } from '../group/cells.ts';
import { cellsByGroup, nameSubjects, summariseGroups, type Waits, waitsOf } from '../group/group-dump.ts';
import { commonBasis, type Partition, partitionCells } from '../group/keys.ts';
import type { Level } from '../group/levels.ts';
import type { NameSubject } from '../group/name-parts.ts';
import { type RestKind, restKind } from '../group/rest-place.ts';
import { printedFunctions } from '../group/symbol-index.ts';
import { UNKNOWN_STATE } from '../model/symbols.ts';
import { type HeldGoroutines, leakedOfCells } from './proven-leaks.ts';

/** Goroutines of a group from one dump to the next, by id. */
export interface HistoryStep {
  readonly stuck: number;
  readonly born: number;
  readonly movedIn: number;
  /** Ended. */
  readonly left: number;
  readonly movedOut: number;
}

const NO_FATES: HistoryStep = { stuck: 0, born: 0, movedIn: 0, left: 0, movedOut: 0 };

/** How long the goroutines of a group have waited, in one dump. */
export interface Ages {
  /** Goroutines that print minutes: they have waited for at least one. */
  readonly printed: number;
  /** Of those that print minutes; 0 when none does. */
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Goroutines that have waited at most a third of `max`, and more than two thirds. */
  readonly young: number;
  readonly old: number;
}

/** A group over the dumps of one process. */
export interface GroupHistory {
  readonly key: string;
  /** What stands for it in names: of the last dump that has it. */
  readonly subject: NameSubject;
  /** Per dump. */
  readonly counts: readonly number[];
  /** Per dump but the first; null where ids could not be compared with the dump before. */
  readonly steps: readonly (HistoryStep | null)[];
  /** Goroutines at the same stack in the first and in the last dump; null without ids. */
  readonly stuckThrough: number | null;
  readonly rest: RestKind;
  /** The state as printed, else inferred; UNKNOWN_STATE when neither. */
  readonly state: string;
  /** In the last dump; null where its form prints no minutes or it has none of the group. */
  readonly ages: Ages | null;
  /** In the dump before the last one that has it, for what grew older. */
  readonly agesBefore: Ages | null;
  /** Goroutines proven leaked in the last dump. */
  readonly leaked: number;
  /** The place of the proof that says so; null where the dump itself marks them. */
  readonly heldBy: number | null;
}

/**
 * All groups of dumps of one process, in time order. `held`: the goroutines of the last dump that are
 * proven leaked beside it. Cost: cells of all dumps, and for those with ids one look at each goroutine for
 * the dump before, and for the first.
 */
export function groupHistories(
  indexes: readonly DumpIndex[],
  level: Level,
  held: HeldGoroutines | null = null,
): GroupHistory[] {
  const { basis } = commonBasis(indexes, level);
  const number = new Map<string, number>();
  const drafts: {
    key: string;
    subject: NameSubject;
    counts: number[];
    steps: (HistoryStep | null)[];
    lastAt: number;
    cells: Uint32Array;
    agesBefore: Ages | null;
    ages: Ages | null;
  }[] = [];
  const partitions = indexes.map((index) => partitionCells(index, level, basis));
  indexes.forEach((index, at) => {
    const partition = partitions[at];
    if (partition === undefined) return;
    const byGroup = cellsByGroup(partition);
    const facts = summariseGroups(index, byGroup);
    const subjects = nameSubjects(index, level, partition, facts);
    partition.key.forEach((key, group) => {
      const subject = subjects[group];
      if (subject === undefined) return;
      const cells = byGroup.order.subarray(byGroup.start[group], byGroup.start[group + 1]);
      const known = number.get(key);
      if (known === undefined) {
        number.set(key, drafts.length);
        const counts = new Array<number>(indexes.length).fill(0);
        counts[at] = facts.count[group] ?? 0;
        const steps = new Array<HistoryStep | null>(Math.max(0, indexes.length - 1)).fill(null);
        drafts.push({ key, subject, counts, steps, lastAt: at, cells, agesBefore: null, ages: agesOf(index, cells) });
        return;
      }
      const draft = drafts[known];
      if (draft === undefined) return;
      draft.counts[at] = facts.count[group] ?? 0;
      draft.agesBefore = draft.ages;
      draft.ages = agesOf(index, cells);
      draft.lastAt = at;
      draft.cells = cells;
      // The last dump that prints a state names the group.
      if (index.printsState || !draft.subject.index.printsState) draft.subject = subject;
    });
  });

  /** Adds fates from dump `from` to dump `to`; false when ids cannot be compared. */
  const compare = (from: number, to: number, put: (group: number, step: HistoryStep) => void): boolean => {
    const [a, b, before, after] = [indexes[from], indexes[to], partitions[from], partitions[to]];
    if (!a || !b || !before || !after) return false;
    const { match } = matchIds(a, b);
    if (match === null) return false;
    const inA = fatesByGroup(match.ofA, a.rowCell, before.groupOf, before.length);
    const inB = fatesByGroup(match.ofB, b.rowCell, after.groupOf, after.length);
    const went = new Map(
      before.key.map((key, group) => [key, { left: inA.alone[group] ?? 0, movedOut: inA.moved[group] ?? 0 }]),
    );
    after.key.forEach((key, group) => {
      put(number.get(key) ?? 0, {
        stuck: inB.stuck[group] ?? 0,
        born: inB.alone[group] ?? 0,
        movedIn: inB.moved[group] ?? 0,
        left: went.get(key)?.left ?? 0,
        movedOut: went.get(key)?.movedOut ?? 0,
      });
      went.delete(key);
    });
    for (const [key, gone] of went) put(number.get(key) ?? 0, { ...NO_FATES, ...gone });
    return true;
  };
  for (let to = 1; to < indexes.length; to++) {
    const steps = new Map<number, HistoryStep>();
    if (!compare(to - 1, to, (group, step) => steps.set(group, step))) continue;
    drafts.forEach((draft, group) => {
      draft.steps[to - 1] = steps.get(group) ?? NO_FATES;
    });
  }
  const through = new Map<number, number>();
  const last = indexes.length - 1;
  const matched = last > 0 && compare(0, last, (group, { stuck }) => through.set(group, stuck));
  const leaked = leakedByKey(indexes.at(-1), partitions.at(-1), held);
  return drafts.map(({ key, subject, counts, steps, lastAt, ages, agesBefore }, group) => {
    const { state, functions } = placeOfSubject(subject);
    return {
      key,
      subject,
      counts,
      steps,
      stuckThrough: matched ? (through.get(group) ?? 0) : null,
      rest: restKind(state, functions),
      state,
      ages: lastAt === last ? ages : null,
      agesBefore: lastAt === last ? agesBefore : ages,
      leaked: leaked.get(key)?.goroutines ?? 0,
      heldBy: leaked.get(key)?.heldBy ?? null,
    };
  });
}

/** The state of a group as far as it can be told, and the functions of its main stack. */
export function placeOfSubject({ index, stack, state, inferred }: NameSubject): {
  state: string;
  functions: readonly string[];
} {
  const functions = printedFunctions(index.dump.symbols, stack);
  if (state === UNKNOWN_STATE) return { state: inferred || UNKNOWN_STATE, functions };
  return { state: state === 'semacquire' ? index.inferred(stack) || state : state, functions };
}

/** Null when the form prints no minutes. */
export function agesOf(index: DumpIndex, cells: Uint32Array): Ages | null {
  if (index.dump.rows.waitMinutes === null) return null;
  let goroutines = 0;
  for (const cell of cells) goroutines += index.cells.count[cell] ?? 0;
  return agesOfWaits(waitsOf(index, cells), goroutines);
}

/** Of so many goroutines; those that print no minutes have waited for none. */
export function agesOfWaits({ minutes, counts }: Waits, goroutines: number): Ages {
  const max = minutes.at(-1) ?? 0;
  let printed = 0;
  let old = 0;
  let youngPrinted = 0;
  minutes.forEach((wait, at) => {
    const count = counts[at] ?? 0;
    printed += count;
    if (wait > (2 * max) / 3) old += count;
    if (wait <= max / 3) youngPrinted += count;
  });
  let median = 0;
  let below = 0;
  minutes.forEach((wait, at) => {
    if (below * 2 < printed) median = wait;
    below += counts[at] ?? 0;
  });
  return { printed, min: minutes[0] ?? 0, median, max, young: youngPrinted + (goroutines - printed), old };
}

/** A pace is even when the youngest and the oldest third of the waits each hold this share. */
const EVEN_SHARE = 0.12;
/** Waits of up to a minute are too coarse to be spread. */
const SPREAD_MINUTES = 1;

/** Whether a group of `goroutines` came one after another, as with a steady leak, and not all at one event. */
export function areSpread({ young, old, max }: Ages, goroutines: number): boolean {
  return young >= EVEN_SHARE * goroutines && old >= EVEN_SHARE * goroutines && max > SPREAD_MINUTES;
}

/** Goroutines that are proven leaked, by marks or by what is beside the dump, by group. Cost: see `leakedOfCells`. */
function leakedByKey(
  index: DumpIndex | undefined,
  partition: Partition | undefined,
  beside: HeldGoroutines | null,
): Map<string, { goroutines: number; heldBy: number | null }> {
  const leaked = new Map<string, { goroutines: number; heldBy: number | null }>();
  if (index === undefined || partition === undefined) return leaked;
  const marked = leakedOfCells(index);
  if (marked === null && beside === null) return leaked;
  partition.groupOf.forEach((group, cell) => {
    const own = marked?.[cell] ?? 0;
    const other = beside?.held[cell] ?? 0;
    if (own <= 0 && other <= 0) return;
    const key = partition.key[group] ?? '';
    const known = leaked.get(key) ?? { goroutines: 0, heldBy: null };
    known.goroutines += Math.max(own, other);
    if (other > own) known.heldBy = Math.max(known.heldBy ?? -1, beside?.by[cell] ?? -1);
    leaked.set(key, known);
  });
  return leaked;
}

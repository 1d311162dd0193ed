import type { LocationKind } from './lines.ts';

/** What was met in a list that a reader of its numbers must know. */
export interface SeenInList {
  readonly shows: Set<LocationKind>;
  /** Goroutines whose stack was cut at the depth asked for. */
  elided: number;
  /** Goroutines the debugger could not read. */
  unreadable: number;
  /** Goroutines whose line could not be read. */
  left: number;
  /** Goroutines with more labels than are printed. */
  manyLabels: number;
  groupsLeft: boolean;
  /** Stacks were printed (-t), not one location of each goroutine only. */
  anyStack: boolean;
}

/** How a list ended. */
export interface ListEnds {
  readonly goroutines: number;
  readonly declared: number | null;
  /** Groups of `-group`; 0 in a plain list. */
  readonly groups: number;
  readonly cutInside: boolean;
  /** No total and no prompt stands after it. */
  readonly unended: boolean;
}

/** As `Dump.lowerBounds`. */
export function lowerBoundsOf(seen: SeenInList, ends: ListEnds): string[] {
  const sentences: string[] = [];
  const { goroutines, declared } = ends;
  if (ends.cutInside) sentences.push('The list ends inside a stack: goroutines after it may be missing.');
  else if (ends.unended)
    sentences.push('No total such as "[12 goroutines]" stands after the list: goroutines may be missing.');
  if (declared !== null && declared > goroutines) {
    sentences.push(
      ends.groups > 0
        ? `The list is grouped: Delve prints at most five goroutines of a group, ${number(goroutines)} of ${number(declared)}. Take goroutines without -group for all.`
        : `The list declares ${number(declared)} goroutines, ${number(goroutines)} of them stand in it.`,
    );
  }
  if (seen.groupsLeft) sentences.push('Delve found too many groups and left some out.');
  if (seen.elided > 0)
    sentences.push(
      `${goroutinesHave(seen.elided)} a stack that was cut at the depth asked for. Take goroutines -t 100 for more.`,
    );
  if (seen.unreadable > 0) sentences.push(`Delve could not read ${number(seen.unreadable)} of the goroutines.`);
  if (seen.left > 0) {
    const left = seen.left === 1 ? 'One line' : `${number(seen.left)} lines`;
    sentences.push(`${left} of the list could not be read.`);
  }
  return sentences;
}

/** As `Dump.caveats`. `command`: the words after `goroutines` when they are known. */
export function caveatsOf(seen: SeenInList, command: readonly string[] | null): string[] {
  const sentences: string[] = [];
  if (seen.shows.has('Go'))
    sentences.push('The list was taken with -g: it shows where goroutines were made, not where they stand.');
  if (seen.shows.has('Start'))
    sentences.push('The list was taken with -s: it shows the functions goroutines began with, not where they stand.');
  if (!seen.anyStack && (seen.shows.has('User') || seen.shows.has('Runtime')))
    sentences.push('The list names one place of each goroutine. goroutines -t 100 prints their stacks.');
  const filter = command?.find((word) => /^-(w|with|wo|without|chan)$/.test(word));
  if (filter !== undefined) sentences.push(`The list was filtered (${filter}): other goroutines are not in it.`);
  if (seen.manyLabels > 0)
    sentences.push(`${goroutinesHave(seen.manyLabels)} more than the five labels that Delve prints.`);
  return sentences;
}

function goroutinesHave(count: number): string {
  return count === 1 ? 'One goroutine has' : `${number(count)} goroutines have`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

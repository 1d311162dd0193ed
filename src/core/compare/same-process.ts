import type { DumpIndex } from '../group/cells.ts';
import { displayFunction } from '../group/function-name.ts';
import { type FrameIndex, frameAt, NO_FRAME } from '../model/symbols.ts';
import { forEachShared, largestMissing, type SortedIds } from './ids.ts';

/**
 * How far below the newest id a goroutine born later may lie: ids are handed to processors in batches of 16
 * (runtime/proc.go, _GoidCacheBatch), and each of 256 processors may keep an old one.
 */
const LEFTOVER_IDS = 16 * 256;

/**
 * Why the two dumps cannot be of one process; empty when nothing speaks against it. Within a process ids grow and are
 * never reused, so each of these is impossible there:
 * - one id created at two places;
 * - all goroutines born since the earlier dump have ids far below its newest. Asked only when both dumps say their time
 *   themselves: a file's modification time changes with every copy.
 * Without such evidence the dumps count as one process. The answer does not depend on which dump is called A.
 */
export function otherProcess(a: DumpIndex, b: DumpIndex, before: SortedIds, after: SortedIds): string {
  const instances = [a.dump.provenance.instance, b.dump.provenance.instance];
  if (instances[0] !== null && instances[1] !== null && instances[0] !== instances[1]) {
    return `The dumps are of two instances (${instances[0]} and ${instances[1]}): their ids have nothing in common.`;
  }
  return differentCreators(a, b, before, after) || idsFellBack(a, b, before, after);
}

function differentCreators(a: DumpIndex, b: DumpIndex, before: SortedIds, after: SortedIds): string {
  // Creator frames are few: each pair of them is compared once.
  const verdicts = new Map<number, boolean>();
  const width = b.dump.symbols.frameFunction.length + 1;
  let answer = '';
  forEachShared(before, after, (id, fromA, toA, fromB, toB) => {
    if (answer !== '' || id < 1 || toA - fromA > 1 || toB - fromB > 1) return;
    const frameA = creatorOfRow(a, before.row[fromA] ?? 0);
    const frameB = creatorOfRow(b, after.row[fromB] ?? 0);
    if (frameA < 0 || frameB < 0) return;
    const pair = frameA * width + frameB;
    let same = verdicts.get(pair);
    if (same === undefined) {
      const left = frameAt(a.dump.symbols, frameA);
      const right = frameAt(b.dump.symbols, frameB);
      same = left.function === right.function && left.line === right.line && left.file === right.file;
      verdicts.set(pair, same);
    }
    if (same) return;
    const places = [placeOf(a, frameA), placeOf(b, frameB)].sort();
    answer = `The process restarted between the dumps, or they are of two processes: goroutine ${id} was created at ${places[0]} in one and at ${places[1]} in the other.`;
  });
  return answer;
}

function creatorOfRow(index: DumpIndex, row: number): FrameIndex {
  return index.dump.symbols.stackCreator[index.dump.rows.stack[row] ?? 0] ?? NO_FRAME;
}

function placeOf(index: DumpIndex, frame: FrameIndex): string {
  const { function: name, line } = frameAt(index.dump.symbols, frame);
  return `${displayFunction(name)}:${line}`;
}

function idsFellBack(a: DumpIndex, b: DumpIndex, before: SortedIds, after: SortedIds): string {
  const [timeA, timeB] = [ownTime(a), ownTime(b)];
  if (timeA === null || timeB === null || timeA === timeB) return '';
  const [earlier, later] = timeA < timeB ? [before, after] : [after, before];
  const newest = earlier.id.at(-1) ?? 0;
  const newestBorn = largestMissing(later, earlier);
  if (newestBorn === 0 || newestBorn >= newest - LEFTOVER_IDS) return '';
  return 'The process restarted between the dumps: the ids of goroutines born since have fallen back.';
}

function ownTime(index: DumpIndex): number | null {
  const { takenAtMs, takenAtFrom } = index.dump.provenance;
  return takenAtFrom === 'file-time' ? null : takenAtMs;
}

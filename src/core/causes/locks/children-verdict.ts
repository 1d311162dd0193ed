import type { DumpIndex } from '../../group/cells.ts';
import { stateOfCell } from '../../group/cells.ts';
import { restKind } from '../../group/rest-place.ts';
import { printedFunctions } from '../../group/symbol-index.ts';
import { NO_ID } from '../../model/rows.ts';
import { formatCount } from '../../words/numbers.ts';
import { type LockVerdict, MAX_LISTED_IDS } from './lock-report.ts';
import type { KnownTarget } from './targets.ts';
import { waitersWord } from './words.ts';

/** Kinds of children named in one sentence. */
const MAX_KINDS = 5;

/**
 * Whom the waiters of a WaitGroup wait for: the goroutines they created which are still there. What these wait for is the
 * cause. Others may run the group's work as well, and children may do other work: so it is where to look, no proof.
 * Looks at the first MAX_LISTED_IDS waiters. Cost: one pass over the rows.
 */
export function childrenVerdict(index: DumpIndex, { target, key }: KnownTarget, at: number): LockVerdict {
  const { creatorId, goroutineId } = index.dump.rows;
  const base = {
    targets: [at],
    waiters: target.waiters.count,
    certainty: null,
    goroutineIds: [],
    rest: null,
    kind: 'unknown' as const,
    ruleId: null,
  };
  const several = key === null && target.waiters.count > 1;
  const pile = `${waitersWord(target.waiters.count)} for ${several ? 'WaitGroups that no frame tells apart' : 'a WaitGroup'}.`;
  if (goroutineId === null || creatorId === null || !creatorId.some((id) => id !== NO_ID)) {
    return { ...base, why: [pile, 'This dump does not print who created whom (Go prints it since 1.21).'] };
  }
  const waiters = new Set(target.waiters.ids);
  const ids: number[] = [];
  const kinds = new Map<string, { count: number; cell: number }>();
  let count = 0;
  for (let row = 0; row < creatorId.length; row++) {
    if (!waiters.has(creatorId[row] ?? NO_ID)) continue;
    count++;
    if (ids.length < MAX_LISTED_IDS) ids.push(goroutineId[row] ?? 0);
    const cell = index.rowCell[row] ?? 0;
    const name = `${placeOfCell(index, cell)} [${stateOfCell(index, cell)}]`;
    const kind = kinds.get(name) ?? { count: 0, cell };
    kind.count++;
    kinds.set(name, kind);
  }
  const most = [...kinds].sort((a, b) => b[1].count - a[1].count);
  const [first] = most;
  if (first === undefined) {
    return {
      ...base,
      why: [pile, 'No goroutine that they created is in this dump: a Done may be missing, or others do the work.'],
    };
  }
  const stack = index.cells.stack[first[1].cell] ?? 0;
  return {
    ...base,
    kind: 'wait-group-children',
    ruleId: 'L41',
    goroutineIds: ids.sort((a, b) => a - b),
    rest: restKind(stateOfCell(index, first[1].cell), printedFunctions(index.dump.symbols, stack)),
    why: [
      pile,
      `Of the goroutines they created ${formatCount(count)} ${count === 1 ? 'is' : 'are'} still there: ${most
        .slice(0, MAX_KINDS)
        .map(([name, kind]) => `${formatCount(kind.count)} × ${name}`)
        .join(', ')}${most.length > MAX_KINDS ? ', …' : ''}.`,
    ],
  };
}

/** Function of the waiting place of a cell. */
function placeOfCell(index: DumpIndex, cell: number): string {
  const { symbols } = index.dump;
  const frame = index.places[index.cells.stack[cell] ?? 0] ?? -1;
  return frame < 0 ? 'no frames' : (symbols.strings[symbols.frameFunction[frame] ?? 0] ?? '');
}

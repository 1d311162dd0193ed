import { type DumpIndex, stateOfCell } from '../../group/cells.ts';
import { NO_ID } from '../../model/rows.ts';
import { stackCreatorAt } from '../../model/symbols.ts';
import { formatCount } from '../../words/numbers.ts';
import { parseGoroutineText } from '../locks/goroutine-text.ts';
import { kindsOfStacks, NO_NAME, nameAt, type StackKinds } from './kinds.ts';
import { type ChainLink, type GoroutineLineage, MAX_CHAIN, MAX_LISTED_CHILDREN } from './lineage.ts';
import { rowsOfCreators } from './tree.ts';

/**
 * The family of one goroutine; null when it is not in the dump. `text`: its own text, for the ancestors in it; null without.
 * Cost: two passes over the rows, and one over the distinct stacks.
 */
export function goroutineLineage(index: DumpIndex, goroutineId: number, text: string | null): GoroutineLineage | null {
  const { rows, symbols } = index.dump;
  const row = rows.goroutineId?.indexOf(goroutineId) ?? -1;
  if (row < 0) return null;
  const kinds = kindsOfStacks(index);
  const chain = chainOf(index, kinds, row);
  const creatorId = rows.creatorId?.[row] ?? NO_ID;
  const created = stackCreatorAt(symbols, rows.stack[row] ?? 0);
  const creator =
    created === null ? 'none' : creatorId === NO_ID ? 'unknown' : chain[0]?.row === null ? 'gone' : 'here';
  const ancestors = (text === null ? [] : parseGoroutineText(text).ancestors).map(({ id, frames }) => ({
    id,
    isHere: rows.goroutineId?.includes(id) ?? false,
    frames: frames.map(({ function: name, file, line }) => ({ function: name, file, line, kind: 'go' as const })),
  }));
  const children = childrenOf(index, kinds, goroutineId);
  return {
    goroutineId,
    row,
    creator,
    chain,
    children,
    ancestors,
    evidence: evidenceOf(index, goroutineId, creator, chain, children),
  };
}

function chainOf(index: DumpIndex, kinds: StackKinds, from: number): ChainLink[] {
  const { rows, symbols } = index.dump;
  const rowOf = rowsOfCreators(index);
  const chain: ChainLink[] = [];
  const seen = new Set<number>();
  let row: number | undefined = from;
  while (row !== undefined && chain.length < MAX_CHAIN) {
    const id: number = rows.creatorId?.[row] ?? NO_ID;
    // Damaged text may name goroutines as creators of each other.
    if (id === NO_ID || seen.has(id)) break;
    seen.add(id);
    const createdBy = stackCreatorAt(symbols, rows.stack[row] ?? 0)?.function ?? '';
    row = rowOf.get(id);
    chain.push({
      id,
      row: row ?? null,
      createdBy,
      entry: row === undefined ? null : nameAt(index, kinds.entry[kinds.kind[rows.stack[row] ?? 0] ?? 0] ?? NO_NAME),
      state: row === undefined ? null : stateOfCell(index, index.rowCell[row] ?? 0),
    });
  }
  return chain;
}

function childrenOf(index: DumpIndex, kinds: StackKinds, goroutineId: number): GoroutineLineage['children'] {
  const { rows } = index.dump;
  const { creatorId } = rows;
  if (creatorId === null || !creatorId.some((id) => id !== NO_ID)) return null;
  const ids: number[] = [];
  const counts = new Map<string, { entry: string; state: string; goroutines: number }>();
  creatorId.forEach((id, row) => {
    if (id !== goroutineId) return;
    ids.push(rows.goroutineId?.[row] ?? 0);
    const entry = nameAt(index, kinds.entry[kinds.kind[rows.stack[row] ?? 0] ?? 0] ?? NO_NAME);
    const state = stateOfCell(index, index.rowCell[row] ?? 0);
    const known = counts.get(`${entry}\n${state}`) ?? { entry, state, goroutines: 0 };
    known.goroutines++;
    counts.set(`${entry}\n${state}`, known);
  });
  return {
    count: ids.length,
    ids: ids.sort((a, b) => a - b).slice(0, MAX_LISTED_CHILDREN),
    kinds: [...counts.values()]
      .sort((a, b) => b.goroutines - a.goroutines || (a.entry < b.entry ? -1 : 1))
      .slice(0, MAX_LISTED_CHILDREN),
  };
}

function evidenceOf(
  index: DumpIndex,
  goroutineId: number,
  creator: GoroutineLineage['creator'],
  chain: readonly ChainLink[],
  children: GoroutineLineage['children'],
): string[] {
  const said: string[] = [];
  const [first] = chain;
  const last = chain.at(-1);
  if (first !== undefined && creator === 'gone') {
    said.push(`Goroutine ${first.id}, which created it in ${first.createdBy}, is gone.`);
  } else if (last !== undefined && last.row === null) {
    said.push(`Goroutine ${last.id}, at the top of its line of creators, is gone.`);
  }
  if (creator === 'unknown')
    said.push('Its created-by line does not name the creating goroutine (Go does so since 1.21).');
  if (children !== null && children.count > 0) {
    said.push(
      `Goroutine ${goroutineId} created ${formatCount(children.count)} of the goroutines that are still there.`,
    );
  }
  const { dump } = index;
  if (last?.row === null && (dump.truncated || dump.profile === 'goroutineleak')) {
    said.push('This dump does not hold all goroutines, so a creator that is missing may still run.');
  }
  return said;
}

import { type DumpIndex, inferredStateOfCell, stateOfCell } from '../group/cells.ts';
import type { GroupTable } from '../group/group-table.ts';
import { NONE } from '../model/rows.ts';
import { NO_FRAME, stackCount } from '../model/symbols.ts';
import { findTexts } from './match-column.ts';
import { has, isIn } from './match-row.ts';
import type { NumberRange, Query, Term, TextField, TextMatch } from './query.ts';
import { type SearchTexts, searchTexts } from './search-texts.ts';

/** A table and what is known of its groups. */
export interface Searched {
  readonly index: DumpIndex;
  readonly table: GroupTable;
  /** Per cell of the dump its row of the table; see `rowsOfCells`. */
  readonly rowOfCell: Uint32Array;
  /** Per row the words that `cause:` finds; null when causes are not known here. */
  readonly causes: readonly (readonly string[])[] | null;
  /** Per row the word that `mark:` finds; null when marks are not known here. */
  readonly marks: readonly string[] | null;
}

/** A 1 for each row of the table in which what was asked for was found. */
type Found = Uint8Array<ArrayBuffer>;

/**
 * Rows of the table whose goroutines have what a query asks for, in table order. Each term is found in a group when any of its
 * goroutines has it. Cost: for each term a look at each distinct text of its field, then one pass over the stacks; `id:` looks at
 * each goroutine.
 */
export function matchGroups(query: Query, searched: Searched): Uint32Array<ArrayBuffer> {
  const found = find(query, searched);
  const rows = new Uint32Array(found.length);
  let used = 0;
  found.forEach((is, row) => {
    if (is === 1) rows[used++] = row;
  });
  return rows.slice(0, used);
}

function find(query: Query, searched: Searched): Found {
  switch (query.kind) {
    case 'and':
      return combine(query.parts, searched, 1, (all, one) => all & one);
    case 'or':
      return combine(query.parts, searched, 0, (all, one) => all | one);
    case 'not':
      return find(query.of, searched).map((is) => 1 - is);
    default:
      return findTerm(query, searched);
  }
}

function combine(
  parts: readonly Query[],
  searched: Searched,
  start: number,
  join: (all: number, one: number) => number,
): Found {
  const all: Found = new Uint8Array(searched.table.length).fill(start);
  for (const part of parts) {
    const one = find(part, searched);
    for (let row = 0; row < all.length; row++) all[row] = join(all[row] ?? 0, one[row] ?? 0);
  }
  return all;
}

function findTerm(term: Term, searched: Searched): Found {
  const { table } = searched;
  switch (term.kind) {
    case 'text':
      return findText(term.field, term.match, searched);
    case 'label':
      return findLabel(term.key, term.match, searched, newFound(searched));
    case 'wait':
      return findWait(term.minutes, searched);
    case 'count':
      return Uint8Array.from(table.count, (goroutines) => Number(isIn(goroutines, term.goroutines)));
    case 'id':
      return findIds(term.ids, searched);
  }
}

function newFound({ table }: Searched): Found {
  return new Uint8Array(table.length);
}

function findText(field: TextField, match: TextMatch, searched: Searched): Found {
  const { index, table } = searched;
  switch (field) {
    case 'cause':
      return Uint8Array.from(table.key, (_, row) =>
        Number((searched.causes?.[row] ?? []).some((word) => has(match, word))),
      );
    case 'mark':
      return Uint8Array.from(table.key, (_, row) => Number(has(match, searched.marks?.[row] ?? 'none')));
    case 'name': {
      const found = newFound(searched);
      findTexts(match, table.name, found);
      return found;
    }
    case 'state':
      return findState(match, searched, newFound(searched));
    case 'any': {
      const found = findFrames(match, searched, 'any');
      findState(match, searched, found);
      findLabel(null, match, searched, found);
      findTexts(match, table.name, found);
      return found;
    }
    case 'pkg': {
      const { packages, fnPackage, frameFn } = index.symbols;
      const isPackage = packages.map((name) => name !== '' && has(match, name.toLowerCase()));
      return findFrames(match, searched, 'pkg', (frame) => isPackage[fnPackage[frameFn[frame] ?? 0] ?? 0] === true);
    }
    default:
      return findFrames(match, searched, field);
  }
}

/** By the frames of stacks, their creators, or both. */
function findFrames(
  match: TextMatch,
  searched: Searched,
  field: 'any' | 'func' | 'file' | 'created' | 'pkg',
  frameHas?: (frame: number) => boolean,
): Found {
  const { index, rowOfCell } = searched;
  const { symbols } = index.dump;
  const texts = searchTexts(index);
  const isHit = Uint8Array.from(symbols.frameLine, (_, frame) =>
    Number(frameHas?.(frame) ?? hasFrame(match, texts, frame, field)),
  );
  const stackHit = new Uint8Array(stackCount(symbols));
  const inFrames = field !== 'created';
  const inCreator = field === 'created' || field === 'any';
  for (let stack = 0; stack < stackHit.length; stack++) {
    const creator = symbols.stackCreator[stack] ?? NO_FRAME;
    if (inCreator && creator !== NO_FRAME && isHit[creator] === 1) stackHit[stack] = 1;
    if (!inFrames) continue;
    const end = symbols.stackStart[stack + 1] ?? 0;
    for (let i = symbols.stackStart[stack] ?? 0; i < end && stackHit[stack] === 0; i++) {
      stackHit[stack] = isHit[symbols.stackFrames[i] ?? 0] ?? 0;
    }
  }
  const found = newFound(searched);
  index.cells.stack.forEach((stack, cell) => {
    if (stackHit[stack] === 1) found[rowOfCell[cell] ?? 0] = 1;
  });
  return found;
}

function hasFrame(
  match: TextMatch,
  texts: SearchTexts,
  frame: number,
  field: 'any' | 'func' | 'file' | 'created' | 'pkg',
): boolean {
  const fn = texts.functions[frame] ?? '';
  const file = texts.files[frame] ?? '';
  switch (field) {
    case 'func':
    case 'created':
      return has(match, fn);
    case 'file':
      // With its line and without, as both are "the file" to people.
      return has(match, file) || (match.kind !== 'contains' && has(match, texts.bareFiles[frame] ?? ''));
    default:
      return has(match, fn) || (file !== '' && has(match, file));
  }
}

function findState(match: TextMatch, { index, rowOfCell }: Searched, found: Found): Found {
  const known = new Map<string, boolean>();
  const isHit = (state: string): boolean => {
    const hit = known.get(state) ?? (state !== '' && has(match, state.toLowerCase()));
    known.set(state, hit);
    return hit;
  };
  for (let cell = 0; cell < index.cells.length; cell++) {
    if (isHit(stateOfCell(index, cell)) || isHit(inferredStateOfCell(index, cell))) found[rowOfCell[cell] ?? 0] = 1;
  }
  return found;
}

function findLabel(key: string | null, match: TextMatch, searched: Searched, found: Found): Found {
  const { index, rowOfCell } = searched;
  const { labelCell, labelSet } = searchTexts(index);
  const wanted = key?.toLowerCase() ?? null;
  const isHit = index.dump.symbols.labelSets.map((set) =>
    set.some(([name, value]) => {
      const [lowName, lowValue] = [name.toLowerCase(), value.toLowerCase()];
      // Without a key in the forms people type: `tenant=acme`, `tenant: acme`.
      if (wanted === null) return has(match, `${lowName}=${lowValue}`) || has(match, `${lowName}: ${lowValue}`);
      return lowName === wanted && has(match, lowValue);
    }),
  );
  labelCell.forEach((cell, at) => {
    if (isHit[labelSet[at] ?? NONE] === true) found[rowOfCell[cell] ?? 0] = 1;
  });
  return found;
}

function findWait(minutes: NumberRange, searched: Searched): Found {
  const { waitStart, waitMinutes, length } = searched.index.cells;
  const found = newFound(searched);
  for (let cell = 0; cell < length; cell++) {
    for (let i = waitStart[cell] ?? 0; i < (waitStart[cell + 1] ?? 0); i++) {
      if (isIn(waitMinutes[i] ?? -1, minutes)) found[searched.rowOfCell[cell] ?? 0] = 1;
    }
  }
  return found;
}

function findIds(ids: readonly NumberRange[], searched: Searched): Found {
  const found = newFound(searched);
  const { goroutineId } = searched.index.dump.rows;
  goroutineId?.forEach((id, row) => {
    if (ids.some((range) => isIn(id, range))) found[searched.rowOfCell[searched.index.rowCell[row] ?? 0] ?? 0] = 1;
  });
  return found;
}

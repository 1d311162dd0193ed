import { type DumpIndex, inferredStateOfCell, stateOfCell } from '../group/cells.ts';
import { NONE } from '../model/rows.ts';
import { NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import { labelField } from './complete.ts';
import { searchTexts } from './search-texts.ts';

/** What goroutines can be told apart by, and how many have each value. */
export interface Facet {
  /** The field of a query that asks for its values; `wait` takes them as ranges. */
  readonly field: string;
  /** Most goroutines first; `wait` in order of time. At most MAX_VALUES. */
  readonly values: readonly FacetValue[];
  /** Values beyond those. */
  readonly more: number;
}

export interface FacetValue {
  readonly value: string;
  readonly goroutines: number;
}

const MAX_VALUES = 50;
/** Label keys that become facets, those of most goroutines first. */
const MAX_LABEL_KEYS = 12;

/** Ranges of printed minutes, as a query writes them. */
const WAITS: readonly { readonly value: string; readonly from: number }[] = [
  { value: '1m..4m', from: 1 },
  { value: '5m..29m', from: 5 },
  { value: '30m..59m', from: 30 },
  { value: '>=1h', from: 60 },
];

/**
 * Facets of the goroutines in some rows of a table, or of all: state, package of the waiting place, creator, printed wait, and
 * each label key. Facets without a value are left out. Cost: a look at each cell, and at each goroutine that has labels.
 */
export function facetsOf(index: DumpIndex, rowOfCell: Uint32Array, rows: Uint32Array | null): Facet[] {
  const { cells } = index;
  const wanted = rows === null ? null : new Set(rows);
  const isWanted = Uint8Array.from(rowOfCell, (row) => Number(wanted?.has(row) ?? true));
  const states = new Map<string, number>();
  const packages = new Map<string, number>();
  const creators = new Map<string, number>();
  const waits = new Map<string, number>();
  const { symbols } = index.dump;
  for (let cell = 0; cell < cells.length; cell++) {
    if (isWanted[cell] === 0) continue;
    const goroutines = cells.count[cell] ?? 0;
    const stack = cells.stack[cell] ?? 0;
    add(states, stateWord(index, cell), goroutines);
    const place = index.places[stack] ?? NO_FRAME;
    const fn = place === NO_FRAME ? -1 : (index.symbols.frameFn[place] ?? -1);
    add(packages, index.symbols.packages[index.symbols.fnPackage[fn] ?? -1] ?? '', goroutines);
    const creator = symbols.stackCreator[stack] ?? NO_FRAME;
    if (creator !== NO_FRAME) add(creators, symbols.strings[symbols.frameFunction[creator] ?? 0] ?? '', goroutines);
    for (let i = cells.waitStart[cell] ?? 0; i < (cells.waitStart[cell + 1] ?? 0); i++) {
      const minutes = cells.waitMinutes[i] ?? 0;
      const range = WAITS.findLast(({ from }) => minutes >= from);
      if (range !== undefined) add(waits, range.value, cells.waitGoroutines[i] ?? 0);
    }
  }
  const inTime = WAITS.flatMap(({ value }) => (waits.has(value) ? [{ value, goroutines: waits.get(value) ?? 0 }] : []));
  return [
    facet('state', states),
    facet('pkg', packages),
    facet('created', creators),
    { field: 'wait', values: inTime, more: 0 },
    ...labelFacets(index, isWanted),
  ].filter(({ values }) => values.length > 0);
}

function stateWord(index: DumpIndex, cell: number): string {
  const printed = stateOfCell(index, cell);
  return printed === UNKNOWN_STATE ? inferredStateOfCell(index, cell) || printed : printed;
}

function add(counts: Map<string, number>, value: string, goroutines: number): void {
  if (value !== '') counts.set(value, (counts.get(value) ?? 0) + goroutines);
}

function facet(field: string, counts: ReadonlyMap<string, number>): Facet {
  const values = [...counts]
    .map(([value, goroutines]) => ({ value, goroutines }))
    .sort((a, b) => b.goroutines - a.goroutines || (a.value < b.value ? -1 : 1));
  return { field, values: values.slice(0, MAX_VALUES), more: Math.max(0, values.length - MAX_VALUES) };
}

function labelFacets(index: DumpIndex, isWanted: Uint8Array): Facet[] {
  const { rows, symbols } = index.dump;
  if (rows.labels === null || searchTexts(index).labelCell.length === 0) return [];
  const ofSet = new Float64Array(symbols.labelSets.length);
  rows.labels.forEach((set, row) => {
    if (set === NONE || isWanted[index.rowCell[row] ?? 0] === 0) return;
    ofSet[set] = (ofSet[set] ?? 0) + (rows.weight?.[row] ?? 1);
  });
  const byKey = new Map<string, Map<string, number>>();
  symbols.labelSets.forEach((set, at) => {
    const goroutines = ofSet[at] ?? 0;
    if (goroutines === 0) return;
    for (const [key, value] of set) {
      const counts = byKey.get(key) ?? new Map<string, number>();
      add(counts, value, goroutines);
      byKey.set(key, counts);
    }
  });
  const total = ({ values }: Facet): number => values.reduce((sum, { goroutines }) => sum + goroutines, 0);
  return [...byKey]
    .map(([key, counts]) => facet(labelField(key), counts))
    .sort((a, b) => total(b) - total(a) || (a.field < b.field ? -1 : 1))
    .slice(0, MAX_LABEL_KEYS);
}

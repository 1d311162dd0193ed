import { type DumpIndex, inferredStateOfCell, stateOfCell } from '../core/group/cells.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { NONE } from '../core/model/rows.ts';
import { NO_FRAME, stackCount } from '../core/model/symbols.ts';

/** Words of a search that count; each has a bit. */
const MAX_WORDS = 30;

/** Lower-case text of a dump, once per distinct thing. */
interface SearchTexts {
  /** `pkg.function` and `/path/file.go:12` of each frame. */
  readonly frames: readonly string[];
  readonly labelSets: readonly string[];
  /** Distinct (cell, label set) pairs. */
  readonly labelCell: Uint32Array;
  readonly labelSet: Uint32Array;
}

/** Texts live as long as the index of their dump. */
const textsOf = new WeakMap<DumpIndex, SearchTexts>();

/**
 * Rows of the table in which every word of `text` occurs, in any case: in the name, or in functions, files (`publish.go:88`),
 * creators, states or labels of any of the group's goroutines. In table order; all rows when there is no word.
 * `rowOfCell` says where each cell of the dump stands in the table. Cost: a look at each distinct frame, name and state
 * per word, then one pass over the stacks.
 */
export function searchGroups(
  index: DumpIndex,
  table: GroupTable,
  rowOfCell: Uint32Array,
  text: string,
): Uint32Array<ArrayBuffer> {
  const words = wordsOf(text);
  const { cells } = index;
  const { symbols } = index.dump;
  const texts = searchTexts(index);
  const found = new Uint32Array(table.length);
  const add = (row: number, bits: number) => {
    found[row] = (found[row] ?? 0) | bits;
  };

  const frameBits = Uint32Array.from(texts.frames, (frame) => bitsIn(frame, words));
  const stackBits = new Uint32Array(stackCount(symbols));
  for (let stack = 0; stack < stackBits.length; stack++) {
    const creator = symbols.stackCreator[stack] ?? NO_FRAME;
    let bits = creator === NO_FRAME ? 0 : (frameBits[creator] ?? 0);
    const end = symbols.stackStart[stack + 1] ?? 0;
    for (let i = symbols.stackStart[stack] ?? 0; i < end; i++) bits |= frameBits[symbols.stackFrames[i] ?? 0] ?? 0;
    stackBits[stack] = bits;
  }

  const stateBits = new Map<string, number>();
  const bitsOfState = (state: string): number => {
    let bits = stateBits.get(state);
    if (bits === undefined) {
      bits = bitsIn(state.toLowerCase(), words);
      stateBits.set(state, bits);
    }
    return bits;
  };
  for (let cell = 0; cell < cells.length; cell++) {
    const inferred = bitsOfState(inferredStateOfCell(index, cell));
    const bits = (stackBits[cells.stack[cell] ?? 0] ?? 0) | bitsOfState(stateOfCell(index, cell)) | inferred;
    add(rowOfCell[cell] ?? 0, bits);
  }

  const labelBits = texts.labelSets.map((set) => bitsIn(set, words));
  texts.labelCell.forEach((cell, i) => {
    add(rowOfCell[cell] ?? 0, labelBits[texts.labelSet[i] ?? 0] ?? 0);
  });

  const wanted = 2 ** words.length - 1;
  const rows = new Uint32Array(table.length);
  let used = 0;
  for (let row = 0; row < table.length; row++) {
    const missing = wanted & ~(found[row] ?? 0);
    if (missing === 0 || (missing & ~bitsIn((table.name[row] ?? '').toLowerCase(), words)) === 0) rows[used++] = row;
  }
  return rows.slice(0, used);
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/\s+/))].filter((word) => word !== '').slice(0, MAX_WORDS);
}

/** A bit per word that stands in `text`. */
function bitsIn(text: string, words: readonly string[]): number {
  let bits = 0;
  for (let i = 0; i < words.length; i++) if (text.includes(words[i] ?? '')) bits |= 1 << i;
  return bits;
}

function searchTexts(index: DumpIndex): SearchTexts {
  let texts = textsOf.get(index);
  if (!texts) {
    texts = makeTexts(index);
    textsOf.set(index, texts);
  }
  return texts;
}

function makeTexts(index: DumpIndex): SearchTexts {
  const { rows, symbols } = index.dump;
  const lower = symbols.strings.map((text) => text.toLowerCase());
  const frames = Array.from(symbols.frameFunction, (fn, frame) => {
    const file = lower[symbols.frameFile[frame] ?? 0] ?? '';
    const line = symbols.frameLine[frame] ?? 0;
    return `${lower[fn] ?? ''}\n${file}${line > 0 ? `:${line}` : ''}`;
  });

  const labelCell: number[] = [];
  const labelSet: number[] = [];
  const sets = symbols.labelSets.length;
  const seen = new Set<number>();
  rows.labels?.forEach((set, row) => {
    const cell = index.rowCell[row] ?? 0;
    if (set === NONE || seen.has(cell * sets + set)) return;
    seen.add(cell * sets + set);
    labelCell.push(cell);
    labelSet.push(set);
  });
  return {
    frames,
    // Each pair in the forms people type: `tenant=acme`, `tenant: acme`.
    labelSets: symbols.labelSets.map((set) =>
      set.map(([key, value]) => `${key}=${value}\n${key}: ${value}`.toLowerCase()).join('\n'),
    ),
    labelCell: Uint32Array.from(labelCell),
    labelSet: Uint32Array.from(labelSet),
  };
}

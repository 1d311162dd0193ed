import type { DumpIndex } from '../group/cells.ts';
import { NONE } from '../model/rows.ts';

/** Lower-case texts of a dump, once per distinct thing. */
export interface SearchTexts {
  /** Per frame `pkg.function`. */
  readonly functions: readonly string[];
  /** Per frame `/path/file.go:12`, and the same without the line. */
  readonly files: readonly string[];
  readonly bareFiles: readonly string[];
  /** Distinct (cell, label set) pairs. */
  readonly labelCell: Uint32Array;
  readonly labelSet: Uint32Array;
}

/** Texts live as long as the index of their dump. */
const textsOf = new WeakMap<DumpIndex, SearchTexts>();

/** The texts of a dump, made when first asked for. */
export function searchTexts(index: DumpIndex): SearchTexts {
  const known = textsOf.get(index);
  if (known !== undefined) return known;
  const made = makeTexts(index);
  textsOf.set(index, made);
  return made;
}

function makeTexts(index: DumpIndex): SearchTexts {
  const { rows, symbols } = index.dump;
  const lower = symbols.strings.map((text) => text.toLowerCase());
  const bareFiles = Array.from(symbols.frameFile, (file) => lower[file] ?? '');
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
    functions: Array.from(symbols.frameFunction, (fn) => lower[fn] ?? ''),
    files: bareFiles.map((file, frame) => {
      const line = symbols.frameLine[frame] ?? 0;
      return line > 0 ? `${file}:${line}` : file;
    }),
    bareFiles,
    labelCell: Uint32Array.from(labelCell),
    labelSet: Uint32Array.from(labelSet),
  };
}

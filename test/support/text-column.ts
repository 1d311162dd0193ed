import type { TextColumn } from '../../src/core/group/text-column.ts';

/** Texts of the given parts. */
export function columnOf(parted: readonly (readonly string[])[]): TextColumn {
  const texts = [...new Set(parted.flat())];
  const number = new Map(texts.map((text, at) => [text, at]));
  const start = new Uint32Array(parted.length + 1);
  parted.forEach((parts, i) => {
    start[i + 1] = (start[i] ?? 0) + parts.length;
  });
  return { texts, start, parts: Uint32Array.from(parted.flat(), (text) => number.get(text) ?? 0) };
}

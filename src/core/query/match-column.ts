import { type TextColumn, textAt, textCount } from '../group/text-column.ts';
import { has } from './match-row.ts';
import type { TextMatch } from './query.ts';

/** Longest text whose places of parting fit into a number, a bit each. */
const MAX_PARTED = 31;

/**
 * Sets a 1 in `found` for each text of the column that has what is looked for, in any case. Texts whose parts hold it, or cannot
 * hold it together, are not put together. Cost: a look at each part and at the numbers of all texts; for a pattern or a whole
 * text, each text that is not found yet.
 */
export function findTexts(match: TextMatch, column: TextColumn, found: Uint8Array): void {
  const { texts, start, parts } = column;
  const isAt = (i: number): boolean => has(match, textAt(column, i).toLowerCase());
  const isParted = match.kind === 'contains' && match.text !== '' && match.text.length <= MAX_PARTED;
  const mayHold = isParted ? partings(match.text, texts) : null;
  for (let i = 0; i < textCount(column); i++) {
    if (found[i] === 1) continue;
    if (mayHold === null) {
      if (isAt(i)) found[i] = 1;
      continue;
    }
    let before = 0;
    let mayBe = false;
    for (let at = start[i] ?? 0; at < (start[i + 1] ?? 0) && found[i] !== 1; at++) {
      const part = parts[at] ?? 0;
      if (mayHold.whole[part] === 1) found[i] = 1;
      if ((before & (mayHold.begins[part] ?? 0)) !== 0) mayBe = true;
      before = mayHold.ends[part] ?? 0;
    }
    if (found[i] !== 1 && mayBe && isAt(i)) found[i] = 1;
  }
}

/**
 * Per text whether `wanted` stands in it; and as bits, where `wanted` may be parted: bit k of `ends` where the text ends with its
 * first k units, bit k of `begins` where the text goes on with those behind them, as far as it is long.
 */
function partings(wanted: string, texts: readonly string[]) {
  const whole = new Uint8Array(texts.length);
  const ends = new Int32Array(texts.length);
  const begins = new Int32Array(texts.length);
  texts.forEach((text, at) => {
    const lower = text.toLowerCase();
    whole[at] = Number(lower.includes(wanted));
    for (let k = 1; k < wanted.length; k++) {
      // An empty text is no end: what stands before it may go on behind it.
      if (lower === '' || lower.endsWith(wanted.slice(0, k))) ends[at] = (ends[at] ?? 0) | (1 << k);
      if (wanted.startsWith(lower.slice(0, wanted.length - k), k)) begins[at] = (begins[at] ?? 0) | (1 << k);
    }
  });
  return { whole, ends, begins };
}

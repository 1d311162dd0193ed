import { filled } from '../model/filled.ts';
import { type TextColumn, textAt, textCount } from './text-column.ts';

/** Parts of a text that are ranked; few have more. */
const RANKED_PARTS = 8;

/** Places of the texts of a column in order of their UTF-16 units; equal ones as they stand. Cost: see `TextRanks`. */
export function sortTexts(column: TextColumn): Uint32Array<ArrayBuffer> {
  const ranks = new TextRanks(column);
  const order = ranks.sort();
  ranks.settle(order, 0, order.length, 0);
  return order;
}

/** Per text of a column its place in `sortTexts`. */
export function rankTexts(column: TextColumn): Uint32Array<ArrayBuffer> {
  const ranks = new Uint32Array(textCount(column));
  sortTexts(column).forEach((i, rank) => {
    ranks[i] = rank;
  });
  return ranks;
}

/**
 * Sorts texts by the ranks of their parts, and puts them together only where one part begins another one: 100,000 names that
 * begin alike differ in numbers long before they differ in units. Cost: a sort of the distinct parts, and for each ranked part
 * two looks at each text.
 */
export class TextRanks {
  readonly #column: TextColumn;
  /** By rank: the part. Ranks begin at 1, as 0 is behind the last part. */
  readonly #sorted: readonly string[];
  /** Per part of the column's texts. */
  readonly #ranks: Uint32Array;
  /**
   * Per rank whether texts with a longer part, that begins with this one, may come first: when what stands behind this one
   * somewhere comes after what the longer one goes on with.
   */
  readonly #isOvertaken: Uint8Array;

  constructor(column: TextColumn) {
    const { texts, start, parts } = column;
    this.#column = column;
    const used = new Uint8Array(texts.length);
    for (const part of parts) used[part] = 1;
    const numbers = texts.flatMap((_, text) => (used[text] === 1 ? [text] : []));
    numbers.sort((left, right) => ((texts[left] ?? '') < (texts[right] ?? '') ? -1 : 1));
    const rank = new Uint32Array(texts.length);
    numbers.forEach((text, at) => {
      rank[text] = at + 1;
    });
    this.#sorted = numbers.map((text) => texts[text] ?? '');
    this.#ranks = filled(new Uint32Array(parts.length), (at) => rank[parts[at] ?? 0] ?? 0);

    // Behind an empty part any may stand.
    const firstUnit = filled(new Float64Array(texts.length), (text) => texts[text]?.charCodeAt(0) || Infinity);
    /** Per part the greatest unit that stands behind it in a text, or -1. */
    const follower = new Float64Array(texts.length).fill(-1);
    for (let i = 0; i + 1 < start.length; i++) {
      for (let at = (start[i] ?? 0) + 1; at < (start[i + 1] ?? 0); at++) {
        const before = parts[at - 1] ?? 0;
        follower[before] = Math.max(follower[before] ?? -1, firstUnit[parts[at] ?? 0] ?? Infinity);
      }
    }
    // Of all parts that begin with this one, the next one goes on with the least unit.
    this.#isOvertaken = new Uint8Array(this.#sorted.length + 1);
    // A text that goes on with an empty part may be no longer than one that ends.
    if (this.#sorted[0] === '') this.#isOvertaken[0] = 1;
    this.#sorted.forEach((part, at) => {
      const next = this.#sorted[at + 1];
      const greatest = follower[numbers[at] ?? 0] ?? -1;
      if (next?.startsWith(part) && next.charCodeAt(part.length) <= greatest) this.#isOvertaken[at + 1] = 1;
    });
  }

  /** Rank of part `part` of text `i`. */
  at(i: number, part: number): number {
    const { start } = this.#column;
    const at = (start[i] ?? 0) + part;
    return at < (start[i + 1] ?? 0) ? (this.#ranks[at] ?? 0) : 0;
  }

  /** Places of the texts in order of the ranks of their parts; equal ones as they stand. */
  sort(): Uint32Array<ArrayBuffer> {
    const { start } = this.#column;
    let order = filled(new Uint32Array(textCount(this.#column)), (i) => i);
    const deepest = order.reduce((most, i) => Math.max(most, (start[i + 1] ?? 0) - (start[i] ?? 0)), 0);
    const ranks = new Uint32Array(order.length);
    for (let part = Math.min(deepest, RANKED_PARTS) - 1; part >= 0; part--) {
      order = spread(
        order,
        filled(ranks, (i) => this.at(i, part)),
        this.#sorted.length + 1,
      );
    }
    return order;
  }

  /** Puts the texts at order[from .. to), sorted by ranks and equal in the parts before `first`, in order of their units. */
  settle(order: Uint32Array, from: number, to: number, first: number): void {
    for (let at = from + 1; at < to; at++) {
      const left = order[at - 1] ?? 0;
      const part = this.#partOf(left, order[at] ?? 0, first);
      const rank = this.at(left, part);
      const isTied = part >= RANKED_PARTS;
      if (!isTied && !(this.#isOvertaken[rank] === 1 && this.#begins(rank, this.at(order[at] ?? 0, part)))) continue;
      // All whose part begins so stand side by side: they are in order among themselves only once they are compared.
      const isOne = (other: number): boolean => {
        const differs = this.#partOf(left, other, first);
        return differs > part || (differs === part && (isTied || this.#begins(rank, this.at(other, part))));
      };
      let start = at - 1;
      while (start > from && isOne(order[start - 1] ?? 0)) start--;
      while (at < to && isOne(order[at] ?? 0)) at++;
      order.set(this.#compared(order.subarray(start, at)), start);
      at--;
    }
  }

  /** The first part from `first` on in which two texts differ; RANKED_PARTS when none of those before. */
  #partOf(left: number, right: number, first: number): number {
    let part = first;
    while (part < RANKED_PARTS && this.at(left, part) === this.at(right, part)) part++;
    return part;
  }

  #begins(rank: number, longer: number): boolean {
    return (this.#sorted[longer - 1] ?? '').startsWith(this.#sorted[rank - 1] ?? '');
  }

  #compared(places: Uint32Array): number[] {
    return Array.from(places, (i) => ({ i, text: textAt(this.#column, i) }))
      .sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : left.i - right.i))
      .map(({ i }) => i);
  }
}

/** `places` in order of their `ranks` below `limit`, equal ones as they stand. Cost: two looks at each. */
export function spread(places: Uint32Array, ranks: Uint32Array, limit: number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(limit + 1);
  for (const rank of ranks) next[rank + 1] = (next[rank + 1] ?? 0) + 1;
  for (let at = 1; at < next.length; at++) next[at] = (next[at] ?? 0) + (next[at - 1] ?? 0);
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    const rank = ranks[place] ?? 0;
    const at = next[rank] ?? 0;
    sorted[at] = place;
    next[rank] = at + 1;
  }
  return sorted;
}

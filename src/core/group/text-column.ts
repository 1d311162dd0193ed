/**
 * Texts that share most of what they are made of, as names of 100,000 groups do: text i is `texts[parts[at]]`, put together for
 * `at` from start[i] up to start[i + 1]. Plain data, so that a column crosses to another thread as numbers and each part
 * once; texts are put together where somebody looks at them (`textAt`).
 */
export interface TextColumn {
  readonly texts: readonly string[];
  readonly start: Uint32Array;
  readonly parts: Uint32Array;
}

/** How many texts. */
export function textCount({ start }: TextColumn): number {
  return Math.max(0, start.length - 1);
}

/** Text `i`; empty where there is none. */
export function textAt({ texts, start, parts }: TextColumn, i: number): string {
  const end = start[i + 1] ?? 0;
  let text = '';
  for (let at = start[i] ?? end; at < end; at++) text += texts[parts[at] ?? 0] ?? '';
  return text;
}

/** All texts, for who needs each of them. */
export function textsOf(column: TextColumn): string[] {
  return Array.from({ length: textCount(column) }, (_, i) => textAt(column, i));
}

/** The texts at these places, in this order. */
export function pickTexts({ texts, start, parts }: TextColumn, places: Uint32Array): TextColumn {
  const pickedStart = new Uint32Array(places.length + 1);
  let end = 0;
  places.forEach((from, i) => {
    end += (start[from + 1] ?? 0) - (start[from] ?? 0);
    pickedStart[i + 1] = end;
  });
  const picked = new Uint32Array(end);
  let used = 0;
  for (const from of places) {
    const until = start[from + 1] ?? 0;
    for (let at = start[from] ?? until; at < until; at++) picked[used++] = parts[at] ?? 0;
  }
  return { texts, start: pickedStart, parts: picked };
}

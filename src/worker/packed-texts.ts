/** Columns of texts from so many rows on are packed: each text of an array costs the page's thread half a microsecond to take. */
const MIN_ROWS = 1000;
/** A column has words where it has this many times as many rows. */
const WORDS_SHARE = 16;
/** Objects within objects that are looked into. */
const MAX_DEPTH = 6;

/** Texts of a chunk, in UTF-16 units: a message of one is taken and unpacked in some 10 ms. */
const CHUNK_UNITS = 1 << 20;

/** Texts put together as one: text i ends at `ends[i]`, in UTF-16 units. */
export interface TextChunk {
  readonly text: string;
  readonly ends: Uint32Array;
}

/** A column of texts that stand in the next so many chunks. */
interface PackedTexts {
  readonly packed: 'texts';
  readonly chunks: number;
}

/** A column that repeats a few words: row i holds `words[of[i]]`. */
interface PackedWords {
  readonly packed: 'words';
  readonly words: readonly string[];
  readonly of: Uint32Array;
}

/**
 * An answer as it crosses to the page: the same with every long column of texts packed, wherever objects lead to one. `send` is
 * given the chunks as soon as they are made, so that the page takes one in while the next is packed, and no task of the page
 * takes in all of a large table. The receiver needs `unpackTexts`. Cost: one step a row; the answer itself is not changed.
 */
export function packTexts(value: unknown, send: (chunk: TextChunk) => void): unknown {
  return walk(value, (part) => pack(part, send), MAX_DEPTH);
}

/** What `packTexts` was given. `chunks`: what `unpackChunk` made of each, in order. */
export function unpackTexts(value: unknown, chunks: readonly (readonly string[])[]): unknown {
  let next = 0;
  return walk(
    value,
    (part) =>
      unpack(part, (count) => {
        next += count;
        return chunks.slice(next - count, next).flat();
      }),
    MAX_DEPTH,
  );
}

export function unpackChunk({ text, ends }: TextChunk): readonly string[] {
  return column(ends.length, (row) => text.slice(row === 0 ? 0 : ends[row - 1], ends[row]));
}

/** Replaces what `change` changes; an object none of whose parts change is answered itself. */
function walk(value: unknown, change: (value: object) => unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const changed = change(value);
  if (changed !== value || depth === 0 || !isPlain(value)) return changed;
  let copy: Record<string, unknown> | null = null;
  for (const [name, part] of Object.entries(value)) {
    const other = walk(part, change, depth - 1);
    if (other === part) continue;
    copy ??= { ...value };
    copy[name] = other;
  }
  return copy ?? value;
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function pack(value: object, send: (chunk: TextChunk) => void): unknown {
  if (!Array.isArray(value) || value.length < MIN_ROWS) return value;
  const texts: readonly unknown[] = value;
  return texts.every((text) => typeof text === 'string') ? packColumn(texts, send) : value;
}

function packColumn(texts: readonly string[], send: (chunk: TextChunk) => void): PackedWords | PackedTexts {
  const known = new Map<string, number>();
  const of = new Uint32Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] ?? '';
    const at = known.get(text) ?? known.size;
    if (at === known.size) known.set(text, at);
    if (known.size * WORDS_SHARE > texts.length) return packDistinct(texts, send);
    of[row] = at;
  }
  return { packed: 'words', words: [...known.keys()], of };
}

function packDistinct(texts: readonly string[], send: (chunk: TextChunk) => void): PackedTexts {
  let chunks = 0;
  for (let from = 0; from < texts.length; ) {
    const ends: number[] = [];
    let end = 0;
    while (from + ends.length < texts.length && end < CHUNK_UNITS) {
      end += texts[from + ends.length]?.length ?? 0;
      ends.push(end);
    }
    send({ text: texts.slice(from, from + ends.length).join(''), ends: Uint32Array.from(ends) });
    chunks++;
    from += ends.length;
  }
  return { packed: 'texts', chunks };
}

/** `take` gives the texts of the next chunks. */
function unpack(value: object, take: (chunks: number) => string[]): unknown {
  if (!('packed' in value)) return value;
  if (value.packed === 'words' && 'words' in value && 'of' in value) {
    const { words, of } = value;
    if (Array.isArray(words) && of instanceof Uint32Array)
      return column(of.length, (row): unknown => words[of[row] ?? 0]);
  }
  if (value.packed === 'texts' && 'chunks' in value && typeof value.chunks === 'number') return take(value.chunks);
  return value;
}

/** As `Array.from`, which takes several times as long: this is the page's thread. */
function column<T>(length: number, textOf: (row: number) => T): T[] {
  const texts = new Array<T>(length);
  for (let row = 0; row < length; row++) texts[row] = textOf(row);
  return texts;
}

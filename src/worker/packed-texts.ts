/** Columns of texts from so many rows on are packed: each text of an array costs the page's thread half a microsecond to take. */
const MIN_ROWS = 1000;
/** A column has words where it has this many times as many rows. */
const WORDS_SHARE = 16;
/** Objects within objects that are looked into. */
const MAX_DEPTH = 6;

/** Texts of a chunk, in UTF-16 units: a message of one is taken and unpacked in some 10 ms. */
const CHUNK_UNITS = 1 << 20;

/** A column of texts, or some rows of a large one. */
export type TextChunk =
  /** Texts put together as one: text i ends at `ends[i]`, in UTF-16 units. */
  | { readonly kind: 'joined'; readonly text: string; readonly ends: Uint32Array }
  /** A few words that repeat: text i is `words[of[i]]`. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly of: Uint32Array };

/** In place of a column: its texts stand in the next so many chunks. */
interface PackedTexts {
  readonly packed: 'texts';
  readonly chunks: number;
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
        return count === 1 ? (chunks[next - 1] ?? []) : chunks.slice(next - count, next).flat();
      }),
    MAX_DEPTH,
  );
}

export function unpackChunk(chunk: TextChunk): readonly string[] {
  if (chunk.kind === 'words') {
    const { words, of } = chunk;
    return column(of.length, (row) => words[of[row] ?? 0] ?? '');
  }
  const { text, ends } = chunk;
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

function packColumn(texts: readonly string[], send: (chunk: TextChunk) => void): PackedTexts {
  const known = new Map<string, number>();
  const of = new Uint32Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] ?? '';
    const at = known.get(text) ?? known.size;
    if (at === known.size) known.set(text, at);
    if (known.size * WORDS_SHARE > texts.length) return packDistinct(texts, send);
    of[row] = at;
  }
  send({ kind: 'words', words: [...known.keys()], of });
  return { packed: 'texts', chunks: 1 };
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
    send({ kind: 'joined', text: texts.slice(from, from + ends.length).join(''), ends: Uint32Array.from(ends) });
    chunks++;
    from += ends.length;
  }
  return { packed: 'texts', chunks };
}

/** `take` gives the texts of the next chunks. */
function unpack(value: object, take: (chunks: number) => readonly string[]): unknown {
  if (!('packed' in value) || value.packed !== 'texts') return value;
  return 'chunks' in value && typeof value.chunks === 'number' ? take(value.chunks) : value;
}

/** As `Array.from`, which takes several times as long: this is the page's thread. */
function column(length: number, textOf: (row: number) => string): string[] {
  const texts = new Array<string>(length);
  for (let row = 0; row < length; row++) texts[row] = textOf(row);
  return texts;
}

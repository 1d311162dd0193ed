/** Columns of texts from so many rows on are packed: each text of an array costs the page's thread half a microsecond to take. */
const MIN_ROWS = 1000;
/** Objects within objects that are looked into. */
const MAX_DEPTH = 6;

/** A column of texts put together as one: text i ends at `ends[i]`, in UTF-16 units. */
interface PackedTexts {
  readonly packed: 'texts';
  readonly text: string;
  readonly ends: Uint32Array;
}

/** A column that repeats a few words: row i holds `words[of[i]]`. */
interface PackedWords {
  readonly packed: 'words';
  readonly words: readonly string[];
  readonly of: Uint32Array;
}

/**
 * An answer as it crosses to the page: the same with every long column of texts packed, wherever objects lead to one. The
 * receiver needs `unpackTexts`. Cost: one step a row; the answer itself is not changed.
 */
export function packTexts(value: unknown): unknown {
  return walk(value, pack, MAX_DEPTH);
}

/** What `packTexts` was given. */
export function unpackTexts(value: unknown): unknown {
  return walk(value, unpack, MAX_DEPTH);
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

function pack(value: object): unknown {
  if (!Array.isArray(value) || value.length < MIN_ROWS) return value;
  const texts: readonly unknown[] = value;
  return texts.every((text) => typeof text === 'string') ? packColumn(texts) : value;
}

function packColumn(texts: readonly string[]): PackedWords | PackedTexts {
  const known = new Map<string, number>();
  const of = new Uint32Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] ?? '';
    const at = known.get(text) ?? known.size;
    if (at === known.size) known.set(text, at);
    if (known.size * 4 > texts.length) return packDistinct(texts);
    of[row] = at;
  }
  return { packed: 'words', words: [...known.keys()], of };
}

function packDistinct(texts: readonly string[]): PackedTexts {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  for (let row = 0; row < texts.length; row++) {
    end += texts[row]?.length ?? 0;
    ends[row] = end;
  }
  return { packed: 'texts', text: texts.join(''), ends };
}

function unpack(value: object): unknown {
  if (!('packed' in value)) return value;
  if (value.packed === 'words' && 'words' in value && 'of' in value) {
    const { words, of } = value;
    if (Array.isArray(words) && of instanceof Uint32Array)
      return column(of.length, (row): unknown => words[of[row] ?? 0]);
  }
  if (value.packed === 'texts' && 'text' in value && 'ends' in value) {
    const { text, ends } = value;
    if (typeof text === 'string' && ends instanceof Uint32Array) {
      return column(ends.length, (row) => text.slice(row === 0 ? 0 : ends[row - 1], ends[row]));
    }
  }
  return value;
}

/** As `Array.from`, which takes several times as long: this is the page's thread. */
function column<T>(length: number, textOf: (row: number) => T): T[] {
  const texts = new Array<T>(length);
  for (let row = 0; row < length; row++) texts[row] = textOf(row);
  return texts;
}

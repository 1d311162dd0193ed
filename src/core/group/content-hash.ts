/**
 * A 64-bit hash in two 32-bit lanes over content (UTF-16 units and numbers), so that the same group of two dumps gets
 * the same key without either dump knowing the other's indexes. Not cryptographic: inside one dump groups are told
 * apart by comparing their content, never by this hash.
 */
export class ContentHash {
  a = 0;
  b = 0;

  /** Starts anew; one `seed` per purpose keeps keys of different kinds apart. */
  reset(seed: number): void {
    this.a = 0xdeadbeef ^ seed;
    this.b = 0x41c6ce57 ^ Math.imul(seed, 0x9e3779b1);
  }

  /** Cost: one step per UTF-16 unit. The length goes in first, so that "ab","c" and "a","bc" differ. */
  addText(text: string): void {
    let { a, b } = this;
    a = Math.imul(a ^ text.length, 0x85ebca77);
    b = Math.imul(b ^ text.length, 0xc2b2ae3d);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x5f356495);
      b ^= b >>> 15;
    }
    this.a = a;
    this.b = b;
    this.#mix();
  }

  /** Folds in two 32-bit lanes, of another hash or of a number. */
  addLanes(a: number, b: number): void {
    this.a = Math.imul(this.a ^ a, 0x85ebca6b);
    this.b = Math.imul(this.b ^ b, 0xc2b2ae35);
    this.#mix();
  }

  /** As `addLanes` with the lanes of each of items[from .. to), its steps in line: the inner loop over all frames of a dump. */
  addItems(items: Uint32Array, from: number, to: number, lanes: Lanes): void {
    let { a, b } = this;
    for (let at = from; at < to; at++) {
      const item = items[at] ?? 0;
      a = Math.imul(a ^ (lanes.a[item] ?? 0), 0x85ebca6b);
      b = Math.imul(b ^ (lanes.b[item] ?? 0), 0xc2b2ae35);
      a ^= Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
      b ^= Math.imul(a ^ (a >>> 16), 0x85ebca6b);
      a ^= a >>> 15;
      b ^= b >>> 14;
    }
    this.a = a;
    this.b = b;
  }

  /** The hash so far as a short text: base 36, both lanes. */
  text(): string {
    return `${inBase36(this.a >>> 0)}-${inBase36(this.b >>> 0)}`;
  }

  #mix(): void {
    let { a, b } = this;
    a ^= Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    b ^= Math.imul(a ^ (a >>> 16), 0x85ebca6b);
    a ^= a >>> 15;
    b ^= b >>> 14;
    this.a = a;
    this.b = b;
  }
}

/** Two digits of base 36, by their value. */
const PAIRS = Array.from({ length: 36 * 36 }, (_, value) => value.toString(36).padStart(2, '0'));

/** As `toString(36)` of a whole number below 2^32, which takes eight times as long: each group of a table has such a key. */
export function inBase36(number: number): string {
  let rest = number;
  let text = '';
  while (rest >= PAIRS.length) {
    const above = Math.floor(rest / PAIRS.length);
    text = `${PAIRS[rest - above * PAIRS.length] ?? ''}${text}`;
    rest = above;
  }
  return `${rest < 36 ? (PAIRS[rest] ?? '').slice(1) : (PAIRS[rest] ?? '')}${text}`;
}

/**
 * Keys of so many contents, by their hashes; `hashOf` may answer with one object each time. Two contents with one hash get
 * different keys: the later one is hashed on. Whether there are such is known by sorting 53 bits of each hash, a tenth of
 * what a table of 100,000 entries takes, as that is larger than a processor's cache.
 */
export function distinctKeys(count: number, hashOf: (content: number) => ContentHash): string[] {
  const keys: string[] = [];
  const bits = new Float64Array(count);
  for (let content = 0; content < count; content++) {
    const hash = hashOf(content);
    keys.push(hash.text());
    bits[content] = (hash.a >>> 0) * 2 ** 21 + (hash.b >>> 11);
  }
  bits.sort();
  for (let at = 1; at < count; at++) if (bits[at - 1] === bits[at]) return hashedOn(keys, hashOf);
  return keys;
}

function hashedOn(keys: readonly string[], hashOf: (content: number) => ContentHash): string[] {
  const seen = new Set<string>();
  return keys.map((key, content) => {
    let own = key;
    if (seen.has(own)) {
      const hash = hashOf(content);
      while (seen.has(own)) {
        hash.addLanes(1, 1);
        own = hash.text();
      }
    }
    seen.add(own);
    return own;
  });
}

/** Two 32-bit lanes per entry; entry i of `a` and of `b` belong together. */
export interface Lanes {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
}

/** The lanes of each text, in order. Cost: one step per UTF-16 unit. */
export function hashTexts(texts: readonly string[]): Lanes {
  const lanes = { a: new Uint32Array(texts.length), b: new Uint32Array(texts.length) };
  const hash = new ContentHash();
  texts.forEach((text, i) => {
    hash.reset(1);
    hash.addText(text);
    lanes.a[i] = hash.a;
    lanes.b[i] = hash.b;
  });
  return lanes;
}

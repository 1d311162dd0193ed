/*
 * A 32-bit hash of texts in which that of two texts put together follows from theirs (a polynomial modulo 2^32), so that
 * 100,000 names made of a few thousand texts are hashed without looking at them again. Texts of one hash are still to be
 * compared.
 */

/** Odd, or high powers of it would be 0. */
const BASE = 0x9e3779b1;

/** Powers of BASE, by exponent. */
const powers = new Int32Array(4096);
powers[0] = 1;
for (let exponent = 1; exponent < powers.length; exponent++) {
  powers[exponent] = Math.imul(powers[exponent - 1] ?? 0, BASE);
}

/** Hash of `left` followed by `text`. Cost: one step per UTF-16 unit of `text`; 0 is the hash of the empty text. */
export function hashOnward(left: number, text: string): number {
  let hash = left;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, BASE) + text.charCodeAt(i) + 1) | 0;
  return hash;
}

/** Hash of two texts put together, by their hashes and the length of the second one. */
export function joinHashes(left: number, right: number, rightLength: number): number {
  return (Math.imul(left, powerOf(rightLength)) + right) | 0;
}

function powerOf(exponent: number): number {
  const last = powers.length - 1;
  let power = 1;
  let rest = exponent;
  for (; rest > last; rest -= last) power = Math.imul(power, powers[last] ?? 0);
  return Math.imul(power, powers[rest] ?? 0);
}

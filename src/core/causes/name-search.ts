import type { CompiledPattern } from './function-pattern.ts';

/** Letters that a pattern is found by, and the places that their hashes fall into. */
const LETTERS = 3;
const PLACES = 4096;

/**
 * Finds which of many patterns with open packages a name may match: each is looked for by a few letters that every match
 * holds, so that a name asks the few patterns whose letters it has, and not all of them.
 */
export class NameSearch<T extends { readonly pattern: CompiledPattern }> {
  readonly #byLetters: (T[] | undefined)[] = new Array<T[] | undefined>(PLACES);
  /** Patterns without so many letters in one piece. */
  readonly #always: T[] = [];

  add(item: T): void {
    const pieces = item.pattern.shape?.pieces ?? [item.pattern.text];
    const longest = pieces.reduce((most, piece) => (piece.length > most.length ? piece : most), '');
    if (longest.length < LETTERS) {
      this.#always.push(item);
      return;
    }
    const place = placeOf(longest, 0);
    const known = this.#byLetters[place];
    if (known === undefined) this.#byLetters[place] = [item];
    else known.push(item);
  }

  /** Calls `ask` with each pattern that may match; with some of them more than once. */
  each(name: string, ask: (item: T) => void): void {
    this.#always.forEach(ask);
    for (let at = 0; at + LETTERS <= name.length; at++) this.#byLetters[placeOf(name, at)]?.forEach(ask);
  }
}

function placeOf(text: string, at: number): number {
  const mixed = (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2);
  return mixed % PLACES;
}

/** Gives each text a name of its own, the same whenever it is asked for again: `host1`, `host2`, … in order of asking. */
export class Pseudonyms {
  readonly #names = new Map<string, string>();
  readonly #stem: string;

  constructor(stem: string) {
    this.#stem = stem;
  }

  of(text: string): string {
    let name = this.#names.get(text);
    if (name === undefined) {
      name = `${this.#stem}${this.#names.size + 1}`;
      this.#names.set(text, name);
    }
    return name;
  }

  /** All that were asked for, in order. */
  entries(): readonly (readonly [old: string, replacement: string])[] {
    return [...this.#names];
  }
}

/** A stem such that none of the texts holds it with a number behind it. */
export function freeStem(stem: string, texts: Iterable<string>): string {
  const all = [...texts];
  let free = stem;
  while (all.some((text) => new RegExp(`${free}\\d`).test(text))) free += 'x';
  return free;
}

/** A regular expression's text that matches exactly this. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

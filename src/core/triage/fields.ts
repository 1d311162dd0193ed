/** What is wrong with a field of a file: `rules[2].stacks[0].top[1]`, what stands there, and what should. */
export class FieldError extends Error {
  readonly path: string;

  constructor(path: string, found: string, wanted: string) {
    super(`${path}: found ${found}, wanted ${wanted}.`);
    this.path = path;
  }
}

/** Takes a value of a file for what it should be, or throws a FieldError. */
export type Read<T> = (value: unknown, path: string) => T;

/** Characters of a found text that are shown. */
const MAX_FOUND = 60;

/** What stands there, in a few words; never the whole of it. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return value.length > MAX_FOUND ? `a text of ${value.length} characters` : JSON.stringify(value);
    case 'object':
      return 'an object';
    default:
      return String(value);
  }
}

/** A text of `min` to `max` characters. */
export function text(max: number, min = 1): Read<string> {
  return (value, path) => {
    if (typeof value === 'string' && value.length >= min && value.length <= max) return value;
    throw new FieldError(path, describe(value), `a text of ${min} to ${max} characters`);
  };
}

/** A text in which only letters, digits and `. _ -` stand. */
export function identifier(max: number): Read<string> {
  return (value, path) => {
    if (typeof value === 'string' && value.length <= max && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return value;
    throw new FieldError(path, describe(value), `1 to ${max} letters, digits, dots, dashes or underscores`);
  };
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): Read<number> {
  return (value, path) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new FieldError(path, describe(value), `a whole number from ${min} to ${max}`);
  };
}

/** True, and nothing else: a flag that does not hold is left out. */
export const flag: Read<boolean> = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw new FieldError(path, describe(value), 'true or false');
};

/** One of these words. */
export function oneOf<const T extends string>(words: readonly T[]): Read<T> {
  return (value, path) => {
    const word = words.find((each) => each === value);
    if (word !== undefined) return word;
    throw new FieldError(path, describe(value), `one of ${words.join(', ')}`);
  };
}

/** Null, or what `read` takes. */
export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

/** A list of `min` to `max` things. */
export function listOf<T>(read: Read<T>, max: number, min = 0): Read<readonly T[]> {
  return (value, path) => plainList(value, path, max, min).map((each, at) => read(each, `${path}[${at}]`));
}

/** A list whose things are still to be looked at. */
export function plainList(value: unknown, path: string, max: number, min = 0): readonly unknown[] {
  if (Array.isArray(value) && value.length >= min && value.length <= max) return value;
  throw new FieldError(path, describe(value), min === 0 ? `a list of at most ${max}` : `a list of ${min} to ${max}`);
}

/** The fields of an object of which all names are known. */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #path: string;

  constructor(value: unknown, path: string, names: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new FieldError(path === '' ? 'The file' : path, describe(value), 'an object');
    }
    this.#values = new Map<string, unknown>(Object.entries(value));
    this.#path = path;
    for (const name of this.#values.keys()) {
      if (names.includes(name)) continue;
      const shown = name.length > MAX_FOUND ? `${name.slice(0, MAX_FOUND)}…` : name;
      throw new FieldError(this.at(shown), 'a field of this name', `only ${names.join(', ')}`);
    }
  }

  /** Path of a field. */
  at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  get(name: string): unknown {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  need<T>(name: string, read: Read<T>): T {
    return read(this.#values.get(name), this.at(name));
  }

  /** `fallback` when the field is not there. */
  take<T, F>(name: string, read: Read<T>, fallback: F): T | F {
    return this.has(name) ? this.need(name, read) : fallback;
  }

  /** `{ [name]: value }`, or nothing when the field is not there. */
  maybe<N extends string, T>(name: N, read: Read<T>): { readonly [K in N]?: T } {
    const found: { [K in N]?: T } = {};
    if (this.has(name)) found[name] = this.need(name, read);
    return found;
  }
}

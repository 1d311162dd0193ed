import { ALIASES, FIELDS } from './fields.ts';
import { lex, type Token, unescaped } from './lex.ts';
import {
  EVERYTHING,
  MAX_QUERY,
  type NumberRange,
  type Query,
  type QueryError,
  type Term,
  type TextField,
  type TextMatch,
} from './query.ts';

/** What a text is as a query. */
export type ParsedQuery =
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'wrong'; readonly error: QueryError };

/** Parentheses within each other. */
const MAX_DEPTH = 50;
const MAX_PATTERN = 200;

/** Thrown inside this file only. */
class Wrong extends Error {
  readonly error: QueryError;

  constructor(at: number, length: number, why: string) {
    super(why);
    this.error = { at, length, why };
  }
}

/**
 * Reads a query: words, "phrases", /patterns/ and fields, joined by `and` (or nothing), `or`, `not` (or a minus before it) and
 * parentheses; `not` binds closest, then `and`. An empty text finds everything. Cost: one look at each character.
 */
export function parseQuery(source: string): ParsedQuery {
  try {
    if (source.length > MAX_QUERY) {
      throw new Wrong(MAX_QUERY, source.length - MAX_QUERY, `A query may have ${MAX_QUERY} characters.`);
    }
    const tokens = lex(source);
    if ('why' in tokens) return { kind: 'wrong', error: tokens };
    return { kind: 'query', query: new Parser(tokens, source.length).whole() };
  } catch (error) {
    if (error instanceof Wrong) return { kind: 'wrong', error: error.error };
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Query {
    if (this.#tokens.length === 0) return EVERYTHING;
    const query = this.#either();
    const token = this.#tokens[this.#next];
    if (token !== undefined)
      throw new Wrong(token.at, 1, 'This parenthesis closes nothing: take it away, or open one before it.');
    return query;
  }

  #either(): Query {
    const parts = [this.#all()];
    while (this.#take('or') !== null) parts.push(this.#all());
    return parts.length === 1 ? (parts[0] ?? EVERYTHING) : { kind: 'or', parts };
  }

  #all(): Query {
    const parts = [this.#one()];
    for (;;) {
      const kind = this.#tokens[this.#next]?.kind;
      if (kind === undefined || kind === 'or' || kind === 'close') break;
      this.#take('and');
      parts.push(this.#one());
    }
    return parts.length === 1 ? (parts[0] ?? EVERYTHING) : { kind: 'and', parts };
  }

  #one(): Query {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw this.#missing('Something must follow here: a word or a field.');
    this.#next++;
    switch (token.kind) {
      case 'not':
        return this.#deeper(token, () => ({ kind: 'not', of: this.#one() }));
      case 'open':
        return this.#deeper(token, () => {
          const inner = this.#either();
          if (this.#take('close') === null) {
            throw new Wrong(token.at, 1, 'This parenthesis is not closed: add ) behind what it holds.');
          }
          return inner;
        });
      case 'value':
        return termOf(token);
      case 'close':
        throw new Wrong(token.at, 1, 'A word or a field is missing before this parenthesis.');
      default:
        throw new Wrong(
          token.at,
          token.end - token.at,
          `A word or a field must stand before and behind “${token.kind}”. To search for the word, write "${token.kind}".`,
        );
    }
  }

  #deeper(token: Token, read: () => Query): Query {
    if (++this.#depth > MAX_DEPTH)
      throw new Wrong(token.at, 1, `At most ${MAX_DEPTH} parentheses may stand within each other.`);
    const query = read();
    this.#depth--;
    return query;
  }

  #take(kind: Token['kind']): Token | null {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind) return null;
    this.#next++;
    return token;
  }

  #missing(why: string): Wrong {
    const last = this.#tokens.at(-1);
    return last === undefined ? new Wrong(0, this.#end, why) : new Wrong(last.at, last.end - last.at, why);
  }
}

type ValueToken = Token & { kind: 'value' };

function termOf(token: ValueToken): Term {
  const { field, textAt, end } = token;
  if (field === '') return { kind: 'text', field: 'any', match: matchOf(token) };
  const written = field.toLowerCase();
  const name = ALIASES[written] ?? written;
  if (token.text === '' && token.form === 'word') {
    throw new Wrong(token.at, end - token.at, `A value must follow “${field}:”, for example ${exampleOf(name)}.`);
  }
  if (written.startsWith('label.'))
    return { kind: 'label', key: keyOf(field.slice('label.'.length)), match: matchOf(token) };
  switch (name) {
    case 'label':
      return { kind: 'label', key: null, match: matchOf(token) };
    case 'wait':
      return { kind: 'wait', minutes: rangeOf(token, minutesOf, 'minutes, hours or days: >10m, <=2h, 5m..20m') };
    case 'count':
      return { kind: 'count', goroutines: rangeOf(token, countOf, 'a number: >100, <=5, 10..20') };
    case 'id':
      return { kind: 'id', ids: idsOf(token) };
  }
  const text = TEXT_FIELDS.find((one) => one === name);
  if (text !== undefined) return { kind: 'text', field: text, match: matchOf(token) };
  const known = FIELDS.map((one) => one.name).join(', ');
  throw new Wrong(
    token.at,
    textAt - token.at,
    `There is no field “${field}”. Fields are ${known}. To search for the text, put it in quotes.`,
  );
}

function keyOf(written: string): string {
  return written.startsWith('"') ? unescaped(written.slice(1, -1)) : written;
}

const TEXT_FIELDS: readonly TextField[] = ['name', 'state', 'func', 'file', 'pkg', 'created', 'cause', 'mark'];

function exampleOf(name: string): string {
  return FIELDS.find((field) => field.name === name)?.example ?? FIELDS[0]?.example ?? '';
}

function matchOf({ form, text, exact, textAt, end }: ValueToken): TextMatch {
  if (form === 'pattern') return { kind: 'pattern', pattern: patternOf(text, textAt, end) };
  return { kind: exact ? 'equals' : 'contains', text: text.toLowerCase() };
}

/** A repeated group that repeats inside, or a back reference: such patterns can take longer than anyone waits. */
const SLOW = /\([^)]*[+*}][^)]*\)[+*{]|\\[1-9]|\(\?<?[=!]/;

function patternOf(text: string, at: number, end: number): RegExp {
  const wrong = (why: string) => new Wrong(at, end - at, why);
  if (text.length > MAX_PATTERN) throw wrong(`A pattern may have ${MAX_PATTERN} characters.`);
  if (SLOW.test(text))
    throw wrong('Repetition inside repetition, look-around and back references are not taken: they can run for ever.');
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    throw wrong(`This is no regular expression: ${said}.`);
  }
}

type ReadNumber = (text: string) => number | null;

/** Minutes of `10m`, `2h`, `1d` or a bare number of minutes. */
function minutesOf(text: string): number | null {
  const match = /^(\d{1,9})(m|min|h|d)?$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * (match[2] === 'h' ? 60 : match[2] === 'd' ? 24 * 60 : 1);
}

function countOf(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function rangeOf(token: ValueToken, read: ReadNumber, wanted: string): NumberRange {
  const wrong = new Wrong(
    token.textAt,
    token.end - token.textAt,
    `“${token.text}” is not understood; “${token.field}:” takes ${wanted}.`,
  );
  if (token.form !== 'word') throw wrong;
  const [, sign = '', low = '', high] = /^(>=|<=|>|<)?([^.<>=]+)(?:\.\.([^.<>=]+))?$/.exec(token.text) ?? [];
  const from = read(low);
  const to = high === undefined ? from : read(high);
  if (from === null || to === null || (high !== undefined && (sign !== '' || to < from))) throw wrong;
  switch (sign) {
    case '>':
      return { from: from + 1, to: Number.POSITIVE_INFINITY };
    case '>=':
      return { from, to: Number.POSITIVE_INFINITY };
    case '<':
      return { from: Number.NEGATIVE_INFINITY, to: from - 1 };
    case '<=':
      return { from: Number.NEGATIVE_INFINITY, to: from };
    default:
      return { from, to };
  }
}

function idsOf(token: ValueToken): NumberRange[] {
  return token.text
    .split(',')
    .map((part) => rangeOf({ ...token, text: part }, countOf, 'goroutine ids: 7 or 7,12..40'));
}

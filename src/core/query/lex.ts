import type { QueryError } from './query.ts';

/** A piece of a query text. `at` and `end` are its place. */
export type Token = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' }
  | {
      readonly kind: 'value';
      /** Name before the colon as written, '' when there is none. */
      readonly field: string;
      readonly form: 'word' | 'quoted' | 'pattern';
      /** Without quotes or slashes, and without an equals sign behind the colon. */
      readonly text: string;
      /** An equals sign stood behind the colon. */
      readonly exact: boolean;
      /** Where what follows the colon begins. */
      readonly textAt: number;
    }
);

/** A name that can stand before a colon. What follows `label.` may be any key, in quotes where it holds blanks or colons. */
const FIELD = /^(?:label\.(?:"(?:[^"\\]|\\.)*"|[^\s:"()\\]+)|[a-z]+):/i;
const MAX_FIELD = 300;
const KEYWORDS: Readonly<Record<string, 'and' | 'or' | 'not'>> = { and: 'and', or: 'or', not: 'not' };

/** Parts a text into tokens, or says which quote or slash has no end. Cost: one look at each character. */
export function lex(source: string): readonly Token[] | QueryError {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const c = source[at] ?? '';
    if (/\s/.test(c)) {
      at++;
    } else if (c === ')') {
      tokens.push({ kind: 'close', at, end: ++at });
    } else if (c === '(' && source[at + 1] !== '*') {
      tokens.push({ kind: 'open', at, end: ++at });
    } else if (c === '-' && /[^\s-]/.test(source[at + 1] ?? ' ') && source[at + 1] !== '>') {
      tokens.push({ kind: 'not', at, end: ++at });
    } else {
      const token = valueAt(source, at);
      if ('why' in token) return token;
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function valueAt(source: string, at: number): Token | QueryError {
  const field = FIELD.exec(source.slice(at, at + MAX_FIELD))?.[0] ?? '';
  const textAt = at + field.length;
  const exact = field !== '' && source[textAt] === '=';
  const value = { kind: 'value' as const, at, field: field.slice(0, -1), exact, textAt };
  const from = exact ? textAt + 1 : textAt;
  if (source[from] === '"') {
    const close = closing(source, from, '"');
    if (close < 0) return { at: from, length: source.length - from, why: 'This quote has no end: add " behind it.' };
    return { ...value, form: 'quoted', text: unescaped(source.slice(from + 1, close)), end: close + 1 };
  }
  if (source[textAt] === '/') {
    const close = closing(source, textAt, '/');
    // A path begins with a slash, too: a pattern ends with one where the value ends.
    if (close > textAt + 1 && /^(?:$|\s|\))/.test(source.slice(close + 1, close + 2))) {
      return { ...value, form: 'pattern', text: source.slice(textAt + 1, close), end: close + 1 };
    }
  }
  const end = wordEnd(source, from);
  const text = source.slice(from, end);
  const keyword = field === '' ? KEYWORDS[text.toLowerCase()] : undefined;
  if (keyword !== undefined) return { kind: keyword, at, end };
  return { ...value, form: 'word', text, end };
}

/** Position of the mark that ends what begins at `at`, or -1. A backslash takes the next character along. */
function closing(source: string, at: number, mark: string): number {
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === mark) return i;
  }
  return -1;
}

/** Function names hold parentheses, `orders.(*Publisher).run`: only one that was not opened inside the word ends it. */
function wordEnd(source: string, at: number): number {
  let open = 0;
  let end = at;
  for (; end < source.length; end++) {
    const c = source[end] ?? '';
    if (/\s/.test(c)) break;
    if (c === '(') open++;
    if (c === ')' && open-- === 0) break;
  }
  return end;
}

/** What stood in quotes, without the backslashes before quotes and backslashes. */
export function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}

import { FIELDS } from './fields.ts';
import { lex } from './lex.ts';

/** Words that values of fields can be, as far as they are known. */
export interface Vocabulary {
  readonly states: readonly string[];
  readonly causes: readonly string[];
  readonly labelKeys: readonly string[];
  readonly packages: readonly string[];
}

/** Something that may stand at the caret. */
export interface Completion {
  /** What stands in place of `from` to `to` of the text when it is taken. */
  readonly insert: string;
  /** What it is, for people. */
  readonly says: string;
}

/** Completions for the word that the caret stands in or behind. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

const MAX_OPTIONS = 12;
const MARKS: readonly string[] = ['expected', 'suspect', 'done', 'none'];
const WAITS: readonly string[] = ['>1m', '>10m', '>1h', '5m..20m'];
const COUNTS: readonly string[] = ['>10', '>100', '>1000'];
const NOTHING: Completions = { from: 0, to: 0, options: [] };

/** What may stand at `caret`: names of fields, or values of the field before it. Nothing inside of quotes and patterns. */
export function completionsAt(source: string, caret: number, vocabulary: Vocabulary): Completions {
  const before = source.slice(0, caret);
  const tokens = lex(before);
  if ('why' in tokens) return NOTHING;
  const last = tokens.at(-1);
  if (last === undefined || last.end !== caret || last.kind !== 'value' || last.form !== 'word') return NOTHING;
  const to = caret + (/^[^\s()"]*/.exec(source.slice(caret))?.[0].length ?? 0);
  const typed = (last.text + source.slice(caret, to)).toLowerCase();
  if (last.field === '') {
    if (typed.length < 2) return NOTHING;
    return { from: last.at, to, options: limited(fieldNames(vocabulary), typed, 'start') };
  }
  const values = valuesOf(last.field.toLowerCase(), vocabulary);
  const from = last.textAt;
  return {
    from,
    to,
    options: limited(values, typed, 'anywhere').filter(({ insert }) => insert !== source.slice(from, to)),
  };
}

function limited(all: readonly Completion[], typed: string, where: 'start' | 'anywhere'): readonly Completion[] {
  const fits = ({ insert }: Completion): boolean => {
    const text = insert.toLowerCase().replaceAll('"', '');
    return where === 'start' ? text.startsWith(typed) : text.includes(typed);
  };
  return all.filter(fits).slice(0, MAX_OPTIONS);
}

function fieldNames({ labelKeys }: Vocabulary): Completion[] {
  return [
    ...FIELDS.map(({ name, says }) => ({ insert: `${name}:`, says })),
    ...labelKeys.map((key) => ({ insert: `${labelField(key)}:`, says: 'a label of this dump' })),
  ];
}

function valuesOf(field: string, { states, causes, packages }: Vocabulary): Completion[] {
  const as = (says: string) => (value: string) => ({ insert: quoteValue(value), says });
  switch (field) {
    case 'state':
      return states.map(as('a state of this dump'));
    case 'cause':
      return [...causes, 'none'].map(as('a cause in this dump'));
    case 'pkg':
    case 'package':
      return packages.map(as('a package of this dump'));
    case 'mark':
      return MARKS.map(as('a mark'));
    case 'wait':
      return WAITS.map(as('minutes, hours, days'));
    case 'count':
      return COUNTS.map(as('goroutines of a group'));
    default:
      return [];
  }
}

/** A value as it stands in a query: in quotes where it would else be parted or read as something else. */
export function quoteValue(value: string): string {
  const isPlain = /^[^-=/<>*\s"\\():][^\s"\\():]*$/.test(value) && !/^(?:and|or|not)$/i.test(value);
  return isPlain ? value : inQuotes(value);
}

function inQuotes(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The field of a label: its key in quotes where it could not stand without. */
export function labelField(key: string): string {
  return `label.${/^[^\s:"()\\]+$/.test(key) ? key : inQuotes(key)}`;
}

/** The term that asks for a value as a whole; `wait` takes ranges as they are. */
function termOf(field: string, value: string): string {
  return field === 'wait' ? `wait:${value}` : `${field}:=${quoteValue(value)}`;
}

/** A query with one term more, in front of what is there: goroutines with the value, or without it. */
export function withTerm(source: string, field: string, value: string, wanted: boolean): string {
  const term = `${wanted ? '' : '-'}${termOf(field, value)}`;
  const rest = source.trim();
  if (rest === '') return term;
  return `${term} ${/\bor\b/i.test(rest) ? `(${rest})` : rest}`;
}

/** Where the term for a value stands by itself in a query, or null. */
function placeOfTerm(
  source: string,
  field: string,
  value: string,
): { readonly at: number; readonly end: number } | null {
  const tokens = lex(source);
  if ('why' in tokens) return null;
  const term = termOf(field, value);
  for (const [i, { at, end }] of tokens.entries()) {
    if (source.slice(at, end) === term && tokens[i - 1]?.kind !== 'not') return { at, end };
  }
  return null;
}

/** Whether a query asks for a value as `withTerm` does. */
export function hasTerm(source: string, field: string, value: string): boolean {
  return placeOfTerm(source, field, value) !== null;
}

/** A query with the term for a value put in, or taken out when it is there. */
export function toggledTerm(source: string, field: string, value: string): string {
  const place = placeOfTerm(source, field, value);
  if (place === null) return withTerm(source, field, value, true);
  return `${source.slice(0, place.at).trimEnd()} ${source.slice(place.end).trimStart()}`.trim();
}

/** The place in a group's name: what stands before the line and the wait. */
export function placeIn(name: string): string {
  return name.replace(/(?::\d+)? → .*$/, '').replace(/:\d+$/, '');
}

/** A query that finds no group whose name holds this. */
export function withoutLike(source: string, place: string): string {
  const term = `-name:${quoteValue(place)}`;
  const rest = source.trim();
  if (rest === '') return term;
  return `${/\bor\b/i.test(rest) ? `(${rest})` : rest} ${term}`;
}

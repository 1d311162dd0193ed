import type { NumberRange, Query, Term, TextMatch } from './query.ts';

/** A row that is known by a few texts only, as those of a comparison are; all lower-case. */
export interface RowTexts {
  readonly name: string;
  readonly state: string;
  readonly created: string;
  /** Goroutines; of a change the larger of before and after. */
  readonly count: number;
}

/** Fields that such a row can be asked for. */
const FIELDS_OF_ROW: ReadonlySet<string> = new Set(['any', 'name', 'func', 'state', 'created', 'count']);

/** Fields of a query that a row known by a few texts says nothing of; see `fieldsOf`. */
export function unknownFields(fields: ReadonlySet<string>): readonly string[] {
  return [...fields].filter((field) => !FIELDS_OF_ROW.has(field));
}

/** Whether a row has what is asked for. `func` is looked for in its name. Cost: one look at its texts for each term. */
export function matchesRow(query: Query, row: RowTexts): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => matchesRow(part, row));
    case 'or':
      return query.parts.some((part) => matchesRow(part, row));
    case 'not':
      return !matchesRow(query.of, row);
    default:
      return hasTerm(query, row);
  }
}

function hasTerm(term: Term, row: RowTexts): boolean {
  if (term.kind === 'count') return isIn(row.count, term.goroutines);
  if (term.kind !== 'text') return false;
  switch (term.field) {
    case 'any':
      return [row.name, row.state, row.created].some((text) => has(term.match, text));
    case 'name':
    case 'func':
      return has(term.match, row.name);
    case 'state':
      return has(term.match, row.state);
    case 'created':
      return has(term.match, row.created);
    default:
      return false;
  }
}

/** Whether a number lies in a range. */
export function isIn(value: number, { from, to }: NumberRange): boolean {
  return value >= from && value <= to;
}

/** Whether a text has what is looked for; `text` is lower-case. */
export function has(match: TextMatch, text: string): boolean {
  switch (match.kind) {
    case 'contains':
      return text.includes(match.text);
    case 'equals':
      return text === match.text;
    case 'pattern':
      return match.pattern.test(text);
  }
}

/** Fields that a query asks for, so that what they need can be made before. */
export function fieldsOf(query: Query): ReadonlySet<string> {
  switch (query.kind) {
    case 'and':
    case 'or':
      return new Set(query.parts.flatMap((part) => [...fieldsOf(part)]));
    case 'not':
      return fieldsOf(query.of);
    case 'text':
      return new Set([query.field]);
    default:
      return new Set([query.kind]);
  }
}

/** Words that `cause:` finds in a group: the rule and the family, or `none`. */
export function causeWords(cause: { readonly ruleId: string; readonly family: string | null } | null): string[] {
  if (cause === null) return ['none'];
  return [cause.ruleId.toLowerCase(), ...(cause.family === null ? [] : [cause.family])];
}

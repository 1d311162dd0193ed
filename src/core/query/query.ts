/** What a text is compared with. */
export type TextMatch =
  /** Stands somewhere in it, in any case; `text` is lower-case. */
  | { readonly kind: 'contains'; readonly text: string }
  /** Is the whole of it, in any case; `text` is lower-case. */
  | { readonly kind: 'equals'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

/** Parts of a goroutine that are texts. `any`: all of them but cause and mark, and the name of its group. */
export type TextField = 'any' | 'name' | 'state' | 'func' | 'file' | 'pkg' | 'created' | 'cause' | 'mark';

/** Both ends belong to it. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** One thing that is asked of a group: some goroutine of it must have it. */
export type Term =
  | { readonly kind: 'text'; readonly field: TextField; readonly match: TextMatch }
  /** `key` null: any label, as `key=value` or `key: value`. */
  | { readonly kind: 'label'; readonly key: string | null; readonly match: TextMatch }
  /** Minutes that are printed; goroutines that print none never have it. */
  | { readonly kind: 'wait'; readonly minutes: NumberRange }
  /** Goroutines of the group. */
  | { readonly kind: 'count'; readonly goroutines: NumberRange }
  | { readonly kind: 'id'; readonly ids: readonly NumberRange[] };

/** A group matches `not` when none of its goroutines has what follows. */
export type Query =
  | Term
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query };

/** What is wrong with a text, and where: `at` is the place of the first character, from 0. */
export interface QueryError {
  readonly at: number;
  readonly length: number;
  /** One sentence: what stands there and what is wanted. */
  readonly why: string;
}

/** A query that finds everything: that of an empty text. */
export const EVERYTHING: Query = { kind: 'and', parts: [] };

/** Characters of a text that is taken as a query. */
export const MAX_QUERY = 1000;

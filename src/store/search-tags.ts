import { causeWords, fieldsOf } from '../core/query/match-row.ts';
import { parseQuery } from '../core/query/parse.ts';
import type { Query } from '../core/query/query.ts';
import type { AnalystMethods } from '../worker/protocol.ts';
import { selectCauses } from './cause-selectors.ts';
import { remember } from './remember.ts';
import type { AppState } from './state.ts';
import { selectMarked } from './triage-selectors.ts';

/** What the page knows of groups and the analyst does not, as far as a query asks for it. */
export type SearchTags = Pick<Parameters<AnalystMethods['search']>[0], 'causes' | 'marks'>;

/** The query that the search is, or what is wrong with it. */
export const parsedSearch = remember(parseQuery);

/** A search that can be made: what is typed, or nothing while that is wrong. */
export function searchable(text: string): Query | null {
  const parsed = parsedSearch(text);
  return parsed.kind === 'query' && text !== '' ? parsed.query : null;
}

/** The tags that the search asks for; a new one only when what it was made of has changed. */
export function searchTags(state: AppState): SearchTags {
  const query = searchable(state.view.search.trim());
  if (query === null) return NO_TAGS;
  const fields = fieldsOf(query);
  return tagsOf(
    state.groups.value?.table ?? null,
    fields.has('cause') ? selectCauses(state) : null,
    fields.has('mark') ? selectMarked(state) : null,
    fields.has('cause'),
  );
}

/** What most searches need. */
export const NO_TAGS: SearchTags = {};

const tagsOf = remember(
  (
    table: { readonly key: readonly string[] } | null,
    causes: ReturnType<typeof selectCauses>,
    marked: ReturnType<typeof selectMarked> | null,
    wantsCauses: boolean,
  ): SearchTags => {
    if (table === null || (!wantsCauses && marked === null)) return NO_TAGS;
    return {
      ...(wantsCauses ? { causes: table.key.map((_, row) => causeWords(causes?.reply.causes[row] ?? null)) } : {}),
      ...(marked === null ? {} : { marks: table.key.map((key) => marked.get(key)?.mark ?? 'none') }),
    };
  },
);

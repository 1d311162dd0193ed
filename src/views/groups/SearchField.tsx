import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { completionsAt, labelField, type Vocabulary } from '../../core/query/complete.ts';
import type { Facet } from '../../core/query/facets.ts';
import { fieldsOf, unknownFields } from '../../core/query/match-row.ts';
import type { QueryError } from '../../core/query/query.ts';
import { selectCauses } from '../../store/cause-selectors.ts';
import { parsedSearch } from '../../store/search-tags.ts';
import type { TableCauses } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CompletionList } from './CompletionList.tsx';
import './query.css';

/** Id of the field, for the `/` key. */
export const SEARCH_FIELD = 'group-search';

/** Searches the groups with words or a query; says what is wrong at its place, and offers what may stand at the caret. */
export function SearchField() {
  const search = useStandstill((state) => state.view.search);
  const failed = useStandstill((state) => (state.matches.status === 'failed' ? state.matches.error : null));
  const onlyNames = useStandstill((state) => state.view.tab === 'compare');
  const vocabulary = useVocabulary();
  const { choose, wantFacets } = useActions();
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const errorId = useId();
  const parsed = parsedSearch(search.trim());
  // The first blanks are no part of what was read.
  const lead = search.length - search.trimStart().length;
  const found = caret === null ? null : completionsAt(search, caret, vocabulary);
  const options = found?.options ?? [];
  const isOpen = options.length > 0;
  // Something is still being typed at the end: no reason to call it wrong yet.
  const error = parsed.kind === 'wrong' && !(isOpen && caret === search.length) ? parsed.error : null;

  const close = () => {
    setCaret(null);
    setActive(-1);
  };
  const take = (insert: string) => {
    if (found === null) return;
    const blank = insert.endsWith(':') ? '' : ' ';
    const before = `${search.slice(0, found.from)}${insert}${blank}`;
    const next = `${before}${search.slice(found.to).trimStart()}`;
    choose({ search: next });
    setActive(-1);
    setCaret(before.length);
    requestAnimationFrame(() => input.current?.setSelectionRange(before.length, before.length));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (isOpen && step !== 0) {
      event.preventDefault();
      setActive(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (isOpen && (event.key === 'Enter' || event.key === 'Tab') && active >= 0) {
      event.preventDefault();
      take(options[active]?.insert ?? '');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (isOpen) close();
      else if (search === '') event.currentTarget.blur();
      else choose({ search: '' });
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      close();
      document.querySelector<HTMLElement>('table[role="grid"]')?.focus();
    }
  };
  return (
    <div className="search-box">
      <input
        ref={input}
        id={SEARCH_FIELD}
        type="search"
        role="combobox"
        className="field search"
        aria-label="Search groups"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-invalid={error !== null}
        {...(active >= 0 ? { 'aria-activedescendant': `${listId}-${active}` } : {})}
        {...(error === null ? {} : { 'aria-describedby': errorId })}
        placeholder="Search: words, state:select, wait:>10m   /"
        spellCheck={false}
        autoComplete="off"
        value={search}
        onFocus={wantFacets}
        onChange={(event) => {
          choose({ search: event.currentTarget.value });
          setCaret(event.currentTarget.selectionStart);
          setActive(-1);
        }}
        onBlur={close}
        onKeyDown={press}
      />
      {isOpen ? <CompletionList id={listId} options={options} active={active} onTake={take} /> : null}
      {error === null ? null : <ErrorAt id={errorId} text={search} error={{ ...error, at: error.at + lead }} />}
      {failed === null ? null : (
        <span className="warn" role="alert">
          {failed}
        </span>
      )}
      {onlyNames && parsed.kind === 'query' ? <NotAsked fields={unknownFields(fieldsOf(parsed.query))} /> : null}
    </div>
  );
}

/** What is wrong, with the place marked in the text as it stands. */
function ErrorAt({ id, text, error }: { id: string; text: string; error: QueryError }) {
  const { at, length, why } = error;
  return (
    <p className="query-error" id={id} role="status">
      <code aria-hidden="true">
        {text.slice(Math.max(0, at - 24), at)}
        <mark>{text.slice(at, at + length).slice(0, 60)}</mark>
        {text.slice(at + length, at + length + 24)}
      </code>
      <span>
        Column {at + 1}: {why}
      </span>
    </p>
  );
}

/** Fields that a comparison cannot be asked for; the search then hides nothing. */
function NotAsked({ fields }: { fields: readonly string[] }) {
  if (fields.length === 0) return null;
  return (
    <p className="query-error" role="status">
      Compare is searched by name, state, creator and count; “{fields.join('”, “')}” works in Groups. Nothing is hidden
      here.
    </p>
  );
}

const NO_FACETS: readonly Facet[] = [];

/** What completion can offer of the dump on show. */
function useVocabulary(): Vocabulary {
  const facets = useStandstill((state) => state.facets.value?.all ?? NO_FACETS);
  const causes = useStandstill(selectCauses);
  return useMemo(() => vocabularyOf(facets, causes), [facets, causes]);
}

function vocabularyOf(facets: readonly Facet[], causes: TableCauses | null): Vocabulary {
  const valuesOf = (field: string) =>
    facets.find((facet) => facet.field === field)?.values.map(({ value }) => value) ?? [];
  const named = (causes?.reply.causes ?? []).flatMap((cause) =>
    cause === null ? [] : [cause.ruleId, ...(cause.family === null ? [] : [cause.family])],
  );
  return {
    states: valuesOf('state'),
    packages: valuesOf('pkg'),
    causes: [...new Set(named)].sort(),
    labelKeys: facets.flatMap(({ field }) => (field.startsWith(labelField('')) ? [labelKeyOf(field)] : [])),
  };
}

function labelKeyOf(field: string): string {
  return field
    .slice('label.'.length)
    .replace(/^"|"$/g, '')
    .replace(/\\(["\\])/g, '$1');
}

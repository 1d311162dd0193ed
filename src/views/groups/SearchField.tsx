import { useActions, useStandstill } from '../../store/use-store.ts';

/** Id of the field, for the `/` key. */
export const SEARCH_FIELD = 'group-search';

/** Searches the groups; every word must be in one. */
export function SearchField() {
  const search = useStandstill((state) => state.view.search);
  const failed = useStandstill((state) => (state.matches.status === 'failed' ? state.matches.error : null));
  const { choose } = useActions();
  return (
    <>
      <input
        id={SEARCH_FIELD}
        type="search"
        className="field search"
        aria-label="Search groups"
        placeholder="Search functions, files, states, labels   /"
        spellCheck={false}
        autoComplete="off"
        value={search}
        onChange={(event) => choose({ search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (search === '') event.currentTarget.blur();
            else choose({ search: '' });
            event.preventDefault();
          } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            document.querySelector<HTMLElement>('table[role="grid"]')?.focus();
          }
        }}
      />
      {failed === null ? null : (
        <span className="warn" role="alert">
          {failed}
        </span>
      )}
    </>
  );
}

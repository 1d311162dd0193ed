import { FIELDS } from '../../core/query/fields.ts';
import { parsedSearch } from '../../store/search-tags.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { DropDown } from '../../ui/DropDown.tsx';

/** Searches that are kept, and the fields that can be asked for. */
export function QueryMenu() {
  const search = useStandstill((state) => state.view.search.trim());
  const saved = useStandstill((state) => state.savedQueries);
  const { choose, saveQuery } = useActions();
  const canSave = search !== '' && parsedSearch(search).kind === 'query' && !saved.includes(search);
  return (
    <DropDown
      className="query-menu"
      summary={
        <summary className="button">
          Queries <span aria-hidden="true">▾</span>
        </summary>
      }
    >
      <div className="query-sheet">
        <section aria-label="Saved queries">
          <h3>Saved</h3>
          {saved.length === 0 ? <p className="muted">None yet. They stay in this browser.</p> : null}
          <ul>
            {saved.map((query) => (
              <li key={query}>
                <button type="button" className="link" onClick={() => choose({ search: query })}>
                  <code>{query}</code>
                </button>
                <button
                  type="button"
                  className="button small quiet"
                  aria-label={`Forget ${query}`}
                  onClick={() => saveQuery(query, false)}
                >
                  Forget
                </button>
              </li>
            ))}
          </ul>
          {canSave ? (
            <button type="button" className="button small" onClick={() => saveQuery(search, true)}>
              Save this query
            </button>
          ) : null}
        </section>
        <section aria-label="What can be asked for">
          <h3>What can be asked for</h3>
          <table>
            <tbody>
              {FIELDS.map(({ name, says, example }) => (
                <tr key={name}>
                  <td>
                    <button type="button" className="link" onClick={() => choose({ search: example })}>
                      <code>{example}</code>
                    </button>
                  </td>
                  <td>{says}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="muted">
            Words must all be there; “or”, “not”, parentheses and -word work; "quotes" hold blanks together, /slashes/ a
            regular expression; field:=value is the whole value. A group is listed when any of its goroutines has it.
          </p>
        </section>
      </div>
    </DropDown>
  );
}

import { hasTerm, toggledTerm } from '../../core/query/complete.ts';
import type { Facet, FacetValue } from '../../core/query/facets.ts';
import { selectCauses } from '../../store/cause-selectors.ts';
import type { FacetsReply } from '../../store/facet-questions.ts';
import { remember } from '../../store/remember.ts';
import type { TableCauses } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import './facets.css';

const WORDS: Readonly<Record<string, string>> = {
  state: 'State',
  pkg: 'Package',
  created: 'Created by',
  wait: 'Printed wait',
  cause: 'Cause',
};
/** Values listed before "more". */
const LISTED = 8;

/** What the goroutines that match can be told apart by, with counts; each value is a part of the search that is put in or taken out. */
export function Facets() {
  const reply = useStandstill((state) => state.facets.value);
  const causes = useStandstill(selectCauses);
  if (reply === null) return <p className="hint muted">Counting…</p>;
  const facets = withCauses(reply, causes);
  if (facets.length === 0) return <p className="hint muted">Nothing matches, so there is nothing to tell apart.</p>;
  return (
    <section className="facets" aria-label="Facets">
      {facets.map((facet) => (
        <FacetList key={facet.field} facet={facet} />
      ))}
    </section>
  );
}

function FacetList({ facet: { field, values, more } }: { facet: Facet }) {
  const title = WORDS[field] ?? `Label ${field.slice('label.'.length)}`;
  const hidden = more + Math.max(0, values.length - LISTED);
  return (
    // No landmark each: the stack beside it has a region "Cause" of its own.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div role="group" className="facet" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {values.slice(0, LISTED).map((value) => (
          <Value key={value.value} field={field} value={value} />
        ))}
      </ul>
      {hidden === 0 ? null : <p className="muted">and {formatCount(hidden)} more</p>}
    </div>
  );
}

function Value({ field, value: { value, goroutines } }: { field: string; value: FacetValue }) {
  const search = useStandstill((state) => state.view.search);
  const { choose } = useActions();
  const isOn = hasTerm(search, field, value);
  return (
    <li>
      <button
        type="button"
        className={isOn ? 'facet-value active' : 'facet-value'}
        aria-pressed={isOn}
        title={value}
        onClick={() => choose({ search: toggledTerm(search, field, value) })}
      >
        <span className="facet-word">{value}</span>
        <span className="number">{formatCount(goroutines)}</span>
      </button>
    </li>
  );
}

/** Causes are known row by row on the page. */
const withCauses = remember((reply: FacetsReply, causes: TableCauses | null): readonly Facet[] => {
  if (causes === null || causes.of !== reply.table) return reply.facets;
  const counts = new Map<string, number>();
  const rows = reply.rows ?? reply.table.count.keys();
  for (const row of rows) {
    const cause = causes.reply.causes[row] ?? null;
    const word = cause === null ? 'none' : cause.ruleId;
    counts.set(word, (counts.get(word) ?? 0) + (reply.table.count[row] ?? 0));
  }
  const values = [...counts]
    .map(([value, goroutines]) => ({ value, goroutines }))
    .sort((a, b) => b.goroutines - a.goroutines);
  return values.length === 0 ? reply.facets : [...reply.facets, { field: 'cause', values, more: 0 }];
});

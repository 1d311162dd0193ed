import type { ReactNode } from 'react';
import { hasTerm, toggledTerm } from '../../core/query/complete.ts';
import type { Facet } from '../../core/query/facets.ts';
import { selectCauses } from '../../store/cause-selectors.ts';
import type { FacetsReply } from '../../store/facet-questions.ts';
import type { InstanceFound } from '../../store/instance-questions.ts';
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
  const instances = useStandstill((state) => state.instances.value);
  if (reply === null) return <p className="hint muted">Counting…</p>;
  const facets = withCauses(reply, causes);
  return (
    <section className="facets" aria-label="Facets">
      {instances === null ? null : <InstanceList instances={instances} />}
      {facets.length === 0 ? <p className="muted">Nothing matches here, so there is nothing to tell apart.</p> : null}
      {facets.map((facet) => (
        <FacetList key={facet.field} facet={facet} />
      ))}
    </section>
  );
}

/** How many the search finds in each instance; a dump is of one, so another one is shown and not searched for. */
function InstanceList({ instances }: { instances: readonly InstanceFound[] }) {
  const shownId = useStandstill((state) => state.view.dumpId);
  const { choose } = useActions();
  const listed = instances.filter(({ dumpId }, at) => at < LISTED || dumpId === shownId);
  return (
    <FacetBox title="Instance" hidden={instances.length - listed.length}>
      {listed.map(({ instance, dumpId, dumpName, goroutines }) => (
        <Value
          key={instance}
          word={instance}
          title={`${instance}\nin ${dumpName}`}
          goroutines={goroutines}
          isOn={dumpId === shownId}
          onClick={() => choose({ dumpId })}
        />
      ))}
    </FacetBox>
  );
}

function FacetList({ facet: { field, values, more } }: { facet: Facet }) {
  const search = useStandstill((state) => state.view.search);
  const { choose } = useActions();
  const title = WORDS[field] ?? `Label ${field.slice('label.'.length)}`;
  return (
    <FacetBox title={title} hidden={more + Math.max(0, values.length - LISTED)}>
      {values.slice(0, LISTED).map(({ value, goroutines }) => (
        <Value
          key={value}
          word={value}
          title={value}
          goroutines={goroutines}
          isOn={hasTerm(search, field, value)}
          onClick={() => choose({ search: toggledTerm(search, field, value) })}
        />
      ))}
    </FacetBox>
  );
}

function FacetBox({ title, hidden, children }: { title: string; hidden: number; children: ReactNode }) {
  return (
    // No landmark each: the stack beside it has a region "Cause" of its own.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div role="group" className="facet" aria-label={title}>
      <h3>{title}</h3>
      <ul>{children}</ul>
      {hidden === 0 ? null : <p className="muted">and {formatCount(hidden)} more</p>}
    </div>
  );
}

interface ValueProps {
  readonly word: string;
  readonly title: string;
  readonly goroutines: number;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function Value({ word, title, goroutines, isOn, onClick }: ValueProps) {
  return (
    <li>
      <button
        type="button"
        className={isOn ? 'facet-value active' : 'facet-value'}
        aria-pressed={isOn}
        title={title}
        onClick={onClick}
      >
        <span className="facet-word">{word}</span>
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

import type { Fate } from '../../core/compare/comparison.ts';
import { selectFateDump } from '../../store/selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import type { DumpId, DumpSummary, GroupDetail } from '../../worker/protocol.ts';
import { FATE_HINTS, fatesAt } from '../compare/fates.ts';
import { tailOf } from '../words.ts';

interface Chip {
  readonly fate: Fate;
  readonly goroutines: number;
  /** The dump that has these, when it is not the one on show. */
  readonly dumpId: DumpId | null;
}

/** What became of the goroutines of the group against another dump; a chip lists only these. */
export function Fates({ detail, summary }: { detail: GroupDetail; summary: DumpSummary }) {
  const against = useStandstill(selectFateDump);
  const chosen = useStandstill((state) => state.view.fate);
  const elsewhere = useElsewhere(detail.key, summary.id);
  const { choose } = useActions();
  const whyNot = useStandstill((state) =>
    state.view.tab === 'compare' && state.view.compareMode !== 'matrix'
      ? (state.comparison.value?.idsWhyNot ?? '')
      : '',
  );
  if (against === null) return null;
  const name = tailOf(against.name, 30);
  if (detail.fates === null) {
    return (
      <p className="muted">
        <span className="mark">unknown</span> Ids were not compared with those of {name}. {whyNot}
      </p>
    );
  }
  const here: readonly Chip[] = detail.fates.map(([fate, goroutines]) => ({ fate, goroutines, dumpId: null }));
  const listed = [...here, ...elsewhere];
  // A chosen fate that no goroutine has here stays in sight, as it is why the list is empty.
  const chips: readonly Chip[] =
    chosen === null || listed.some(({ fate }) => fate === chosen)
      ? listed
      : [...listed, { fate: chosen, goroutines: 0, dumpId: null }];
  return (
    <fieldset className="fates">
      <legend className="muted" title={against.name}>
        Against {name}
      </legend>
      {chips.map(({ fate, goroutines, dumpId }) => (
        <button
          key={fate}
          type="button"
          className={`chip fate ${fate}`}
          aria-pressed={chosen === fate}
          title={`${FATE_HINTS[fate]}${dumpId === null ? '' : '; listed in the other dump'}`}
          onClick={() =>
            choose(
              chosen === fate ? { fate: null } : { fate, groupKey: detail.key, ...(dumpId === null ? {} : { dumpId }) },
            )
          }
        >
          {fate} <strong>{formatCount(goroutines)}</strong>
        </button>
      ))}
    </fieldset>
  );
}

/** Goroutines of the group that only the other one of A and B has: those that left when B is on show, those born when A is. */
function useElsewhere(groupKey: string, dumpId: DumpId): readonly Chip[] {
  const comparison = useStandstill((state) =>
    state.view.tab === 'compare' && state.view.compareMode !== 'matrix' ? state.comparison.value : null,
  );
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  if (comparison === null || a === null || b === null || a === b) return [];
  const fates = fatesAt(comparison.changes, comparison.changes.key.indexOf(groupKey));
  if (fates === null) return [];
  if (dumpId === b && fates.left > 0) return [{ fate: 'left', goroutines: fates.left, dumpId: a }];
  if (dumpId === a && fates.born > 0) return [{ fate: 'born', goroutines: fates.born, dumpId: b }];
  return [];
}

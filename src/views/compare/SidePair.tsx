import { useStandstill } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { SHEET_QUERY, useMedia } from '../../ui/use-media.ts';
import { useOpenStack } from '../panel-context.ts';
import { StackPairList } from './StackPairList.tsx';
import { StackPairTable } from './StackPairTable.tsx';
import { usePairForms } from './use-pair-forms.ts';

/** Under the two tables: the stacks of the chosen group in A and B. `narrow`: as one list with marks. */
export function SidePair({ name, narrow }: { name: string | null; narrow: boolean }) {
  const groupKey = useStandstill((state) => state.view.groupKey);
  const stackPair = useStandstill((state) => state.stackPair);
  const nameA = useStandstill((state) => nameOf(state, state.view.a));
  const nameB = useStandstill((state) => nameOf(state, state.view.b));
  const forms = usePairForms();
  const asSheet = useMedia(SHEET_QUERY);
  const openStack = useOpenStack();
  const pair = stackPair.value?.key === groupKey ? stackPair.value : null;
  if (groupKey === null) {
    return <p className="side-pair-hint muted">Choose a group to see its two stacks next to each other.</p>;
  }
  return (
    <section
      className="side-pair"
      aria-label="Stacks in A and B"
      aria-busy={stackPair.status === 'asking'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may hold nothing else that takes the focus.
      tabIndex={0}
    >
      {name === null ? null : (
        <div className="side-pair-head">
          <h3 className="mono">
            <Breakable text={name} />
          </h3>
          {asSheet ? (
            <button type="button" className="button small" onClick={() => openStack(true)}>
              Open the group
            </button>
          ) : null}
        </div>
      )}
      {stackPair.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The two stacks could not be set against each other: {stackPair.error}
        </p>
      ) : pair === null ? (
        <p className="side-pair-hint muted">
          {stackPair.status === 'ready'
            ? 'Neither A nor B has this group.'
            : 'Setting the two stacks against each other…'}
        </p>
      ) : narrow ? (
        <StackPairList key={pair.key} pair={pair} forms={forms} />
      ) : (
        <StackPairTable pair={pair} forms={forms} nameA={nameA} nameB={nameB} />
      )}
    </section>
  );
}

function nameOf(
  { dumps }: { dumps: readonly { readonly name: string; readonly summary: { readonly id: string } }[] },
  id: string | null,
): string {
  return dumps.find(({ summary }) => summary.id === id)?.name ?? '';
}

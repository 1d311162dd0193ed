import { useStandstill } from '../../store/use-store.ts';
import { pairRows, rowsDiffer } from './pair-words.ts';
import { StackPairList } from './StackPairList.tsx';
import { usePairForms } from './use-pair-forms.ts';

/** In the stack panel: what differs between the stacks of A and B, where anything does and the tab shows no pair itself. */
export function PairBlock({ groupKey }: { groupKey: string }) {
  const isAsked = useStandstill(({ view }) => view.tab === 'compare' && view.compareMode === 'changes');
  const pair = useStandstill((state) => state.stackPair.value);
  const forms = usePairForms();
  if (!isAsked || pair === null || pair.key !== groupKey || !rowsDiffer(pairRows(pair, forms))) return null;
  return (
    <section className="block" aria-label="Stack in A and B">
      <h3>The stack differs between A and B</h3>
      <StackPairList pair={pair} forms={forms} />
    </section>
  );
}

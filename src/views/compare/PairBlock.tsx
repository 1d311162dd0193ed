import { useStandstill } from '../../store/use-store.ts';
import { stacksDiffer } from './pair-words.ts';
import { StackPairList } from './StackPairList.tsx';

/** In the stack panel: what differs between the stacks of A and B, where anything does and the tab shows no pair itself. */
export function PairBlock({ groupKey }: { groupKey: string }) {
  const isAsked = useStandstill(({ view }) => view.tab === 'compare' && view.compareMode === 'changes');
  const pair = useStandstill((state) => state.stackPair.value);
  if (!isAsked || pair === null || pair.key !== groupKey || !stacksDiffer(pair)) return null;
  return (
    <section className="block" aria-label="Stack in A and B">
      <h3>The stack differs between A and B</h3>
      <StackPairList pair={pair} />
    </section>
  );
}

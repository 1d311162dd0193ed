import { useMemo } from 'react';
import type { AppState } from '../../store/state.ts';
import { useStandstill } from '../../store/use-store.ts';
import type { PairForms } from './pair-words.ts';

/** Forms of A and B, which tell what each could not print. */
export function usePairForms(): PairForms {
  const a = useStandstill((state) => formOf(state, state.view.a));
  const b = useStandstill((state) => formOf(state, state.view.b));
  return useMemo(() => ({ a, b }), [a, b]);
}

function formOf({ dumps }: AppState, id: AppState['view']['a']): PairForms['a'] {
  return dumps.find(({ summary }) => summary.id === id)?.summary.format ?? 'traceback';
}

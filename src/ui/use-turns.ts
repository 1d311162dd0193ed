import { startTransition, useEffect, useState } from 'react';
import { afterPaint } from './after-paint.ts';

/**
 * Counts from 0 to `last`, one more after each paint: a part of the page that is drawn from some turn on is rendered, laid
 * out and painted in tasks of its own, so that a slow machine answers keys and clicks between the parts. Starts once, when
 * the component comes.
 */
export function useTurns(last: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn >= last) return;
    return afterPaint(() => startTransition(() => setTurn(turn + 1)));
  }, [turn, last]);
  return turn;
}

import { useEffect, useState } from 'react';
import type { PackedFile, Shared } from '../../store/handover.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import type { HandoverQuestion } from '../../worker/protocol.ts';

/** A packed investigation, on its way or not possible. */
export type Packed =
  | { readonly status: 'packing' }
  | { readonly status: 'ready'; readonly file: PackedFile }
  | { readonly status: 'failed'; readonly why: string };

/** Milliseconds that are waited for the next key of a title. */
const WAIT_MS = 250;

/** Packs what is shared anew whenever it changes. */
export function usePacked(detail: HandoverQuestion['detail'], shared: Shared): Packed {
  const { pack } = useActions();
  const dumps = useStandstill((state) => state.dumps);
  const view = useStandstill((state) => state.view);
  const marks = useStandstill((state) => state.marks);
  const rules = useStandstill((state) => state.ownRules);
  const [packed, setPacked] = useState<Packed>({ status: 'packing' });
  const key = JSON.stringify(shared);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for shared; the others are read by pack.
  useEffect(() => {
    let isLate = false;
    const put = (next: Packed): void => {
      if (!isLate) setPacked(next);
    };
    put({ status: 'packing' });
    const timer = setTimeout(() => {
      pack(detail, shared).then(
        (file) => put({ status: 'ready', file }),
        (error: unknown) => put({ status: 'failed', why: error instanceof Error ? error.message : String(error) }),
      );
    }, WAIT_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [detail, key, dumps, view, marks, rules, pack]);
  return packed;
}

import { useMemo, useState } from 'react';
import type { StackPair } from '../../core/compare/stack-pair.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { Mark, PairFrame, SideWords } from './PairFrame.tsx';
import { foldSame, type PairForms, type PairRow, pairRows } from './pair-words.ts';
import './pair.css';

/** Both stacks of a group as one list, with marks where they differ. Runs of equal frames are one line until opened. */
export function StackPairList({ pair, forms }: { pair: StackPair; forms: PairForms }) {
  const pieces = useMemo(() => foldSame(pairRows(pair, forms)), [pair, forms]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const both = pair.a !== null && pair.b !== null;
  return (
    <>
      <dl className="pair-sides">
        <dt className="ab-mark">A</dt>
        <dd>
          <SideWords side={pair.a} mark="A" />
        </dd>
        <dt className="ab-mark">B</dt>
        <dd>
          <SideWords side={pair.b} mark="B" />
        </dd>
      </dl>
      <ol className="pair-list" aria-label="The stacks of A and B, innermost frame first">
        {pieces.map((piece) =>
          piece.kind === 'row' ? (
            <Row key={piece.index} row={piece.row} />
          ) : open.has(piece.index) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a frame is its place in the stack; functions repeat in recursion.
            piece.rows.map((row, offset) => <Row key={piece.index + offset} row={row} />)
          ) : (
            <li key={piece.index}>
              <button
                type="button"
                className="fold"
                aria-expanded={false}
                onClick={() => setOpen(new Set([...open, piece.index]))}
              >
                <span aria-hidden="true">▸</span>{' '}
                {both
                  ? `${formatNumberOf(piece.rows.length, 'frame')} the same in both`
                  : formatNumberOf(piece.rows.length, 'more frame')}
              </button>
            </li>
          ),
        )}
      </ol>
    </>
  );
}

function Row({ row }: { row: PairRow }) {
  const { a, b } = row.pair;
  const frames = row.mark === 'other' ? [a, b] : [b ?? a];
  return (
    <li className={`pair-row ${row.mark}${row.isCreator ? ' creator' : ''}`}>
      {row.isCreator ? <span className="created-by-word">created by</span> : null}
      <Mark row={row} />
      {frames.map((frame, index) =>
        frame === null ? null : (
          <span key={index === 0 ? 'first' : 'second'} className="pair-one">
            {row.mark === 'other' ? <span className="ab-mark">{index === 0 ? 'A' : 'B'}</span> : null}
            <PairFrame frame={frame} />
          </span>
        ),
      )}
    </li>
  );
}

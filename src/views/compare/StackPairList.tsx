import { useMemo, useState } from 'react';
import type { FramePair, StackPair } from '../../core/compare/stack-pair.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { Mark, PairFrame, SideWords } from './PairFrame.tsx';
import { foldSame, markOf } from './pair-words.ts';
import './pair.css';

/** Both stacks of a group as one list, with marks where they differ. Runs of equal frames are one line until opened. */
export function StackPairList({ pair }: { pair: StackPair }) {
  const pieces = useMemo(() => foldSame(pair.frames), [pair]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const marked = pair.a !== null && pair.b !== null;
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
            <Row key={piece.index} pair={piece.pair} marked={marked} />
          ) : open.has(piece.index) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a frame is its place in the stack; functions repeat in recursion.
            piece.pairs.map((each, offset) => <Row key={piece.index + offset} pair={each} marked={marked} />)
          ) : (
            <li key={piece.index}>
              <button
                type="button"
                className="fold"
                aria-expanded={false}
                onClick={() => setOpen(new Set([...open, piece.index]))}
              >
                <span aria-hidden="true">▸</span>{' '}
                {marked
                  ? `${formatNumberOf(piece.pairs.length, 'frame')} the same in both`
                  : formatNumberOf(piece.pairs.length, 'more frame')}
              </button>
            </li>
          ),
        )}
        {pair.createdBy === null ? null : <Row pair={pair.createdBy} marked={marked} creator />}
      </ol>
    </>
  );
}

function Row({ pair, marked, creator = false }: { pair: FramePair; marked: boolean; creator?: boolean }) {
  const mark = marked ? markOf(pair) : 'same';
  const frames = mark === 'other' ? [pair.a, pair.b] : [pair.b ?? pair.a];
  return (
    <li className={`pair-row ${mark}${creator ? ' creator' : ''}`}>
      {creator ? <span className="created-by-word">created by</span> : null}
      {marked ? <Mark pair={pair} /> : null}
      {frames.map((frame, index) =>
        frame === null ? null : (
          <span key={index === 0 ? 'first' : 'second'} className="pair-one">
            {mark === 'other' ? <span className="ab-mark">{index === 0 ? 'A' : 'B'}</span> : null}
            <PairFrame frame={frame} />
          </span>
        ),
      )}
    </li>
  );
}

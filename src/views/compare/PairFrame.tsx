import type { PairSide } from '../../core/compare/stack-pair.ts';
import { type Frame, UNKNOWN_STATE } from '../../core/model/symbols.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { isLibraryFrame } from '../stack/fold-frames.ts';
import { splitFile, splitFunction } from '../stack/stack-text.ts';
import type { PairRow } from './pair-words.ts';

/** A frame of one of the two stacks. */
export function PairFrame({ frame, place = true }: { frame: Frame; place?: boolean }) {
  if (frame.kind === 'elided' || frame.kind === 'unavailable') return <em className="frame-note">{frame.function}</em>;
  const { path, rest } = splitFunction(frame.function);
  const { name } = splitFile(frame.file);
  return (
    <span className={isLibraryFrame(frame) ? 'pair-frame dim' : 'pair-frame'}>
      <code className="frame-function">
        <span className="frame-path">
          <Breakable text={path} />
        </span>
        <Breakable text={rest} />
        {frame.kind === 'inlined' ? <span className="frame-mark"> inlined</span> : null}
      </code>
      {place && name !== '' ? (
        <code className="frame-place" title={frame.file}>
          {name}
          {frame.line > 0 ? `:${frame.line}` : ''}
        </code>
      ) : null}
    </span>
  );
}

/** How a row differs: sign and words; nothing where it does not. */
export function Mark({ row: { sign, words } }: { row: PairRow }) {
  if (sign === '') return null;
  return (
    <span className="pair-words">
      <span aria-hidden="true">{sign} </span>
      {words}
    </span>
  );
}

/** "8,702 goroutines · chan send", and how many of the group stand at other stacks. */
export function SideWords({ side, mark }: { side: PairSide | null; mark: 'A' | 'B' }) {
  if (side === null) return <span className="not-in">not in {mark}</span>;
  return (
    <>
      <strong>{formatNumberOf(side.count, 'goroutine')}</strong> ·{' '}
      {side.state === UNKNOWN_STATE ? 'state not printed' : side.state}
      {side.others === 0 ? null : (
        <span className="muted"> · {formatCount(side.others)} more of the group at other stacks</span>
      )}
    </>
  );
}

import { useContext, useMemo, useState } from 'react';
import type { Frame } from '../../core/model/symbols.ts';
import { sourceLink } from '../../core/source/link.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatNumberOf } from '../../ui/format.ts';
import type { StackDetail } from '../../worker/protocol.ts';
import { Explained } from '../help/Explained.tsx';
import { foldFrames, isLibraryFrame } from './fold-frames.ts';
import { SourceRules } from './source-rules.ts';
import { placeOf, splitFile, splitFunction } from './stack-text.ts';

/** A stack, innermost frame first. Runs of library frames are one line until they are opened. */
export function Frames({ stack, unfolded }: { stack: StackDetail; unfolded: boolean }) {
  const pieces = useMemo(() => foldFrames(stack.frames), [stack]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  return (
    <ol className="frames" aria-label="Frames, innermost first">
      {stack.frames.length === 0 ? <li className="frame-note">The dump prints no frames for it.</li> : null}
      {pieces.map((piece) =>
        piece.kind === 'frame' ? (
          <FrameRow key={piece.index} frame={piece.frame} dim={piece.dim} />
        ) : unfolded || open.has(piece.index) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frame is its place in the stack; functions repeat in recursion.
          piece.frames.map((frame, offset) => <FrameRow key={piece.index + offset} frame={frame} dim />)
        ) : (
          <li key={piece.index}>
            <button
              type="button"
              className="fold"
              aria-expanded={false}
              aria-label={`Show ${formatNumberOf(piece.frames.length, 'library frame')}`}
              onClick={() => setOpen(new Set([...open, piece.index]))}
            >
              <span aria-hidden="true">▸</span> {formatNumberOf(piece.frames.length, 'library frame')}
              <span className="fold-what"> {foldSummary(piece.frames)}</span>
            </button>
          </li>
        ),
      )}
      {stack.createdBy === null ? null : (
        <li className="created-by">
          <Explained word="created by">
            <span className="created-by-word">created by</span>
          </Explained>
          <FrameBody frame={stack.createdBy} dim={isLibraryFrame(stack.createdBy)} />
        </li>
      )}
    </ol>
  );
}

/** First and last function of a run, without their paths. */
function foldSummary(frames: readonly Frame[]): string {
  const first = splitFunction(frames[0]?.function ?? '').rest;
  const last = splitFunction(frames.at(-1)?.function ?? '').rest;
  return `${first} … ${last}`;
}

function FrameRow({ frame, dim }: { frame: Frame; dim: boolean }) {
  if (frame.kind === 'elided' || frame.kind === 'unavailable') {
    return <li className="frame-note">{frame.function}</li>;
  }
  return (
    <li className={dim ? 'frame dim' : 'frame'}>
      <FrameBody frame={frame} dim={dim} />
    </li>
  );
}

function FrameBody({ frame, dim }: { frame: Frame; dim: boolean }) {
  const { path, rest } = splitFunction(frame.function);
  const { folder, name } = splitFile(frame.file);
  const place = placeOf(frame);
  const rules = useContext(SourceRules);
  const link = useMemo(() => sourceLink(frame, rules), [frame, rules]);
  const where = (
    <>
      <span className="frame-path">
        <Breakable text={folder} />
      </span>
      {name}
      {frame.line > 0 ? `:${frame.line}` : ''}
    </>
  );
  return (
    <div className={dim ? 'frame-body dim' : 'frame-body'}>
      <code className="frame-function">
        <span className="frame-path">
          <Breakable text={path} />
        </span>
        <Breakable text={rest} />
        {frame.kind === 'inlined' ? <span className="frame-mark"> inlined</span> : null}
        {frame.kind === 'native' ? <span className="frame-mark"> C</span> : null}
      </code>
      {place === '' ? null : (
        <>
          <code className="frame-place">
            {link === null ? (
              where
            ) : (
              <a href={link} target="_blank" rel="noopener noreferrer" title={link}>
                {where}
                <span className="visually-hidden">, opens its source in a new tab</span>
              </a>
            )}
          </code>
          <CopyButton text={place} what={place} className="button small quiet frame-copy" />
        </>
      )}
    </div>
  );
}

import { isPlumbing, isStandardLibrary } from '../../core/group/waiting-place.ts';
import type { Frame } from '../../core/model/symbols.ts';

/** Shorter runs are left open: a line that says "2 frames" saves nothing. */
export const MIN_FOLD = 3;

/** A frame, or a run of library frames that can be folded into one line. */
export type Piece =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly index: number; readonly dim: boolean }
  | { readonly kind: 'run'; readonly frames: readonly Frame[]; readonly index: number };

/** True for frames of the runtime and the standard library: seldom what one looks for. */
export function isLibraryFrame(frame: Frame): boolean {
  if (frame.kind !== 'go' && frame.kind !== 'inlined') return false;
  return isPlumbing(frame.function) || isStandardLibrary(frame.function);
}

/**
 * Cuts a stack into frames and foldable runs. The place the goroutine waits in, which gives the group its name, stays
 * in plain sight even when it is library code.
 */
export function foldFrames(frames: readonly Frame[]): Piece[] {
  const place = Math.max(
    0,
    frames.findIndex((frame) => !isPlumbing(frame.function)),
  );
  const foldable = frames.map((frame, index) => index !== place && isLibraryFrame(frame));
  const pieces: Piece[] = [];
  let at = 0;
  while (at < frames.length) {
    let end = at;
    while (foldable[end] === true) end++;
    if (end - at >= MIN_FOLD) {
      pieces.push({ kind: 'run', frames: frames.slice(at, end), index: at });
      at = end;
      continue;
    }
    const frame = frames[at];
    if (frame === undefined) break;
    pieces.push({ kind: 'frame', frame, index: at, dim: foldable[at] === true });
    at++;
  }
  return pieces;
}

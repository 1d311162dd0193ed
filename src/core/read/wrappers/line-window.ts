const LF = 10;

/** Bytes of one line that are held: a whole dump may stand in one. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Lines behind the first of a dump that are asked what stands around it, and the bytes in which they are looked for. */
const WINDOW_LINES = 12;
const WINDOW_BYTES = 32 * 1024;
/** Lines before the first of a dump that may belong to it: "SIGQUIT: quit", "PC=…", a blank line. */
const LINES_BACK = 24;
const BYTES_BACK = 16 * 1024;

/** Where the window of lines behind a line ends that begins at `from`, and how many lines it may hold. */
export function windowBehind(bytes: Uint8Array, from: number): { readonly to: number; readonly lines: number } {
  return { to: Math.min(bytes.length, from + WINDOW_BYTES), lines: WINDOW_LINES };
}

/**
 * Up to where lines begin whose window is there already; `whole` is the end of the last whole line. So what is decided never
 * depends on where chunks are cut.
 */
export function decidedUpTo(bytes: Uint8Array, whole: number): number {
  let byLines = whole;
  for (let lines = 0; lines < WINDOW_LINES && byLines > 0; lines++) byLines = lineBefore(bytes, byLines);
  const byBytes = whole > WINDOW_BYTES ? bytes.lastIndexOf(LF, whole - WINDOW_BYTES - 1) + 1 : 0;
  return Math.max(byLines, byBytes);
}

/** Where the line begins that is LINES_BACK lines before `at`, but no further back than `from`. `at` is where a line begins. */
export function linesBack(bytes: Uint8Array, from: number, at: number): number {
  let back = at;
  for (let lines = 0; lines < LINES_BACK && back > from; lines++) {
    const start = lineBefore(bytes, back);
    if (start < from || at - start > BYTES_BACK) break;
    back = start;
  }
  return back;
}

/** Where the line begins that ends right before `at`. */
function lineBefore(bytes: Uint8Array, at: number): number {
  return at >= 2 ? bytes.lastIndexOf(LF, at - 2) + 1 : 0;
}

/** Where the line's break stands, or the end of the bytes. */
export function lineEnd(bytes: Uint8Array, from: number): number {
  const lf = bytes.indexOf(LF, from);
  return lf < 0 ? bytes.length : lf;
}

/** Line breaks in a range. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let lf = bytes.indexOf(LF, from); lf >= 0 && lf < to; lf = bytes.indexOf(LF, lf + 1)) lines++;
  return lines;
}

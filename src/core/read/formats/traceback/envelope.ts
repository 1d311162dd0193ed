/**
 * The text around a traceback: what introduced it. Looked at line by line only outside goroutines, and only at lines
 * whose first letters may matter, so that a log of gigabytes before a dump costs little.
 */

/** First lines that say why a Go program printed all this (runtime/signal_unix.go, runtime/panic.go). */
const REASON =
  /^(?:panic: |fatal error: |SIG[A-Z]+: |Signal \d|unexpected fault address |runtime: goroutine stack exceeds |Exception 0x)/;

/** A line that may open a dump, as a reason; null for any other. */
export function reasonFrom(line: string): string | null {
  return REASON.test(line) ? line.slice(0, 300) : null;
}

/** Separates the blocks of a GOTRACEBACK=crash cascade, in which goroutines are printed once per thread. */
export const CASCADE_MARK = '-----';

/** Whether a line with this first byte can be a reason, a cascade mark or a dated log line. */
export function mayMatter(first: number | undefined): boolean {
  if (first === undefined) return false;
  // p(anic) f(atal) S(IG) u(nexpected) r(untime) E(xception) - and the digits of a date
  return (
    first === 112 ||
    first === 102 ||
    first === 83 ||
    first === 117 ||
    first === 114 ||
    first === 69 ||
    first === 45 ||
    (first >= 48 && first <= 57)
  );
}

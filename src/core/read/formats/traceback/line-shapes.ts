import {
  ascii,
  CLOSE_PAREN,
  COLON,
  CR,
  DOT,
  isBlank,
  isDigit,
  LF,
  MINUS,
  OPEN_PAREN,
  SPACE,
  startsWith,
  type Window,
} from './bytes.ts';

/**
 * What single lines of a traceback look like, by their bytes. `start` is the first byte of a line, `end` its end
 * without CR and LF. No function here makes a string.
 */

const IN_GOROUTINE = ascii(' in goroutine ');
const ORIGINATING = ascii('[originating from goroutine ');
const NON_GO = ascii('non-Go function');
const ELIDED_END = ascii('frames elided...');
const UNAVAILABLE = ascii('goroutine running on other thread; stack unavailable');
const RUNTIME_STACK = ascii('runtime stack:');
const PC = ascii('pc=0x');

/** `start` past the tab or spaces a line begins with. */
export function skipIndent(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && isBlank(bytes[p])) p++;
  return p;
}

/** End of the line that ends at LF position `lf` (or at the end of input), without its CR. */
export function withoutCr(bytes: Uint8Array, start: number, lf: number): number {
  return lf > start && bytes[lf - 1] === CR ? lf - 1 : lf;
}

/** `[originating from goroutine 7]:` opens an ancestor's stack (Go 1.11, GODEBUG=tracebackancestors). */
export function isAncestorHeader(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, ORIGINATING);
}

/** `runtime stack:` opens frames of the system stack, which belong to no goroutine. */
export function isRuntimeStack(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, RUNTIME_STACK);
}

/** `...additional frames elided...` (to Go 1.20) or `...23 frames elided...`. */
export function isElided(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    bytes[start] === DOT &&
    bytes[start + 1] === DOT &&
    bytes[start + 2] === DOT &&
    end - start > ELIDED_END.length + 3 &&
    startsWith(bytes, end - ELIDED_END.length, end, ELIDED_END)
  );
}

/** `⇥goroutine running on other thread; stack unavailable`. */
export function isUnavailable(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, UNAVAILABLE);
}

/** `non-Go function at pc=0x7f…` or `non-Go function` (Go 1.7, cgo without a symbolizer). */
export function isNonGo(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, NON_GO);
}
export const NON_GO_LENGTH = NON_GO.length;

/**
 * Position of the parenthesis that opens the arguments of `main.(*T).run(0xc000010000, {0x1?, 0x2})`, or -1 when the
 * line is no Go call. Arguments hold no parenthesis and a Go name holds no space.
 */
export function argumentsStart(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 1] !== CLOSE_PAREN) return -1;
  let open = end - 2;
  while (open > start) {
    const byte = bytes[open];
    if (byte === OPEN_PAREN) break;
    if (byte === CLOSE_PAREN) return -1;
    open--;
  }
  if (open <= start) return -1;
  for (let p = start; p < open; p++) if (isBlank(bytes[p])) return -1;
  return open;
}

/** Whether a line that was cut may be the beginning of a call: nothing before its parenthesis, or its end, is blank. */
export function mayStartCall(bytes: Uint8Array, start: number, end: number): boolean {
  let p = start;
  while (p < end && bytes[p] !== OPEN_PAREN && !isBlank(bytes[p])) p++;
  return p === end || bytes[p] === OPEN_PAREN;
}

/** Whether the arguments at `open` are the `(...)` of an inlined call (Go 1.9). */
export function isInlined(bytes: Uint8Array, open: number, end: number): boolean {
  return end - open === 5 && bytes[open + 1] === DOT && bytes[open + 2] === DOT && bytes[open + 3] === DOT;
}

/** End of the name in `created by main.main[ in goroutine 7]`; `start` is past `created by `. */
export function creatorNameEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start && isDigit(bytes[p - 1])) p--;
  const word = p - IN_GOROUTINE.length;
  return p < end && word > start && startsWith(bytes, word, end, IN_GOROUTINE) ? word : end;
}

/** The id in ` in goroutine 7` at `start`, 0 when the line ends there (before Go 1.21), or -1 for anything else. */
export function creatorId(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  if (!startsWith(bytes, start, end, IN_GOROUTINE)) return -1;
  return number(bytes, start + IN_GOROUTINE.length, end);
}

/** Decimal number that fills the range, or -1. Exact up to 2^53. */
export function number(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 20) return -1;
  let value = 0;
  for (let p = start; p < end; p++) {
    if (!isDigit(bytes[p])) return -1;
    value = value * 10 + ((bytes[p] ?? 0) - 48);
  }
  return value;
}

/** Result of `fileEnd` for a line that is none. */
export const NOT_A_FILE = -1;

/**
 * End of `file:line` in a file line, NOT_A_FILE when the line is none, or `start` for a C frame that only says `pc=0x…`.
 * `start` is past the indent. Read from the right, as paths hold spaces, colons and parentheses:
 *
 *     C:/Users/Jane Doe/app/main.go:12 +0x1d fp=0xc000047f18 sp=0xc000047ef0 pc=0x43d3f6
 */
export function fileEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  for (;;) {
    let token = p;
    while (token > start && bytes[token - 1] !== SPACE) token--;
    if (!isAddress(bytes, token, p)) break;
    if (token === start) return startsWith(bytes, start, end, PC) ? start : NOT_A_FILE;
    p = token - 1;
  }
  let digits = p;
  while (digits > start && isDigit(bytes[digits - 1])) digits--;
  if (digits === p) return NOT_A_FILE;
  if (bytes[digits - 1] === MINUS) digits--;
  return digits > start + 1 && bytes[digits - 1] === COLON ? p : NOT_A_FILE;
}

/** `+0x1d`, `fp=0x…`, `sp=0x…` or `pc=0x…`. */
function isAddress(bytes: Uint8Array, start: number, end: number): boolean {
  let p = start;
  if (bytes[p] === 43) p++;
  else if (bytes[p + 2] === 61 && (bytes[p + 1] === 112 || bytes[p + 1] === 99)) p += 3;
  else return false;
  return bytes[p] === 48 && bytes[p + 1] === 120 && p + 2 <= end;
}

/** Line number at the end of `file:line`; its colon is `colonBefore`. */
export function lineNumber(bytes: Uint8Array, start: number, end: number): { line: number; colon: number } {
  let digits = end;
  while (digits > start && isDigit(bytes[digits - 1])) digits--;
  const negative = bytes[digits - 1] === MINUS;
  const value = number(bytes, digits, Math.min(end, digits + 15));
  return { line: negative ? -value : value, colon: negative ? digits - 2 : digits - 1 };
}

/** Bytes of a line that are searched here: calling `indexOf` costs as much as a hundred of them. */
const SHORT_LINE = 256;

/** Position of the LF at or after `start`, or -1 when the window holds none. */
export function lineFeed({ bytes, view }: Window, start: number): number {
  const until = Math.min(start + SHORT_LINE, bytes.length - 3);
  let p = start;
  for (; p < until; p += 4) {
    const word = view.getInt32(p, true) ^ 0x0a0a0a0a;
    // Whether one of four bytes is zero (Hacker's Delight 6-1).
    if (((word - 0x01010101) & ~word & 0x80808080) === 0) continue;
    while (bytes[p] !== LF) p++;
    return p;
  }
  return bytes.indexOf(LF, p);
}

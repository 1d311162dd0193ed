import { ascii, equalBytes, isDigit, OPEN_BRACKET, SPACE, startsWith, toWindow, type Window } from './bytes.ts';

const GOROUTINE = toWindow(ascii('goroutine '));
/** Bytes of a header before its id. */
export const ID_AT = GOROUTINE.bytes.length;

/** `goroutine 5 [x]: did something`, `goroutine 5 [x] {a: b}: did something`: text follows the colon. */
export const PROSE = /\]( \{.*\})?:\s*\S/;

/** Whether a line begins as the header of a goroutine does: `goroutine 7`. */
export function isHeader({ bytes, view }: Window, p: number, end: number): boolean {
  return p + ID_AT < end && equalBytes(view, p, GOROUTINE.view, 0, ID_AT) && isDigit(bytes[p + ID_AT]);
}

/** First words of another dump that follows without a blank line, as journald keeps none. */
const OTHERS = [
  'goroutine profile: ',
  'goroutineleak profile: ',
  'panic: ',
  'fatal error: ',
  'SIGQUIT: ',
  'SIGABRT: ',
].map(ascii);

/** Whether a line inside a goroutine begins another dump. */
export function beginsOther(bytes: Uint8Array, p: number, end: number): boolean {
  return OTHERS.some((word) => startsWith(bytes, p, end, word));
}

/** Position of the `[` after the id, past ` gp=0x… m=… mp=0x…` (Go 1.22), or -1. */
export function bracketAfter(bytes: Uint8Array, idEnd: number, end: number): number {
  let p = idEnd;
  while (bytes[p] === SPACE && p + 1 < end) {
    p++;
    if (bytes[p] === OPEN_BRACKET) return p;
    while (p < end && bytes[p] !== SPACE) p++;
  }
  return -1;
}

/** Headers that could not be read, and what introduced no goroutine: for the message when there is no dump at all. */
export function nothingFound(reason: string | null, unreadHeaders: number): string {
  const seen =
    reason === null
      ? ''
      : ` It says "${reason.slice(0, 120)}", but no stacks follow: with GOTRACEBACK=none or a crash of another kind none are printed.`;
  const unread = unreadHeaders === 0 ? '' : ` ${unreadHeaders} goroutine headers could not be read.`;
  return `No goroutine header such as "goroutine 1 [running]:" stands at the start of a line.${seen}${unread}`;
}

import { NOWHERE, WordSearch } from '../text/word-search.ts';
import { digit } from './clock.ts';
import { type LineView, latin1 } from './line-view.ts';

/** One thing that was put around each line. Made for a line that shows it; then asked for each line. */
export interface Layer {
  /** In words for people: "kubectl logs --prefix". */
  readonly name: string;
  /** Takes it off the line; false, and the line untouched, where the line does not show it. Never throws. */
  readonly take: (view: LineView) => boolean;
  /** It cuts long lines into parts, which are joined before what is around the whole line is taken off. */
  readonly joins?: boolean;
  /** `take` looks for a dump in the line, so it may be tried on lines of any shape. */
  readonly searches?: boolean;
}

/** A row of the table of layers. */
export interface LayerKind {
  /** Answers the layer that a line shows, or null. */
  readonly find: (view: LineView) => Layer | null;
  /** Lines show it plainly, so it is taken off a log in which no dump has come yet. */
  readonly sure?: boolean;
  /** Ordinary text looks the same, so lines behind the dump's first must show it, too. */
  readonly doubtful?: boolean;
  /** As of the layer. */
  readonly searches?: boolean;
}

/** What layers are made with. */
export interface LayerContext {
  /** UTF-8 → text. */
  readonly decode: (bytes: Uint8Array) => string;
  /** The file's own time, milliseconds since 1970 UTC, or null. */
  readonly referenceMs: number | null;
}

/** The first line of what this page reads; what stands before it on its line is a wrapper. */
export const HEADER =
  /goroutine \d{1,20} (?:gp=\S{1,20} )?(?:m=\S{1,20} )?(?:mp=\S{1,20} )?\[|goroutine(?:leak)? profile: total \d|WARNING: DATA RACE/;

/** The same at the start of a line of a payload. A goroutine's header ends in a colon; a sentence about one does not. */
const HEADER_LINE =
  /^(?:goroutine \d{1,20} (?:gp=\S{1,20} )?(?:m=\S{1,20} )?(?:mp=\S{1,20} )?\[[^\n]*:[ \t\r]*$|goroutine(?:leak)? profile: total \d{1,10}[ \t\r]*$|WARNING: DATA RACE)/m;

/** Bytes of a payload that are searched for such a line: a whole dump may stand in one payload. */
const SEARCHED_BYTES = 65_536;
const TERMINAL_CODE = /\x1b\[[\d;]{0,20}[A-Za-z]/g;

const WORDS = new WordSearch(['goroutine', 'data race']);
/** What may stand behind the word in a header besides a space: "leak", a no-break space (C2 A0), a terminal code, `&nbsp;`. */
const BEHIND = new Set([108, 0xc2, 0x1b, 38]);
const GOROUTINE = 'goroutine'.length;
const [SPACE, LOWER_G, LOWER_P, ESC] = [32, 103, 112, 0x1b];

/** Where a word stands next that the first line of a dump holds, or -1. Most lines that speak of goroutines are passed over. */
export function findWord(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; ; ) {
    const word = WORDS.find(bytes, at, end);
    if (word === NOWHERE || ((bytes[word] ?? 0) | 32) !== LOWER_G || mayBeHeader(bytes, word + GOROUTINE)) return word;
    at = word + GOROUTINE;
  }
}

/** By what stands behind the word: not so in `created by main.main in goroutine 1` and `goroutines=12`. */
function mayBeHeader(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== SPACE) return BEHIND.has(bytes[at] ?? 0);
  let p = at + 1;
  if (bytes[p] === LOWER_P || bytes[p] === ESC) return true;
  while (digit(bytes, p) >= 0) p++;
  return p > at + 1 && (bytes[p] === SPACE || BEHIND.has(bytes[p] ?? 0));
}

/** Whether the first line of a dump stands at the start of a line of the payload. */
export function showsHeader(view: LineView): boolean {
  return HEADER_LINE.test(searched(view));
}

/** Whether such a line stands anywhere in the payload, coloured or not, its spaces of any kind. */
export function holdsHeader(view: LineView): boolean {
  const text = searched(view);
  if (HEADER.test(text)) return true;
  const plain = text.replace(TERMINAL_CODE, '').replace(/\xc2\xa0|&nbsp;/g, ' ');
  return plain !== text && HEADER.test(plain);
}

function searched({ bytes, start, end }: LineView): string {
  return latin1(bytes, start, Math.min(end, start + SEARCHED_BYTES));
}

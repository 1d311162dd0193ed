import type { ReadContext } from '../../format.ts';
import { takenAtFromLine } from '../../taken-at.ts';
import { isDigit } from './bytes.ts';
import type { DumpStart } from './dump-starts.ts';

/** Where a line stands that introduces a dump, and what had been read before it. */
export interface IntroducedAt {
  readonly offset: number;
  readonly line: number;
  readonly understood: number;
  readonly problems: number;
}

/** First lines that say why a Go program printed all this (runtime/signal_unix.go, runtime/panic.go). */
const REASON =
  /^(?:panic: |fatal error: |SIG[A-Z]+: |Signal \d|unexpected fault address |runtime: goroutine stack exceeds |Exception 0x)/;
/** Separates the blocks of a GOTRACEBACK=crash cascade, in which goroutines are printed once per thread. */
const CASCADE_MARK = '-----';
/** `\t\tTestCheckout/card (9m59s)` (Go 1.23), `\tTestCheckout (9m59s)` (Go 1.20): testing.(*M).startAlarm. */
const RUNNING_TEST = /^\t{1,2}(\S.* \([0-9hmsµun.]+\))$/;
/** The second line of a frame. Stacks of loggers have no offset. */
const FILE_LINE = /^\t[^\t].{0,280}:\d+ \+0x[0-9a-f]+$/;
const TIMED_OUT = 'panic: test timed out';
const MAX_REASON = 300;
const MAX_TESTS = 200;
const MAX_TIME = 64;
const TAB = 9;

/**
 * What the lines between goroutines say of the dump that follows: why it was printed, when, which tests ran. Looked at
 * only where the first letter may matter, so that a log of gigabytes before a dump costs little.
 */
export class Introduction {
  readonly #decode: (bytes: Uint8Array) => string;
  #reason: string | null = null;
  #at: IntroducedAt | null = null;
  #dated: Uint8Array | null = null;
  #tests: string[] = [];
  #cascade = false;
  #beheaded = false;
  #parted = false;
  /** Anything was said since the last goroutine. */
  #said = false;
  /** A mark stands since the last goroutine. */
  #marked = false;

  constructor(context: ReadContext) {
    this.#decode = context.decodeText;
  }

  /** Takes a line outside goroutines. `inDump`: a goroutine stands somewhere before it. */
  line(bytes: Uint8Array, where: IntroducedAt & { readonly inDump: boolean }): void {
    const first = bytes[0];
    this.#said = true;
    if (isDigit(first) || first === OPEN_BRACKET || first === LOWER_T) {
      this.#dated = bytes.slice(0, MAX_TIME);
      return;
    }
    if (!mayMatter(first)) return;
    if (first === TAB) {
      if (this.#reason?.startsWith(TIMED_OUT) === true) this.#test(this.#decode(bytes));
      else if (!where.inDump && this.#reason === null) this.#beheaded ||= FILE_LINE.test(this.#decode(bytes));
      return;
    }
    const text = this.#decode(bytes);
    if (text === CASCADE_MARK) {
      this.#cascade = where.inDump;
      this.#marked = true;
    } else if (this.#reason === null && REASON.test(text)) {
      this.#reason = text.slice(0, MAX_REASON);
      this.#at = where;
      // Every later block of a cascade follows a mark; a crash that does not is another one.
      this.#cascade &&= this.#marked;
    }
  }

  #test(text: string): void {
    const name = RUNNING_TEST.exec(text)?.[1];
    if (name !== undefined && this.#tests.length < MAX_TESTS) this.#tests.push(name);
  }

  /** True after a line that begins a new dump; false once a goroutine was read since. */
  get opens(): boolean {
    return this.#at !== null || this.#parted;
  }

  /** A dump of another form stood here: goroutines after it are of another traceback than those before. */
  part(): void {
    this.used();
    this.#said = true;
    this.#parted = true;
    this.#cascade = false;
  }

  /** The dump that begins with goroutine `row`, whose header stands `here` and was stamped so by a wrapper. */
  start(row: number, here: IntroducedAt, stampedMs: number | null): DumpStart {
    const { offset, line, understood, problems } = this.#at ?? here;
    return {
      row,
      offset,
      line,
      headerLine: here.line,
      understood,
      problems,
      reason: this.#reason,
      stampedMs,
      loggedMs: this.loggedMs,
      runningTests: this.#tests,
    };
  }

  get reason(): string | null {
    return this.#reason;
  }

  /** Frames stand before the first goroutine: the text begins inside the stack of one. */
  get beheaded(): boolean {
    return this.#beheaded;
  }

  /** Between the marks of a crash cascade goroutines come again. */
  get inCascade(): boolean {
    return this.#cascade;
  }

  /** The time of the last dated line since the last goroutine, milliseconds since 1970 UTC. */
  get loggedMs(): number | null {
    return this.#dated === null ? null : takenAtFromLine(this.#decode(this.#dated));
  }

  /** A goroutine was read: what was said before it is not said of the next. */
  used(): void {
    if (!this.#said) return;
    this.#said = false;
    this.#reason = null;
    this.#at = null;
    this.#parted = false;
    this.#marked = false;
    this.#dated = null;
    if (this.#tests.length > 0) this.#tests = [];
  }
}

const OPEN_BRACKET = 91;
const LOWER_T = 116;

/** Whether a line with this first byte can be a reason, a cascade mark or a running test. */
function mayMatter(first: number | undefined): boolean {
  // p(anic) f(atal) S(IG) u(nexpected) r(untime) E(xception) - TAB
  return (
    first === 112 ||
    first === 102 ||
    first === 83 ||
    first === 117 ||
    first === 114 ||
    first === 69 ||
    first === 45 ||
    first === TAB
  );
}

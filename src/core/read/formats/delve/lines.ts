import type { LabelSet } from '../../../model/symbols.ts';
import { parseLabelSet } from '../../go-quote.ts';

/**
 * Which location of a goroutine a list shows. `User`: the innermost frame outside the runtime. `Runtime`: the innermost of
 * all. `Go`: the go statement that made it. `Start`: the function it began with.
 */
export type LocationKind = 'User' | 'Runtime' | 'Go' | 'Start';

/** A line of `goroutines`. */
export interface GoroutineLine {
  readonly id: number;
  readonly shows: LocationKind;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** Wait reason as it stands; null when none is printed: running, runnable, or an old Delve. */
  readonly reason: string | null;
}

/** `unreadable`: the debugger could not read the goroutine, so nothing is known of it but that it is there. */
export type GoroutineLineResult = GoroutineLine | 'unreadable' | 'broken' | 'no';

/** Delve colours the functions and files of stacks when it believes in a terminal, and the prompt. */
const COLOURS = /\x1b\[[0-9;]{0,20}m/g;

/** `text` without colours. */
export function withoutColours(text: string): string {
  return text.includes('\x1b') ? text.replace(COLOURS, '') : text;
}

/** `(dlv) goroutines -t`; in what a program sent to Delve printed, the first line of the answer follows instead. */
const PROMPT = /^\(dlv\) ?(.*)$/;

/** What follows the prompt, or null when the line has none. */
export function afterPrompt(text: string): string | null {
  return PROMPT.exec(text)?.[1] ?? null;
}

/** The words after `goroutines` or its short name `grs`, or null when the text is another command. */
export function listCommand(text: string): readonly string[] | null {
  const [name, ...words] = text.trim().slice(0, 500).split(/ +/);
  return name === 'goroutines' || name === 'grs' ? words : null;
}

const LEAD = /^[ \t]{0,40}(?:\* ?)?Goroutine (?=[0-9(])/;
const ID_AND_KIND = /^([0-9]{1,19}) - (User|Runtime|Go|Start): /;
/** When the wait began, in nanoseconds of the machine's clock, so no duration; in Delve 1.9 a senseless `468371h20m17.1s`. */
const SINCE = / -?[0-9][0-9.hmsnuµ]{0,40}$/;
const UNKNOWN_REASON = /^unknown wait reason [0-9]+(?= |$)/;
const THREAD = / \(thread [0-9]{1,12}\)$/;
const ADDRESS = / \(0x[0-9a-f]{1,16}\)$/;
const FILE_AND_FUNCTION = /^(.*?):(-?[0-9]{1,9}) (\S.*)$/;

/**
 * A line of the list (pkg/terminal/command.go, formatGoroutine):
 *
 *       Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) (thread 4711)
 *     * Goroutine 7 - User: ./main.go:18 main.worker (0x4a1b02) [chan receive 83910000000]
 *       Goroutine (unreadable could not find goroutine)
 */
export function parseGoroutineLine(text: string): GoroutineLineResult {
  const lead = LEAD.exec(text);
  if (lead === null) return 'no';
  const rest = text.slice(lead[0].length).trimEnd();
  if (rest.startsWith('(unreadable')) return 'unreadable';
  const opening = ID_AND_KIND.exec(rest);
  if (opening === null) return 'no';
  let place = rest.slice(opening[0].length);
  let reason: string | null = null;
  const bracket = place.lastIndexOf(' [');
  if (place.endsWith(']') && bracket >= 0) {
    reason = reasonOf(place.slice(bracket + 2, -1));
    place = place.slice(0, bracket);
  }
  place = place.replace(THREAD, '');
  const location = FILE_AND_FUNCTION.exec(place.replace(ADDRESS, ''));
  if (location === null || !ADDRESS.test(place)) return 'broken';
  const kind = opening[2];
  return {
    id: Number(opening[1]),
    shows: kind === 'Runtime' || kind === 'Go' || kind === 'Start' ? kind : 'User',
    function: location[3] ?? '',
    ...fileOf(location[1] ?? '', location[2] ?? '0'),
    reason,
  };
}

function reasonOf(inner: string): string {
  return UNKNOWN_REASON.exec(inner)?.[0] ?? inner.replace(SINCE, '');
}

/** Delve prints `?:-1` or `:0` where it knows no file. */
function fileOf(file: string, line: string): { file: string; line: number } {
  return { file: file === '?' ? '' : file, line: Math.max(0, Number(line)) };
}

/** `[61 goroutines]`: after the list; before it up to Delve 1.1. */
const TOTAL = /^[ \t]{0,40}\[([0-9]{1,12}) goroutines\][ \t]*$/;
/** `⇥Total: 44` after each group of `-group`, of which at most five goroutines are printed. */
const GROUP_TOTAL = /^[ \t]{0,40}Total: ([0-9]{1,12})[ \t]*$/;

export function parseTotal(text: string): number | null {
  const found = TOTAL.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

export function parseGroupTotal(text: string): number | null {
  const found = GROUP_TOTAL.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** `⇥ 0  0x0000000000495511 in runtime.gopark` (service/api/prettyprint.go, PrintStack) */
const FRAME = /^[ \t]{0,40}[0-9]{1,7} {1,4}0x[0-9a-f]{1,16} in (\S.*)$/;
/** `⇥     at /usr/local/go/src/runtime/proc.go:463` */
const AT = /^[ \t]{0,60}at (.*):(-?[0-9]{1,9})[ \t]*$/;

/** The function of a frame of `-t`, or null. */
export function parseFrameFunction(text: string): string | null {
  return FRAME.exec(text)?.[1]?.trimEnd() ?? null;
}

/** Where the frame of the line before stands, or null. */
export function parseAt(text: string): { file: string; line: number } | null {
  const found = AT.exec(text);
  return found === null ? null : fileOf(found[1] ?? '', found[2] ?? '0');
}

const LABELS = /^[ \t]{0,40}Labels: /;
const MORE_LABELS = /\.\.\. \([0-9]{1,9} more\)$/;

/** `⇥Labels: "pool":"read", "tenant":"a b"... (3 more)`: at most five. `broken` when they cannot be read, `no` when it is another line. */
export function parseLabels(text: string): { labels: LabelSet; more: boolean } | 'broken' | 'no' {
  const lead = LABELS.exec(text);
  if (lead === null) return 'no';
  const all = text.slice(lead[0].length).trim();
  const some = all.replace(MORE_LABELS, '');
  const labels = parseLabelSet(`{${some}}`);
  return labels === null ? 'broken' : { labels, more: some !== all };
}

import type { Container } from '../model/provenance.ts';
import type { Head } from './format.ts';
import { firstLine, firstLines, hasBytes, quoteForPeople } from './head.ts';

/** How to get the right thing; every refusal that knows no better ends with it. */
const TAKE_A_DUMP = `Take a goroutine dump: curl -o goroutines.txt 'http://HOST:PORT/debug/pprof/goroutine?debug=2'`;
const FROM_CORE =
  'Open it with the debugger Delve and save its list: dlv core PROGRAM FILE, then goroutines -t. That list can be opened here.';
const UNPACK_FIRST = 'Unpack it first and open the files inside.';

/** A kind of input that is no goroutine dump. */
interface Refusal {
  readonly id: string;
  /** `at-once`: nothing in such a file can be a dump. `nothing-found`: said only when no format found a dump in it. */
  readonly when: 'at-once' | 'nothing-found';
  readonly matches: (head: Head) => boolean;
  /** Completes "This is …". */
  readonly looksLike: string;
  readonly instead: string;
  /** The line to show; without it the first line, and none for binary files. */
  readonly shows?: (head: Head) => string;
}

/** A row for files known by their first bytes. */
function magic(id: string, bytes: readonly number[], looksLike: string, instead = TAKE_A_DUMP, at = 0): Refusal {
  return { id, when: 'at-once', matches: (head) => hasBytes(head, at, bytes), looksLike, instead, shows: () => '' };
}

/** A row for text with a line like this. `^` is the start of any line. */
function text(id: string, line: RegExp, looksLike: string, instead = TAKE_A_DUMP): Refusal {
  return {
    id,
    when: 'nothing-found',
    matches: (head) => line.test(head.text),
    looksLike,
    instead,
    shows: (head) => wholeLine(head.text, head.text.search(line)),
  };
}

/** A row for text that begins like this. */
function beginning(id: string, start: RegExp, looksLike: string, instead = TAKE_A_DUMP): Refusal {
  return { id, when: 'nothing-found', matches: (head) => start.test(firstLine(head)), looksLike, instead };
}

const ascii = (word: string): number[] => [...word].map((c) => c.charCodeAt(0));

/** Counts text profiles other than goroutine and goroutineleak: `threadcreate profile: total 6` (runtime/pprof writeProfileInternal). */
const OTHER_COUNTS = /^[ \t]*(?!goroutine profile|goroutineleak profile)(\S{1,100}) profile: total \d+/m;

/** First match wins. */
const REFUSALS: readonly Refusal[] = [
  { ...magic('empty', [], 'an empty file'), matches: (head) => head.whole && head.text.trim() === '' },
  magic('gzip', [0x1f, 0x8b], 'a file that is packed with gzip more than twice', UNPACK_FIRST),
  magic('xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'a file packed with xz', 'Unpack it first: xz -d FILE.'),
  magic('bzip2', ascii('BZh'), 'a file packed with bzip2', 'Unpack it first: bzip2 -d FILE.'),
  magic('7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'a 7-Zip archive', UNPACK_FIRST),
  magic('rar', ascii('Rar!'), 'a RAR archive', UNPACK_FIRST),
  magic('png', [0x89, ...ascii('PNG')], 'a PNG image'),
  magic('jpeg', [0xff, 0xd8, 0xff], 'a JPEG image'),
  magic('gif', ascii('GIF8'), 'a GIF image'),
  magic('pdf', ascii('%PDF-'), 'a PDF document'),
  {
    ...magic('core', [0x7f, ...ascii('ELF')], 'a core dump (ELF)', FROM_CORE),
    // e_type ET_CORE, in the byte order that byte 5 names.
    matches: (head) => hasBytes(head, 0, [0x7f, ...ascii('ELF')]) && head.bytes[head.bytes[5] === 2 ? 17 : 16] === 4,
  },
  magic('elf', [0x7f, ...ascii('ELF')], 'a Linux program (ELF)'),
  magic('mach-o', [0xcf, 0xfa, 0xed, 0xfe], 'a macOS program or core file (Mach-O)', FROM_CORE),
  magic('minidump', ascii('MDMP'), 'a Windows minidump', FROM_CORE),
  magic('windows-program', ascii('MZ'), 'a Windows program'),
  {
    id: 'execution-trace',
    when: 'at-once',
    // Header of runtime/trace: "go 1.22 trace" and three NUL bytes.
    matches: (head) => /^go 1\.\d+ trace\0/.test(head.text),
    looksLike: 'a Go execution trace (debug/pprof/trace)',
    instead: `Open it with go tool trace. ${TAKE_A_DUMP}`,
  },
  beginning('heap-text', /^heap profile: /, 'a heap profile in text form, not a goroutine profile'),
  beginning('mutex-text', /^--- mutex:/, 'a mutex profile in text form, not a goroutine profile'),
  beginning('block-text', /^--- contention:/, 'a block profile in text form, not a goroutine profile'),
  {
    ...text('other-counts', OTHER_COUNTS, ''),
    looksLike: 'a profile that counts something other than goroutines',
  },
  text('pprof-index', /<title>\/debug\/pprof\/<\/title>/, 'the index page of /debug/pprof/, not a profile'),
  beginning(
    'html',
    /^<(!doctype html|html|head|\?xml)/i,
    'a web page, perhaps a login or error page that came in place of the dump',
    `Check the address and the login. ${TAKE_A_DUMP}`,
  ),
  beginning(
    'not-found',
    /^404 page not found/,
    'the answer of a server that has no such page',
    `The program may not import net/http/pprof, or serves it on another port. ${TAKE_A_DUMP}`,
  ),
  beginning('unknown-profile', /^Unknown profile/, 'the answer of net/http/pprof to a profile name it does not know'),
  beginning(
    'seconds-and-debug',
    /^seconds and debug params are incompatible/,
    'the answer of net/http/pprof to seconds and debug in one request',
    `Leave seconds out. ${TAKE_A_DUMP}`,
  ),
  beginning(
    'http-error',
    /^(?:HTTP\/[\d.]+ )?(?:4\d\d|5\d\d) |^(?:Unauthorized|Forbidden|Bad Gateway|Service Unavailable|Gateway Timeout)\b/i,
    'the answer of a server or proxy that refused the request',
    `Check the address, the login and the port. ${TAKE_A_DUMP}`,
  ),
  text(
    'team-rules',
    /^\s*\{?\s*"schema"\s*:\s*"standstill\/rules@\d/m,
    'a team rule file, which holds no dump',
    'Open it on the page by itself, not inside an archive.',
  ),
  beginning(
    'json-error',
    /^\{\s*"(?:error|errors|message|status|kind)"\s*:/,
    'the answer of a service in JSON, perhaps an error that came in place of the dump',
    `Check the address and the login. ${TAKE_A_DUMP}`,
  ),
  text(
    'failed-command',
    /^(?:curl: \(\d+\)|Error from server|error: You|Unable to connect to the server|wget: |.{0,200}[Cc]onnection refused)/m,
    'the message of a command that failed',
    `Run it again until it works. ${TAKE_A_DUMP}`,
  ),
  beginning(
    'folded',
    /^[^\s;][^\n;]{0,300}(?:;[^\n;]{1,300}){1,200} \d+$/,
    'folded stacks of a sampling profiler (fgprof, perf)',
    `They count samples of time, not goroutines, and name no goroutine, state or creator. ${TAKE_A_DUMP}`,
  ),
  text(
    'pprof-report',
    /^(?:Showing nodes accounting for |PeriodType: |Samples:$|-{10,}\+-{10,})/m,
    'a report of go tool pprof (-top, -traces, -raw)',
    `Open the profile it was made from, or: ${TAKE_A_DUMP}`,
  ),
  text(
    'python',
    /^(?:Traceback \(most recent call last\)|Current thread 0x|Thread 0x[0-9a-f]+ \(most recent call first\)|Thread \d+ \((?:idle|active))/m,
    'stacks of a Python program',
    'This page reads goroutine dumps of Go programs.',
  ),
  text(
    'java',
    /^(Full thread dump |"[^"\n]{1,200}" (#\d+ |prio=|daemon ))/m,
    'a thread dump of a Java program',
    'This page reads goroutine dumps of Go programs.',
  ),
  text(
    'crash-without-stacks',
    /^(panic: |fatal error: |SIGQUIT: |SIGABRT: |\[signal SIG)/m,
    'the message of a crash without any goroutine stack',
    'Run the program with GOTRACEBACK=all, so that a crash prints the stacks of all goroutines.',
  ),
  text(
    'headless-stack',
    /^[\w./*()-]{1,300}\r?\n\t\S{1,300}\.go:\d+/m,
    'a stack of one place in a Go program, as loggers add it to an error: it names no goroutine',
  ),
  {
    id: 'arguments',
    when: 'nothing-found',
    matches: (head) => /^[^\0-\x1f\ufffd]+(\0[^\0-\x1f\ufffd]+)*\0?\s*$/.test(head.text) && head.text.includes('\0'),
    looksLike: 'the command line of a program (debug/pprof/cmdline)',
    instead: TAKE_A_DUMP,
  },
  {
    id: 'binary',
    when: 'nothing-found',
    matches: (head) => /[\0-\x08\x0e-\x1a]/.test(head.text) || (head.text.match(/\ufffd/g)?.length ?? 0) > 8,
    looksLike: 'a binary file of an unknown kind',
    instead: TAKE_A_DUMP,
  },
];

function wholeLine(whole: string, index: number): string {
  const end = whole.indexOf('\n', index);
  return whole.slice(Math.max(0, index), end < 0 ? undefined : end).trim();
}

function message(refusal: Refusal, head: Head): string {
  const shown = refusal.shows?.(head) ?? null;
  const quoted = shown === null || shown === '' ? '' : ` It says ${quoteForPeople(shown)}.`;
  const begins = shown === '' ? '' : beginsWith(head, shown);
  return `This is ${refusal.looksLike}.${quoted}${begins} ${refusal.instead}`;
}

/** The first lines, so that people recognise what they opened; nothing when `shown` is all there is to show. */
function beginsWith(head: Head, shown: string | null): string {
  const lines = firstLines(head, SHOWN_LINES);
  if (lines.length === 0 || lines.includes('') || (lines.length === 1 && lines[0] === shown)) return '';
  return ` It begins with ${lines.map(quoteForPeople).join(', ')}.`;
}

const SHOWN_LINES = 3;

/** The message for input that can hold no dump whatever follows its head, or null. */
export function refuseAtOnce(head: Head): string | null {
  const refusal = REFUSALS.find((row) => row.when === 'at-once' && row.matches(head));
  return refusal === undefined ? null : message(refusal, head);
}

/** The message for input in which no format found a dump; `found` is what the last format said of it. */
export function refuseAfterReading(head: Head, found: string | null): string {
  const refusal = REFUSALS.find((row) => row.matches(head));
  if (refusal !== undefined) return message(refusal, head);
  return `${found ?? 'This is text without any goroutine header.'}${beginsWith(head, null)} ${TAKE_A_DUMP}`;
}

/** The message for a container of which nothing could be unpacked. */
export function refuseBroken(container: Container): string {
  return `This is a ${container} file that is broken at its start, so nothing could be unpacked. Fetch it again. ${TAKE_A_DUMP}`;
}

/** The message for an archive in which no file holds a dump. */
export function refuseArchive(entries: number): string {
  if (entries === 0) return `This is an archive without any file that can be read. ${TAKE_A_DUMP}`;
  const files = entries === 1 ? 'The one file' : `None of the ${entries.toLocaleString('en')} files`;
  return `${files} in this archive holds ${entries === 1 ? 'no ' : 'a '}goroutine dump or counts of goroutines. ${TAKE_A_DUMP}`;
}

/** The message for a source the platform could not read. Browsers give a dropped folder as a file that cannot be read. */
export function refuseUnreadable(why: string): string {
  return `It could not be read (${quoteForPeople(why)}). If it is a folder, open the files inside; if it is a file, it may have been changed, moved or closed to this browser: choose it again.`;
}

/** What a binary profile holds instead, by a word of its sample types (runtime/pprof). */
const PROFILE_KINDS: readonly (readonly [type: string, kind: string])[] = [
  ['inuse_space', 'a heap profile'],
  ['alloc_space', 'an allocation profile'],
  ['cpu', 'a CPU profile'],
  ['contentions', 'a mutex or block profile'],
  ['threadcreate', 'a profile of thread creation'],
];

/** The message for a pprof file without goroutine counts. `types` are its sample types as "type/unit". */
export function refuseProfile(types: readonly string[]): string {
  const kind = PROFILE_KINDS.find(([type]) => types.some((known) => known.startsWith(`${type}/`)))?.[1] ?? 'a profile';
  return `This is ${kind} (its samples are ${quoteForPeople(types.join(', '))}), not a goroutine profile. ${TAKE_A_DUMP}`;
}

/** The message for a pprof file that ends before the names that say what it counts. */
export function refuseCutProfile(): string {
  return `This looks like a pprof profile that is cut short or damaged: the names, which stand at its end, are missing, so nothing in it can be told apart. Fetch it again. ${TAKE_A_DUMP}`;
}

/** The message for a binary profile that is too large to be read. */
export function refuseLargeProfile(limitBytes: number): string {
  return `This pprof profile is larger than ${limitBytes / 2 ** 20} MiB unpacked, more than this page reads at once. Use the text form: ${TAKE_A_DUMP.replace('debug=2', 'debug=1')}`;
}

/** A text that takes, or will take, more memory than there may be used. Sizes in bytes. */
export function refuseTooLarge(bytes: number, limit: number, isEstimate: boolean): string {
  const size = (value: number): string => `${(value / 2 ** 30).toFixed(1)} GB`;
  return `What stands in it takes ${isEstimate ? 'about ' : 'more than '}${size(isEstimate ? bytes : limit)} of memory here, and this page uses up to ${size(limit)} for a file. Cut the dump at a blank line (split -C 1G FILE) and open a part of it, or take a count profile, which is small at any size: curl -o goroutines.txt 'http://HOST:PORT/debug/pprof/goroutine?debug=1'`;
}

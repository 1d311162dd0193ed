import { FLAG, NO_MINUTES, NONE } from '../../../model/rows.ts';
import type { LabelSet } from '../../../model/symbols.ts';
import { parseLabelSet } from '../../go-quote.ts';

/** What stands after the id in a goroutine header. */
export interface HeaderTail {
  /** The wait reason or scheduler status, verbatim, without flags: `chan receive (nil chan)`. */
  readonly state: string;
  readonly waitMinutes: number;
  /** FLAG bits. */
  readonly flags: number;
  /** Synctest bubble (1.25) or group (1.24), or NONE. */
  readonly bubble: number;
  readonly labels: LabelSet | null;
}

/**
 * Reads the part of a header from its bracket on, or answers null when it is none (runtime/traceback.go
 * goroutineheader). Sample lines, each after `goroutine 8 `:
 *
 *     [select (no cases) (leaked), locked to thread]:
 *     [sync.WaitGroup.Wait (durable), 2 minutes, synctest bubble 3]:     Go 1.25
 *     [IO wait, 1 minutes labels:{"pool": "read", "tenant": "a b"}]:     Go 1.26, GODEBUG=tracebacklabels=1
 *     [IO wait, 1 minutes] {pool: read, tenant: "a b"}:                  Go 1.27
 *     [IO wait, 1 minutes, "pool":"read", "tenant":"a]:b"]:              CockroachDB's Go, values unescaped
 */
export function parseHeaderTail(text: string): HeaderTail | null {
  if (!text.startsWith('[') || !text.endsWith(':')) return null;
  return parseScanned(text) ?? parseRaw(text);
}

/** The form in which quotes are balanced: brackets and braces inside quotes do not end anything. */
function parseScanned(text: string): HeaderTail | null {
  const close = closing(text, 1, ']');
  if (close < 0) return null;
  const inner = text.slice(1, close);
  const rest = text.slice(close + 1, -1).trim();
  if (rest === '') return parseInner(inner, null);
  if (!rest.startsWith('{') || closing(rest, 1, '}') !== rest.length - 1) return null;
  const labels = parseLabelSet(rest);
  return labels === null ? null : parseInner(inner, labels);
}

/** The last `]:` ends the header: label values that were printed raw may hold any quote or bracket. */
function parseRaw(text: string): HeaderTail | null {
  return text.endsWith(']:') ? parseInner(text.slice(1, -2), null) : null;
}

/** Position of `mark` outside Go quotes at or after `from`, or -1. */
function closing(text: string, from: number, mark: string): number {
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (c === mark && !quoted) return i;
  }
  return -1;
}

const LABELS_126 = ' labels:{';

function parseInner(inner: string, outerLabels: LabelSet | null): HeaderTail | null {
  let fields = inner;
  let labels = outerLabels;
  const at = inner.indexOf(LABELS_126);
  if (at >= 0) {
    const inside = parseLabelSet(inner.slice(at + LABELS_126.length - 1));
    if (inside === null) return null;
    labels = inside;
    fields = inner.slice(0, at);
  }
  const raw = fields.indexOf(', "');
  if (raw >= 0) {
    labels = parseRawLabels(fields.slice(raw + 2));
    fields = fields.slice(0, raw);
  }
  const [status = '', ...rest] = fields.split(', ');
  let waitMinutes: number = NO_MINUTES;
  let bubble: number = NONE;
  const { state, flags: statusFlags } = splitFlags(status);
  let flags = statusFlags;
  for (const field of rest) {
    const minutes = /^(\d{1,9}) minutes$/.exec(field);
    const group = /^synctest (?:bubble|group) (\d{1,9})$/.exec(field);
    if (minutes) waitMinutes = Number(minutes[1]);
    else if (field === 'locked to thread') flags |= FLAG.lockedToThread;
    else if (group) bubble = Number(group[1]);
    // A field of a Go version to come: the goroutine counts, the field is shown with its raw text.
  }
  return { state, waitMinutes, flags, bubble, labels };
}

const FLAG_SUFFIXES = [
  [' (durable)', FLAG.durable],
  [' (scan)', FLAG.scan],
  [' (leaked)', FLAG.leaked],
] as const;

/** Reasons whose own text ends in `(durable)` (runtime/runtime2.go, Go 1.25): there it is no flag. */
const DURABLE_REASONS = new Set(['chan receive', 'chan send', 'select', 'sync.WaitGroup.Wait']);

/** Takes ` (leaked)`, ` (scan)`, ` (durable)` off the end, right to left; all other parentheses belong to the state. */
function splitFlags(status: string): { state: string; flags: number } {
  let state = status;
  let flags = 0;
  for (const [suffix, flag] of FLAG_SUFFIXES) {
    if (!state.endsWith(suffix)) continue;
    const bare = state.slice(0, -suffix.length);
    flags |= flag;
    if (flag === FLAG.durable && DURABLE_REASONS.has(bare)) return { state, flags };
    state = bare;
  }
  return { state, flags };
}

/** `"pool":"read", "tenant":"a b"` with unescaped values: a value ends at `", "` or at the end. */
function parseRawLabels(text: string): LabelSet {
  const labels: [string, string][] = [];
  for (const pair of text.replace(/^"/, '').replace(/"$/, '').split('", "')) {
    const colon = pair.indexOf('":"');
    labels.push(colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 3)]);
  }
  return labels;
}

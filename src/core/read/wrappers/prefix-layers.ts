import type { Layer, LayerKind } from './layer.ts';
import type { LineView } from './line-view.ts';

const HASH = 35;
const ZERO = 48;
const ONE = 49;
const TAB = 9;

const ISO_TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)`;
const SHORT_TIME = String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})?`;

/** What a prefix says besides its time. */
interface Said {
  readonly key: string;
  readonly instance: string;
}

interface Prefix {
  readonly name: string;
  readonly sure: boolean;
  /** The first character of such a line: most lines of a dump are told from it by this alone. */
  readonly begins: RegExp;
  /** Anchored; the group `time` is the line's time. Looked for in the first 600 bytes of a line, as latin1. */
  readonly pattern: RegExp;
  readonly said?: (groups: Readonly<Record<string, string | undefined>>) => Said;
  /** More to take off, after the prefix is gone. */
  readonly after?: (view: LineView, groups: Readonly<Record<string, string | undefined>>) => void;
}

/** rsyslog prints a TAB as `#011` by default ($EscapeControlCharactersOnReceive): `#`, then its code in octal. */
function unescapeTab(view: LineView): void {
  const { bytes, start, end } = view;
  let mark = bytes.indexOf(HASH, start);
  if (mark < 0 || mark >= end) return;
  let out: Uint8Array | null = null;
  let length = 0;
  let from = start;
  for (; mark >= 0 && mark + 3 < end; mark = bytes.indexOf(HASH, mark + 1)) {
    if (bytes[mark + 1] !== ZERO || bytes[mark + 2] !== ONE || bytes[mark + 3] !== ONE) continue;
    out ??= new Uint8Array(end - start);
    out.set(bytes.subarray(from, mark), length);
    length += mark - from;
    out[length++] = TAB;
    from = mark + 4;
  }
  if (out === null) return;
  out.set(bytes.subarray(from, end), length);
  view.replace(out.subarray(0, length + end - from));
}

const hostAndUnit = ({ host = '', unit = '', pid = '' }: Readonly<Record<string, string | undefined>>): Said => ({
  key: `${host}/${unit}${pid === '' || pid === '-' ? '' : `[${pid}]`}`,
  instance: `${host}/${unit}`,
});

/** In order: what says more stands before what also matches its lines. */
const PREFIXES: readonly Prefix[] = [
  {
    name: 'kubectl logs --prefix',
    begins: /\[/,
    sure: true,
    pattern: /^\[pod\/(?<pod>[^/\]\s]{1,253})\/(?<container>[^\]\s]{1,253})\](?: |$)/,
    said: ({ pod = '', container = '' }) => ({ key: `${pod}/${container}`, instance: pod }),
  },
  {
    name: 'CRI container log',
    begins: /\d/,
    sure: true,
    pattern: new RegExp(`^(?<time>${ISO_TIME}) (?<stream>stdout|stderr) (?<tag>[PF])(?::[A-Z])?(?: |$)`),
    after: (view, { tag }) => {
      view.partial = tag === 'P';
    },
  },
  {
    name: 'GitLab CI time',
    begins: /\d/,
    sure: true,
    // GitLab Runner's timestamps: time, stream number, O or E, and + on a line that goes on.
    pattern: new RegExp(String.raw`^(?<time>${ISO_TIME}) \d\d[OE][ +]`),
  },
  {
    name: 'syslog (RFC 5424)',
    begins: /</,
    sure: true,
    pattern: new RegExp(
      String.raw`^<\d{1,3}>1 (?<time>${ISO_TIME}|-) (?<host>\S{1,255}) (?<unit>\S{1,128}) (?<pid>\S{1,128}) \S{1,64} (?:-|\[[^\]]{0,400}\])(?: |$)`,
    ),
    said: hostAndUnit,
    after: unescapeTab,
  },
  {
    name: 'syslog or journald',
    begins: /[<\dA-Z]/,
    sure: true,
    pattern: new RegExp(
      String.raw`^(?:<\d{1,3}>)?(?<time>${ISO_TIME}|${SHORT_TIME}) (?<host>[^\s:]{1,255}) (?<unit>[^\s:\[\]]{1,128})(?:\[(?<pid>\d{1,10})\])?:(?: |$)`,
    ),
    said: hostAndUnit,
    after: unescapeTab,
  },
  {
    name: 'klog prefix',
    begins: /[IWEF]/,
    sure: false,
    pattern: /^[IWEF](?<time>\d{4} \d\d:\d\d:\d\d\.\d{1,9}) {1,10}\d{1,10} [^\s:]{1,200}:\d{1,7}\](?: |$)/,
  },
  { name: 'time (RFC 3339)', begins: /\d/, sure: true, pattern: new RegExp(`^(?<time>${ISO_TIME})(?: |$)`) },
  {
    name: 'time of package log',
    begins: /\d/,
    sure: false,
    pattern: /^(?<time>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: |$)/,
  },
  {
    name: 'date and time',
    begins: /[\d[]/,
    sure: false,
    pattern: /^\[?(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)\]?(?: |$)/,
  },
  {
    name: 'docker compose',
    begins: /[\x1bA-Za-z0-9]/,
    sure: true,
    // Colours stand around the name; they go with it.
    pattern:
      /^(?:\x1b\[[\d;]{0,20}m){0,3}(?<service>[A-Za-z0-9][\w.-]{0,127}) {1,60}\|(?:\x1b\[[\d;]{0,20}m){0,3}(?: |$)/,
    said: ({ service = '' }) => ({ key: service, instance: service }),
  },
  {
    name: 'stern or a tail of several pods',
    begins: /[a-z0-9]/,
    sure: false,
    pattern: /^(?<pod>[a-z0-9][a-z0-9.-]{2,252}) (?:› )?(?<container>[a-z0-9][a-z0-9-]{0,62})(?: |$)/,
    said: ({ pod = '', container = '' }) => ({ key: `${pod}/${container}`, instance: pod }),
  },
];

function toLayer(prefix: Prefix): Layer {
  return {
    name: prefix.name,
    take: (view) => {
      if (!prefix.begins.test(String.fromCharCode(view.bytes[view.start] ?? 0))) return false;
      const found = prefix.pattern.exec(view.look);
      if (found === null) return false;
      const groups = found.groups ?? {};
      view.drop(found[0].length);
      view.time ??= groups.time ?? null;
      const said = prefix.said?.(groups);
      if (said !== undefined) {
        view.key = view.key === '' ? said.key : `${view.key} ${said.key}`;
        view.instance ||= said.instance;
      }
      prefix.after?.(view, groups);
      return true;
    },
  };
}

/** What stands before the payload of each line. */
export const PREFIX_KINDS: readonly LayerKind[] = PREFIXES.map((prefix) => {
  const layer = toLayer(prefix);
  return { sure: prefix.sure, find: (view) => (prefix.pattern.test(view.look) ? layer : null) };
});

import { digit } from './clock.ts';
import type { LayerKind } from './layer.ts';
import { endingAt, type PrefixScan } from './prefix-scan.ts';
import { inPod, named, onHost, type Process } from './process.ts';

const [SPACE, DOT, SLASH, COLON, LESS, GREATER] = [32, 46, 47, 58, 60, 62];
const [OPEN, BACKSLASH, CLOSE, OPEN_BRACE, CLOSE_BRACE, BAR, MINUS, PLUS, QUOTE] = [
  91, 92, 93, 123, 125, 124, 45, 43, 34,
];
const [LETTER_F, LETTER_P] = [70, 80];

/** What ends a word of each sort. */
const POD = endingAt('/]');
const BRACKETED = endingAt(']');
const WORD = endingAt('');
const UNIT = endingAt(':[]');
const PID = endingAt('[]:');
const BARE = endingAt('[]');
const FILE = endingAt(':');
const SERVICE = endingAt('|()[]{}"=,;<>');
const NAMESPACE = endingAt('/[]:');
const NAME = endingAt('(){}[]"=,;:|');
const STREAM = endingAt('(){}"=,;|');

/** A row of the table of prefixes. */
export interface PrefixKind extends Omit<LayerKind, 'find' | 'searches'> {
  readonly name: string;
  /** Reads the prefix with the blank behind it; false where it does not stand at the front of the line. */
  readonly scan: (s: PrefixScan) => boolean;
  /** The process of the bytes that `scan` marked. */
  readonly process?: (text: string) => Process;
  readonly joins?: boolean;
  /** rsyslog's `#011` stands for a TAB in the payload. */
  readonly octal?: boolean;
}

/** `pod/container`, `pod container`. */
const podOf = (text: string): Process => {
  const [pod = '', container = ''] = text.split(/[/ ›[]+/);
  return inPod(pod, container.replace(/\]$/, ''));
};

/** `host unit[pid]`, `unit[pid]`. */
const unitOf = (text: string): Process => {
  const words = text.split(' ');
  const [, unit = '', pid = ''] = /^(.*?)(?:\[([^\]]*)\])?$/.exec(words.at(-1) ?? '') ?? [];
  return onHost(words.length > 1 ? (words[0] ?? '') : '', unit, pid);
};

/** `host unit pid` of RFC 5424, `-` where there is none. */
const fieldsOf = (text: string): Process => {
  const [host = '', unit = '', pid = ''] = text.split(' ').map((part) => (part === '-' ? '' : part));
  return onHost(host, unit, pid);
};

/** A letter or a digit. */
function startsName(s: PrefixScan): boolean {
  const lower = (s.bytes[s.at] ?? 0) | 32;
  return (lower >= 97 && lower <= 122) || digit(s.bytes, s.at) >= 0;
}

/** A name that is no number: lines may be numbered. */
function service(s: PrefixScan): boolean {
  const from = s.at;
  if (!s.word(160, SERVICE)) return false;
  let p = from;
  while (digit(s.bytes, p) >= 0) p++;
  return p < s.at;
}

/** Marks what `read` moves over as the name of the process. */
function name(s: PrefixScan, read: () => boolean): boolean {
  const from = s.at;
  if (!read()) return false;
  s.from = from;
  s.to = s.at;
  return true;
}

/** `<13>` */
function priority(s: PrefixScan): boolean {
  return s.is(LESS) && s.digits(3) && s.is(GREATER);
}

/** `host unit[pid]: `, `host unit: ` or `unit[pid]: `. A word and a colon alone begin many a message. */
function hostUnit(s: PrefixScan): boolean {
  const from = s.at;
  if (!s.word(255, UNIT)) return false;
  const hosted = s.is(SPACE);
  if (hosted && !s.word(128, UNIT)) return false;
  const pid = s.is(OPEN);
  if (pid ? !(s.word(40, PID) && s.is(CLOSE)) : !hosted) return false;
  s.from = from;
  s.to = s.at;
  return s.is(COLON) && s.gap();
}

/** RFC 5424's `-` or `[id key="value"][…]`. */
function structuredData(s: PrefixScan): boolean {
  if (s.is(MINUS)) return true;
  let quoted = false;
  const last = Math.min(s.end, s.at + 4096);
  for (let p = s.at; p < last && s.bytes[s.at] === OPEN; p++) {
    const byte = s.bytes[p];
    if (quoted && byte === BACKSLASH) p++;
    else if (byte === QUOTE) quoted = !quoted;
    else if (byte === CLOSE && !quoted && s.bytes[p + 1] !== OPEN) {
      s.at = p + 1;
      return true;
    }
  }
  return false;
}

/** `{app="orders", pod="orders-7f9c"} `, as logcli prints labels. */
function labels(s: PrefixScan): boolean {
  let quoted = false;
  const last = Math.min(s.end, s.at + 4096);
  for (let p = s.at + 1; p < last && s.bytes[s.at] === OPEN_BRACE; p++) {
    const byte = s.bytes[p];
    if (quoted && byte === BACKSLASH) p++;
    else if (byte === QUOTE) quoted = !quoted;
    else if (byte === CLOSE_BRACE && !quoted) {
      s.at = p + 1;
      return s.bytes[p - 1] === QUOTE;
    }
  }
  return false;
}

const labelled = (text: string): Process => {
  const label = (key: string): string => new RegExp(`[{ ,]${key}="([^"]{1,253})"`).exec(text)?.[1] ?? '';
  const pod = label('pod') || label('pod_name') || label('instance');
  const service = label('service_name') || label('app') || label('job');
  return { ...named(pod || service || text), key: text };
};

/** In order: what says more stands before what also matches its lines. */
export const PREFIXES: readonly PrefixKind[] = [
  {
    // [pod/orders-7f9c/app] goroutine 1 [running]:
    name: 'kubectl logs --prefix',
    sure: true,
    scan: (s) =>
      s.text('[pod/') &&
      name(s, () => s.word(253, POD) && s.is(SLASH) && s.word(253, BRACKETED)) &&
      s.is(CLOSE) &&
      s.gap(),
    process: podOf,
  },
  {
    // 2026-11-23T02:41:07.123456789Z stderr F goroutine 1 [running]:
    name: 'CRI container log',
    sure: true,
    joins: true,
    scan: (s) => {
      if (!s.time('iso') || !s.is(SPACE)) return false;
      if (s.text('stdout')) s.stream = 'stdout';
      else if (s.text('stderr')) s.stream = 'stderr';
      else return false;
      if (!s.is(SPACE)) return false;
      s.partial = s.is(LETTER_P);
      if (!s.partial && !s.is(LETTER_F)) return false;
      if (s.bytes[s.at] === COLON && !s.word(40, WORD)) return false;
      return s.gap();
    },
  },
  {
    // 2026-11-23T02:41:07.123456Z 01O goroutine 1 [running]:     + in place of the blank: goes on with the line before
    name: 'GitLab CI time',
    sure: true,
    scan: (s) => {
      if (!s.time('iso') || !s.is(SPACE) || !s.digits(2)) return false;
      if (!s.text('O') && !s.text('E')) return false;
      s.continues = s.is(PLUS);
      return s.continues || s.gap();
    },
  },
  {
    // <11>1 2026-11-23T02:41:07.123Z node-3 orders 4711 - - goroutine 1 [running]:
    name: 'syslog (RFC 5424)',
    sure: true,
    octal: true,
    scan: (s) => {
      if (!priority(s) || !s.text('1 ') || !(s.is(MINUS) || s.time('iso')) || !s.is(SPACE)) return false;
      const three = () => s.word(255, WORD) && s.is(SPACE) && s.word(128, WORD) && s.is(SPACE) && s.word(128, WORD);
      if (!name(s, three) || !s.is(SPACE) || !s.word(64, WORD) || !s.is(SPACE) || !structuredData(s) || !s.gap())
        return false;
      s.text('\xef\xbb\xbf');
      return true;
    },
    process: fieldsOf,
  },
  {
    // Nov 23 02:41:07 node-3 orders[4711]: goroutine 1 [running]:      2026-11-23T02:41:07+0000 node-3 orders[4711]: …
    // Mon 2026-11-23 02:41:07 UTC node-3 orders.service[4711]: …       1795401667.123456 node-3 orders[4711]: …
    // 2026-11-23T02:41:07.123456+00:00 app[web.1]: …
    name: 'syslog or journald',
    sure: true,
    octal: true,
    scan: (s) => {
      if (s.bytes[s.at] === LESS && !priority(s)) return false;
      if (!s.time('iso') && !s.time('short') && !s.time('full') && !s.time('unix')) return false;
      return s.is(SPACE) && hostUnit(s);
    },
    process: unitOf,
  },
  {
    // [12345.678901] node-3 orders[4711]: goroutine 1 [running]:
    name: 'journalctl -o short-monotonic',
    sure: true,
    scan: (s) => {
      if (!s.is(OPEN)) return false;
      s.spaces();
      return s.digits(10) && s.is(DOT) && s.digits(6) && s.text('] ') && hostUnit(s);
    },
    process: unitOf,
  },
  {
    // 2026-11-23T02:41:07.12+0000 [APP/PROC/WEB/0] ERR goroutine 1 [running]:
    name: 'cf logs',
    sure: true,
    scan: (s) => {
      s.spaces();
      if (!s.time('iso') || !s.text(' [') || !name(s, () => s.word(128, BRACKETED)) || !s.text('] ')) return false;
      return (s.text('OUT') || s.text('ERR')) && s.gap();
    },
    process: named,
  },
  {
    // 2026-11-23T02:41:07Z app[148e21] ams [info]goroutine 1 [running]:
    name: 'fly logs',
    sure: true,
    scan: (s) =>
      s.time('iso') &&
      s.is(SPACE) &&
      name(s, () => s.word(64, BARE) && s.is(OPEN) && s.word(64, BRACKETED) && s.is(CLOSE)) &&
      s.is(SPACE) &&
      s.word(16, BARE) &&
      s.text(' [') &&
      s.word(16, BRACKETED) &&
      s.is(CLOSE),
    process: named,
  },
  {
    // 2026-11-23T02:41:07Z {app="orders", pod="orders-7f9c"} goroutine 1 [running]:
    name: 'logcli',
    sure: true,
    scan: (s) => s.time('iso') && s.spaces() && name(s, () => labels(s)) && s.gap(),
    process: labelled,
  },
  {
    // build<TAB>Run tests<TAB>2026-11-23T02:41:07.1234567Z goroutine 1 [running]:
    name: 'gh run view --log',
    sure: true,
    scan: (s) => {
      if (!name(s, () => s.column(200)) || !s.column(200)) return false;
      s.to--;
      s.text('\xef\xbb\xbf');
      return s.time('iso') && s.gap();
    },
    process: named,
  },
  {
    // E1123 02:41:07.000000       1 dump.go:88] goroutine 1 [running]:
    name: 'klog prefix',
    scan: (s) => {
      if (!(s.text('I') || s.text('W') || s.text('E') || s.text('F'))) return false;
      if (!s.time('klog') || !s.spaces() || !s.digits(10) || !s.is(SPACE)) return false;
      return s.word(200, FILE) && s.is(COLON) && s.digits(7) && s.is(CLOSE) && s.gap();
    },
  },
  {
    // 2026-11-23T02:41:07.1234567Z goroutine 1 [running]:
    name: 'time (RFC 3339)',
    sure: true,
    scan: (s) => s.time('iso') && s.gap(),
  },
  {
    // 2026/11/23 02:41:07.000000 dump.go:88: goroutine 1 [running]:
    name: 'time of package log',
    scan: (s) => {
      if (s.bytes[s.at + 4] !== SLASH || !s.time('dated') || !s.gap()) return false;
      const at = s.at;
      if (!(s.word(200, FILE) && s.text(':') && s.digits(7) && s.text(':') && s.gap())) s.at = at;
      return true;
    },
  },
  {
    // [2026-11-23 02:41:07,123] goroutine 1 [running]:
    name: 'date and time',
    scan: (s) => {
      const bracket = s.is(OPEN);
      if (!s.time('dated') && !(bracket && s.time('iso'))) return false;
      return (!bracket || s.is(CLOSE)) && s.gap();
    },
  },
  {
    // orders-1  | goroutine 1 [running]:        orders.1.x8f7k@node-3    | …       The name may be coloured.
    name: 'docker compose',
    sure: true,
    scan: (s) => {
      s.colours();
      if (!startsName(s) || !name(s, () => service(s)) || !s.spaces() || !s.is(BAR)) return false;
      s.colours();
      return s.gap();
    },
    process: named,
  },
  {
    // orders/orders-7f9c[app]: goroutine 1 [running]:       kail
    name: 'kail',
    sure: true,
    scan: (s) =>
      s.word(64, NAMESPACE) &&
      s.is(SLASH) &&
      name(s, () => s.word(253, NAMESPACE) && s.is(OPEN) && s.word(64, BRACKETED) && s.is(CLOSE)) &&
      s.is(COLON) &&
      s.gap(),
    process: podOf,
  },
  {
    // [orders-7f9c app] goroutine 1 [running]:       kubetail
    name: 'kubetail',
    doubtful: true,
    scan: (s) => {
      if (!s.is(OPEN)) return false;
      const pod = () => s.word(253, BRACKETED) && (s.bytes[s.at] === CLOSE || (s.is(SPACE) && s.word(64, BRACKETED)));
      return name(s, pod) && s.is(CLOSE) && s.gap();
    },
    process: podOf,
  },
  {
    // orders-7f9c app goroutine 1 [running]:        orders-7f9c › app …
    name: 'stern or a tail of several pods',
    doubtful: true,
    scan: (s) => {
      const pod = () => s.word(253, NAME) && s.is(SPACE) && (s.text('\xe2\x80\xba ') || true) && s.word(64, NAME);
      return startsName(s) && name(s, pod) && s.gap();
    },
    process: podOf,
  },
];

/** The last to be tried: nearly every line begins with a word. */
export const NAMES: PrefixKind = {
  // ecs/orders/0123abcd goroutine 1 [running]:       aws logs tail, behind its time
  name: 'a name before each line',
  doubtful: true,
  scan: (s) => startsName(s) && name(s, () => s.word(253, STREAM)) && s.gap(),
  process: named,
};

import { latin1 } from './line-view.ts';

/** A process of a log, as its lines name it. */
export interface Process {
  /** Tells it from all others: "orders-7f9c/app", "node-3/orders[4711]". */
  readonly key: string;
  /** What people call it: the pod, host and unit, the service. */
  readonly instance: string;
  /** The name where two processes share `instance`: pod and container. The same as `instance` where both mean one thing to people. */
  readonly full: string;
}

/** A process called by its key. */
export function named(key: string): Process {
  return { key, instance: key, full: key };
}

/** pod and container, or the pod alone. */
export function inPod(pod: string, container: string): Process {
  const full = container === '' ? pod : `${pod}/${container}`;
  return { key: full, instance: pod, full };
}

/** A service of a host; restarted it is another process of the same name. */
export function onHost(host: string, unit: string, pid: string): Process {
  const name = [host, unit].filter((part) => part !== '').join('/');
  return { key: pid === '' ? name : `${name}[${pid}]`, instance: name, full: name };
}

/** Processes that two layers name: told apart by both, called as the outer says. */
export class Nesting {
  #outer: Process | null = null;
  #inner: Process | null = null;
  #both: Process | null = null;

  /** The same object for the same two in a row. */
  of(outer: Process | null, inner: Process): Process {
    if (outer === null) return inner;
    if (this.#both === null || this.#outer !== outer || this.#inner !== inner) {
      this.#outer = outer;
      this.#inner = inner;
      this.#both = { key: `${outer.key} ${inner.key}`, instance: outer.instance, full: `${outer.full} ${inner.full}` };
    }
    return this.#both;
  }
}

/** Names that are remembered; a log that has more is slower, not larger. */
const MAX_ENTRIES = 4096;

interface Entry {
  readonly bytes: Uint8Array;
  readonly process: Process;
  readonly next: Entry | null;
}

/** Finds the process by the bytes that name it, without a string for a name met before. */
export class ProcessNames {
  readonly #describe: (text: string) => Process;
  #slots = new Map<number, Entry>();
  #entries = 0;
  #last: Entry | null = null;

  /** `describe`: the process of a name, in latin1 (one character a byte). */
  constructor(describe: (text: string) => Process) {
    this.#describe = describe;
  }

  at(bytes: Uint8Array, from: number, to: number): Process {
    if (this.#last !== null && same(this.#last.bytes, bytes, from, to)) return this.#last.process;
    let hash = to - from;
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const first = this.#slots.get(hash) ?? null;
    for (let entry = first; entry !== null; entry = entry.next) {
      if (!same(entry.bytes, bytes, from, to)) continue;
      this.#last = entry;
      return entry.process;
    }
    if (this.#entries >= MAX_ENTRIES) {
      this.#slots = new Map();
      this.#entries = 0;
    }
    const process = this.#describe(utf8(latin1(bytes, from, to)));
    this.#last = { bytes: bytes.slice(from, to), process, next: this.#slots.get(hash) ?? null };
    this.#slots.set(hash, this.#last);
    this.#entries++;
    return process;
  }
}

function same(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false;
  return true;
}

/** Text whose characters are bytes of UTF-8; the text itself when they are none. */
function utf8(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  try {
    return decodeURIComponent(bytes.replace(/[^\w.-]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`));
  } catch {
    return bytes;
  }
}

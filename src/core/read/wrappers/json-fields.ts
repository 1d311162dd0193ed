import { encodeUtf8 } from './encoding.ts';
import type { LayerContext } from './layer.ts';
import type { LineView } from './line-view.ts';
import { inPod, onHost, type Process } from './process.ts';
import { StampText } from './stamp-text.ts';
import { epochMs } from './stamps.ts';

const [OPEN_BRACE, CLOSE_BRACE, SPACE] = [123, 125, 32];
const MAX_NAME = 253;
/** Processes remembered by their fields. */
const MAX_KNOWN = 1024;

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the layers of JSON logs share. */
export class JsonLines {
  readonly #context: LayerContext;
  readonly #times: StampText;
  #known = new Map<string, Process>();

  constructor(context: LayerContext) {
    this.#context = context;
    this.#times = new StampText(context.referenceMs);
  }

  /** Reads the payload as a JSON object; null when it is none. */
  parse(view: LineView): Fields | null {
    const { bytes, start } = view;
    let end = view.end;
    while (end > start && (bytes[end - 1] ?? 0) <= SPACE) end--;
    if (bytes[start] !== OPEN_BRACE || bytes[end - 1] !== CLOSE_BRACE) return null;
    try {
      const value: unknown = JSON.parse(this.#context.decode(bytes.subarray(start, end)));
      return isFields(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** A field by its path: names of objects within each other; null when it is no text. journald writes other bytes as numbers. */
  textAt(fields: Fields, path: readonly string[]): string | null {
    let value: unknown = fields;
    for (const name of path) value = isFields(value) ? value[name] : undefined;
    if (typeof value === 'string') return value;
    if (!Array.isArray(value) || value.length === 0 || !value.every((byte) => Number.isInteger(byte))) return null;
    return this.#context.decode(Uint8Array.from(value.map(Number)));
  }

  /** Puts the text in place of the line it came from, with its time. */
  put(view: LineView, text: string, fields: Fields): void {
    if (Number.isNaN(view.timeMs)) view.stamp(this.#timeOf(fields));
    view.replace(encodeUtf8(text.endsWith('\n') ? text.slice(0, -1) : text));
  }

  /** Notes the process that the fields name, unless an outer layer told it. */
  say(view: LineView, fields: Fields): void {
    if (view.process !== null) return;
    const pod = textOf(fields, PODS);
    const container = textOf(fields, CONTAINERS);
    view.process =
      pod === ''
        ? this.#remember('host', textOf(fields, HOSTS), textOf(fields, UNITS) || container, textOf(fields, PIDS))
        : this.#remember('pod', pod, container, '');
  }

  /** The process called so. */
  process(kind: 'name', name: string): Process | null {
    return this.#remember(kind, name, '', '');
  }

  /** The time of a log line in JSON: numbers by their size as seconds, milli-, micro- or nanoseconds. */
  #timeOf(fields: Fields): number | null {
    for (const name of TIMES) {
      const value = fields[name];
      if (typeof value === 'number') return epochMs(value);
      if (typeof value === 'string') return this.#times.of(value);
    }
    return null;
  }

  #remember(kind: 'pod' | 'host' | 'name', first: string, second: string, third: string): Process | null {
    if (first === '' && second === '') return null;
    const id = `${kind}\n${first}\n${second}\n${third}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const process = kind === 'pod' ? inPod(first, second) : onHost(first, second, third);
    if (this.#known.size >= MAX_KNOWN) this.#known = new Map();
    this.#known.set(id, process);
    return process;
  }
}

/** Names of fields, each as a path. */
const paths = (...names: string[]): readonly (readonly string[])[] => names.map((name) => name.split('/'));

const PODS = paths(
  'kubernetes/pod_name',
  'kubernetes/pod/name',
  'k8s.pod.name',
  'attributes/k8s.pod.name',
  'resource/k8s.pod.name',
  'resource/labels/pod_name',
  'labels/pod',
  'stream/pod',
  'pod_name',
  'pod',
);
const CONTAINERS = paths(
  'kubernetes/container_name',
  'kubernetes/container/name',
  'k8s.container.name',
  'attributes/k8s.container.name',
  'resource/k8s.container.name',
  'resource/labels/container_name',
  'labels/container',
  'stream/container',
  'container_name',
  'container',
  'CONTAINER_NAME',
);
const HOSTS = paths('_HOSTNAME', 'hostname', 'host/name', 'host');
const UNITS = paths('CONTAINER_NAME', '_SYSTEMD_UNIT', 'SYSLOG_IDENTIFIER', 'service/name', 'service', 'app');
const PIDS = paths('_PID', 'SYSLOG_PID');
const TIMES = ['time', 'ts', 'timestamp', '@timestamp', 't', 'Time', 'asctime', '__REALTIME_TIMESTAMP'];

function textOf(fields: Fields, names: readonly (readonly string[])[]): string {
  for (const path of names) {
    let value: unknown = fields;
    for (const name of path) value = isFields(value) ? value[name] : undefined;
    if (typeof value === 'string' && value !== '') return value.slice(0, MAX_NAME);
  }
  return '';
}

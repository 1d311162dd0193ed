import { encodeUtf8 } from './encoding.ts';
import { HEADER, type Layer, type LayerKind } from './layer.ts';
import type { LineView } from './line-view.ts';
import { epochMs } from './stamps.ts';

const OPEN_BRACE = 123;
/** How deep the text of a dump is looked for in the fields of a log line. */
const MAX_DEPTH = 4;
/** Fields of one object that are looked at. */
const MAX_FIELDS = 200;

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. */
function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the payload as a JSON object; null when it is none. */
function parse(view: LineView, decode: (bytes: Uint8Array) => string): Fields | null {
  if (view.bytes[view.start] !== OPEN_BRACE) return null;
  try {
    const value: unknown = JSON.parse(decode(view.bytes.subarray(view.start, view.end)));
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** A field by its path: names of objects within each other; null when it is no text. journald writes other bytes as numbers. */
function textAt(fields: Fields, path: readonly string[], decode: (bytes: Uint8Array) => string): string | null {
  let value: unknown = fields;
  for (const name of path) value = isFields(value) ? value[name] : undefined;
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((byte) => Number.isInteger(byte))) return null;
  return decode(Uint8Array.from(value.map(Number)));
}

function first(fields: Fields, names: readonly string[]): string {
  for (const name of names) {
    const value = name.split('.').reduce<unknown>((at, part) => (isFields(at) ? at[part] : undefined), fields);
    if (typeof value === 'string' && value !== '') return value.slice(0, 253);
  }
  return '';
}

const TIMES = ['time', 'ts', 'timestamp', '@timestamp', 't', 'Time', 'asctime', '__REALTIME_TIMESTAMP'];

/** The time of a log line in JSON: text as it stands, numbers by their size as seconds, milli-, micro- or nanoseconds. */
function timeOf(fields: Fields): string | number | null {
  for (const name of TIMES) {
    const value = fields[name];
    const number =
      typeof value === 'number'
        ? value
        : typeof value === 'string' && /^\d{10,19}(\.\d+)?$/.test(value)
          ? Number(value)
          : null;
    if (number !== null) return epochMs(number);
    if (typeof value === 'string') return value;
  }
  return null;
}

const PODS = ['kubernetes.pod_name', 'k8s.pod.name', 'resource.labels.pod_name', 'pod_name', 'pod'];
const CONTAINERS = [
  'kubernetes.container_name',
  'k8s.container.name',
  'resource.labels.container_name',
  'container_name',
  'container',
];
const HOSTS = ['_HOSTNAME', 'hostname', 'host'];
const UNITS = ['_SYSTEMD_UNIT', 'SYSLOG_IDENTIFIER', 'service', 'app'];
const PIDS = ['_PID', 'SYSLOG_PID'];

/** Which process an object says it is of. */
function say(view: LineView, fields: Fields): void {
  const pod = first(fields, PODS);
  const unit = first(fields, UNITS);
  const host = first(fields, HOSTS);
  const parts = pod !== '' ? [pod, first(fields, CONTAINERS)] : [host, unit, first(fields, PIDS)];
  const key = parts.filter((part) => part !== '').join('/');
  const name = pod !== '' ? pod : [host, unit].filter((part) => part !== '').join('/');
  if (key !== '') view.key = view.key === '' ? key : `${view.key} ${key}`;
  view.instance ||= name;
}

/** Puts the text in place of the line it came from. */
function put(view: LineView, text: string, fields: Fields): void {
  view.time ??= timeOf(fields);
  view.replace(encodeUtf8(text.endsWith('\n') ? text.slice(0, -1) : text));
}

/** Lines of a stream in a field that ends in LF when the line is whole: docker's json-file. */
function dockerJson(decode: (bytes: Uint8Array) => string): LayerKind {
  const layer: Layer = {
    name: 'docker json-file',
    take: (view) => {
      const fields = parse(view, decode);
      if (typeof fields?.log !== 'string' || typeof fields.stream !== 'string') return false;
      put(view, fields.log, fields);
      view.partial = !fields.log.endsWith('\n');
      return true;
    },
  };
  return { sure: true, find: (view) => (layer.take(view.copy()) ? layer : null) };
}

/** `go test -json`: one process a package, whose output may be cut anywhere. */
function goTestJson(decode: (bytes: Uint8Array) => string): LayerKind {
  const layer: Layer = {
    name: 'go test -json',
    take: (view) => {
      const fields = parse(view, decode);
      if (typeof fields?.Action !== 'string' || !('Package' in fields || 'ImportPath' in fields)) return false;
      const output = typeof fields.Output === 'string' ? fields.Output : '';
      const name = first(fields, ['Package', 'ImportPath']);
      view.key = view.key === '' ? name : `${view.key} ${name}`;
      view.instance ||= name;
      put(view, output, fields);
      view.partial = !output.endsWith('\n');
      return true;
    },
  };
  return { sure: true, find: (view) => (layer.take(view.copy()) ? layer : null) };
}

/** `journalctl -o json`: a line of the service in MESSAGE. */
function journaldJson(decode: (bytes: Uint8Array) => string): LayerKind {
  const layer: Layer = {
    name: 'journalctl -o json',
    take: (view) => {
      const fields = parse(view, decode);
      if (fields === null || !('__REALTIME_TIMESTAMP' in fields)) return false;
      const text = textAt(fields, ['MESSAGE'], decode);
      if (text === null) return false;
      say(view, fields);
      put(view, text, fields);
      return true;
    },
  };
  return { sure: true, find: (view) => (layer.take(view.copy()) ? layer : null) };
}

/** A field of a structured log line that holds a dump or a line of one: found by what it holds, then taken by its name. */
function fieldOfJson(decode: (bytes: Uint8Array) => string): LayerKind {
  return {
    sure: false,
    find: (view) => {
      const fields = parse(view, decode);
      const path = fields === null ? null : pathOfDump(fields, [], decode);
      if (path === null) return null;
      return {
        name: `JSON log, field “${path.join('.')}”`,
        take: (line) => {
          const object = parse(line, decode);
          const text = object === null ? null : textAt(object, path, decode);
          // A line that counts goroutines is read for its count, as it stands.
          if (object === null || text === null || Object.keys(object).some((name) => /goroutines?$/i.test(name)))
            return false;
          say(line, object);
          put(line, text, object);
          return true;
        },
      };
    },
  };
}

function pathOfDump(fields: Fields, path: readonly string[], decode: (bytes: Uint8Array) => string): string[] | null {
  for (const name of Object.keys(fields).slice(0, MAX_FIELDS)) {
    const value = fields[name];
    const here = [...path, name];
    if (isFields(value)) {
      const inner = here.length < MAX_DEPTH ? pathOfDump(value, here, decode) : null;
      if (inner !== null) return inner;
    } else {
      const text = textAt(fields, [name], decode);
      if (text !== null && HEADER.test(text)) return here;
    }
  }
  return null;
}

/** Logs of which each line is a JSON object. `decode`: UTF-8 to text. */
export function jsonKinds(decode: (bytes: Uint8Array) => string): readonly LayerKind[] {
  return [dockerJson(decode), goTestJson(decode), journaldJson(decode), fieldOfJson(decode)];
}

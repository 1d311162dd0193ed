import { type Fields, isFields, JsonLines } from './json-fields.ts';
import { HEADER, type Layer, type LayerContext, type LayerKind } from './layer.ts';
import type { LineView } from './line-view.ts';
import { Nesting } from './process.ts';

const BACKSLASH = 92;
/** How deep the text of a dump is looked for in the fields of a log line. */
const MAX_DEPTH = 4;
/** Fields of one object that are looked at. */
const MAX_FIELDS = 200;

/** Logs of which each line is a JSON object. */
export function jsonKinds(context: LayerContext): readonly LayerKind[] {
  const json = new JsonLines(context);
  return [dockerJson(json), partsInJson(json), goTestJson(json), journaldJson(json), fieldOfJson(json)];
}

function sure(layer: Layer): LayerKind {
  return { sure: true, find: (view) => (layer.take(view.copy()) ? layer : null) };
}

const DOCKER_FIELDS = new Set(['log', 'stream', 'time', 'attrs']);

/** docker's json-file: a piece of a stream in each line, whole where it ends in LF. Others write such lines with more fields. */
function dockerJson(json: JsonLines): LayerKind {
  return sure({
    name: 'docker json-file',
    joins: true,
    take: (view) => {
      const fields = json.parse(view);
      if (typeof fields?.log !== 'string' || typeof fields.stream !== 'string') return false;
      if (!Object.keys(fields).every((name) => DOCKER_FIELDS.has(name))) return false;
      json.put(view, fields.log, fields);
      view.stream = fields.stream;
      view.partial = !fields.log.endsWith('\n');
      return true;
    },
  });
}

/** Lines of CRI as fluent-bit sends them on: the mark of a part stands in `logtag`. */
function partsInJson(json: JsonLines): LayerKind {
  return sure({
    name: 'CRI container log in JSON',
    joins: true,
    take: (view) => {
      const fields = json.parse(view);
      if (typeof fields?.log !== 'string' || (fields.logtag !== 'P' && fields.logtag !== 'F')) return false;
      json.say(view, fields);
      json.put(view, fields.log, fields);
      view.stream = typeof fields.stream === 'string' ? fields.stream : '';
      view.partial = fields.logtag === 'P';
      return true;
    },
  });
}

/**
 * `go test -json`: what a package's test binary printed, in pieces cut anywhere. All of a package is one process, so all its
 * tests are one lane: a dump may go on while another test is the current one. Pieces of a line are of one test.
 */
function goTestJson(json: JsonLines): LayerKind {
  const nesting = new Nesting();
  return sure({
    name: 'go test -json',
    joins: true,
    take: (view) => {
      const fields = json.parse(view);
      if (typeof fields?.Action !== 'string') return false;
      const name = fields.Package ?? fields.ImportPath;
      if (typeof name !== 'string') return false;
      const output = typeof fields.Output === 'string' ? fields.Output : '\n';
      const process = json.process('name', name.slice(0, 253));
      if (process !== null) view.process = nesting.of(view.process, process);
      json.put(view, output, fields);
      view.stream = typeof fields.Test === 'string' ? fields.Test : '';
      view.partial = !output.endsWith('\n');
      return true;
    },
  });
}

/** `journalctl -o json`: a line of the service in MESSAGE; docker's driver marks the parts of a long one. */
function journaldJson(json: JsonLines): LayerKind {
  return sure({
    name: 'journalctl -o json',
    joins: true,
    take: (view) => {
      const fields = json.parse(view);
      if (fields === null || !('__REALTIME_TIMESTAMP' in fields)) return false;
      const text = json.textAt(fields, ['MESSAGE']);
      if (text === null) return false;
      json.say(view, fields);
      json.put(view, text, fields);
      view.partial = fields.CONTAINER_PARTIAL_MESSAGE === 'true' && fields.CONTAINER_PARTIAL_LAST !== 'true';
      return true;
    },
  });
}

/** A field of a structured log line that holds a dump or a line of one: found by what it holds, then taken by its name. */
function fieldOfJson(json: JsonLines): LayerKind {
  return {
    searches: true,
    find: (view) => {
      const fields = json.parse(view);
      const path = fields === null ? null : pathOfDump(json, fields, []);
      if (fields === null || path === null) return null;
      const text = json.textAt(fields, path) ?? '';
      const whole = text.trimEnd().includes('\n');
      return {
        name: `JSON log, field “${path.join('.')}”`,
        joins: isPart(fields),
        searches: true,
        take: whole ? takeWhole(json, path) : takeLine(json, path, shapeOf(fields)),
      };
    },
  };
}

/** Lines of the log that have the field and no dump in it stay as they are: they may count goroutines. */
function takeWhole(json: JsonLines, path: readonly string[]): Layer['take'] {
  return (view) => {
    // Text of several lines has at least one escape in JSON.
    if (!hasEscape(view)) return false;
    const fields = json.parse(view);
    const text = fields === null ? null : json.textAt(fields, path);
    if (fields === null || text === null || !(text.includes('\n') || HEADER.test(text))) return false;
    json.say(view, fields);
    json.put(view, text, fields);
    return true;
  };
}

/** The lines that a stack consists of, with the blank one. */
const STACK_LINE = /^(?:$|\t|goroutine |created by |\.\.\.|\[originating from )|\)$/;

/** Only lines that have the fields of the first, or the text of a stack: others have more to say than this field. */
function takeLine(json: JsonLines, path: readonly string[], shape: string): Layer['take'] {
  return (view) => {
    const fields = json.parse(view);
    const text = fields === null ? null : json.textAt(fields, path);
    if (fields === null || text === null) return false;
    if (shapeOf(fields) !== shape && !STACK_LINE.test(text)) return false;
    json.say(view, fields);
    json.put(view, text, fields);
    view.partial = isPart(fields);
    return true;
  };
}

/** Names of the fields, nested ones too. */
function shapeOf(fields: Fields): string {
  const names = Object.keys(fields).slice(0, MAX_FIELDS).sort();
  return names.map((name) => (isFields(fields[name]) ? `${name}{${Object.keys(fields[name]).length}}` : name)).join();
}

/** Whether a line says that it goes on, as fluentd's driver of docker does. */
function isPart(fields: Fields): boolean {
  return fields.partial_message === 'true' && fields.partial_last !== 'true';
}

function hasEscape({ bytes, start, end }: LineView): boolean {
  return bytes.subarray(start, end).includes(BACKSLASH);
}

function pathOfDump(json: JsonLines, fields: Fields, path: readonly string[]): string[] | null {
  for (const name of Object.keys(fields).slice(0, MAX_FIELDS)) {
    const value = fields[name];
    const here = [...path, name];
    if (isFields(value)) {
      const inner = here.length < MAX_DEPTH ? pathOfDump(json, value, here) : null;
      if (inner !== null) return inner;
    } else {
      const text = json.textAt(fields, [name]);
      if (text !== null && HEADER.test(text)) return here;
    }
  }
  return null;
}

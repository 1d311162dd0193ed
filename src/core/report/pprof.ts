import { gzipSync } from 'fflate';
import type { Dump } from '../model/dump.ts';
import { NONE } from '../model/rows.ts';
import { FRAME_KINDS, NO_FRAME, type Symbols } from '../model/symbols.ts';
import { ProtoWriter } from './proto-writer.ts';

/** Field numbers of profile.proto (github.com/google/pprof/proto). */
const PROFILE = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  strings: 6,
  time: 9,
  periodType: 11,
  period: 12,
};
const VALUE_TYPE = { type: 1, unit: 2 };
const SAMPLE = { location: 1, value: 2, label: 3 };
const LABEL = { key: 1, text: 2 };
const MAPPING = { id: 1, hasFunctions: 7, hasFileNames: 8, hasLines: 9, hasInline: 10 };
const LOCATION = { id: 1, mapping: 2, address: 3, line: 4 };
const LINE = { function: 1, line: 2 };
const FUNCTION = { id: 1, name: 2, systemName: 3, file: 4 };
const INLINED = FRAME_KINDS.indexOf('inlined');

/**
 * The dump as a pprof profile (gzip, as pprof writes them) of type goroutine/count that `go tool pprof` opens. Samples are stacks by state
 * and labels; `state` and `created_by` are labels beside the dump's own. Their values add up to the goroutines of the dump.
 * Cost: one step for each row, and the distinct frames.
 */
export function toPprof(dump: Dump): Uint8Array<ArrayBuffer> {
  const { symbols, rows, provenance } = dump;
  const strings = new Strings();
  const samples = new Map<string, { readonly row: number; count: number }>();
  for (let row = 0; row < rows.length; row++) {
    const key = `${rows.stack[row]} ${rows.state[row]} ${rows.labels?.[row] ?? NONE}`;
    const weight = rows.weight?.[row] ?? 1;
    const known = samples.get(key);
    if (known === undefined) samples.set(key, { row, count: weight });
    else known.count += weight;
  }
  const writer = new ProtoWriter();
  const countType = (value: ProtoWriter): void => {
    value.number(VALUE_TYPE.type, strings.of('goroutine'));
    value.number(VALUE_TYPE.unit, strings.of('count'));
  };
  writer.message(PROFILE.sampleType, countType);
  const locations = new Locations(symbols);
  for (const { row, count } of samples.values()) {
    const stack = rows.stack[row] ?? 0;
    writer.message(PROFILE.sample, (sample) => {
      sample.packed(SAMPLE.location, locations.ofStack(stack));
      sample.packed(SAMPLE.value, [count]);
      for (const [key, text] of labelsOf(dump, row, stack)) {
        sample.message(SAMPLE.label, (label) => {
          label.number(LABEL.key, strings.of(key));
          label.number(LABEL.text, strings.of(text));
        });
      }
    });
  }
  // Says that everything is named already: pprof asks no binary then.
  writer.message(PROFILE.mapping, (mapping) => {
    for (const field of Object.values(MAPPING)) mapping.number(field, 1);
  });
  locations.all().forEach((frames, at) => {
    writer.message(PROFILE.location, (location) => {
      location.number(LOCATION.id, at + 1);
      location.number(LOCATION.mapping, 1);
      location.number(LOCATION.address, at + 1);
      for (const frame of frames) {
        location.message(LOCATION.line, (line) => {
          line.number(LINE.function, locations.functionOf(frame));
          line.number(LINE.line, Math.max(0, symbols.frameLine[frame] ?? 0));
        });
      }
    });
  });
  for (const [id, name, file] of locations.functions()) {
    writer.message(PROFILE.function, (fn) => {
      fn.number(FUNCTION.id, id);
      fn.number(FUNCTION.name, strings.of(name));
      fn.number(FUNCTION.systemName, strings.of(name));
      fn.number(FUNCTION.file, strings.of(file));
    });
  }
  const { takenAtMs } = provenance;
  if (takenAtMs !== null) writer.bigNumber(PROFILE.time, BigInt(Math.round(takenAtMs)) * 1_000_000n);
  writer.message(PROFILE.periodType, countType);
  writer.number(PROFILE.period, 1);
  for (const text of strings.all()) writer.text(PROFILE.strings, text);
  return gzipSync(writer.finish(), { mtime: 0 }).slice();
}

function labelsOf({ symbols, rows }: Dump, row: number, stack: number): [key: string, text: string][] {
  const own = symbols.labelSets[rows.labels?.[row] ?? NONE] ?? [];
  const state = rows.state[row] ?? 0;
  const creator = symbols.stackCreator[stack] ?? NO_FRAME;
  const createdBy = creator < 0 ? '' : (symbols.strings[symbols.frameFunction[creator] ?? 0] ?? '');
  const taken = new Set(own.map(([key]) => key));
  const added: [string, string][] = [
    ['state', state === 0 ? '' : (symbols.states[state] ?? '')],
    ['created_by', createdBy],
  ];
  return [
    ...own.map(([key, text]): [string, string] => [key, text]),
    ...added.filter(([key, text]) => text !== '' && !taken.has(key)),
  ];
}

/** The string table; its first entry is empty. */
class Strings {
  readonly #places = new Map<string, number>([['', 0]]);

  of(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(text, place);
    }
    return place;
  }

  all(): Iterable<string> {
    return this.#places.keys();
  }
}

/** Locations: a frame with the frames that were inlined at it, which stand before it. */
class Locations {
  readonly #symbols: Symbols;
  readonly #ids = new Map<string, number>();
  readonly #frames: number[][] = [];
  readonly #functions = new Map<string, readonly [id: number, name: string, file: string]>();

  constructor(symbols: Symbols) {
    this.#symbols = symbols;
  }

  /** Ids, innermost first. */
  ofStack(stack: number): number[] {
    const { stackStart, stackFrames, frameKind } = this.#symbols;
    const ids: number[] = [];
    let open: number[] = [];
    for (let at = stackStart[stack] ?? 0; at < (stackStart[stack + 1] ?? 0); at++) {
      const frame = stackFrames[at] ?? 0;
      open.push(frame);
      if (frameKind[frame] === INLINED && at + 1 < (stackStart[stack + 1] ?? 0)) continue;
      ids.push(this.#idOf(open));
      open = [];
    }
    return ids;
  }

  #idOf(frames: number[]): number {
    const key = frames.join(' ');
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#frames.push(frames);
      this.#ids.set(key, id);
    }
    return id;
  }

  functionOf(frame: number): number {
    const { strings, frameFunction, frameFile } = this.#symbols;
    const key = `${frameFunction[frame]} ${frameFile[frame]}`;
    let known = this.#functions.get(key);
    if (known === undefined) {
      const [name, file] = [strings[frameFunction[frame] ?? 0] ?? '', strings[frameFile[frame] ?? 0] ?? ''];
      known = [this.#functions.size + 1, name, file];
      this.#functions.set(key, known);
    }
    return known[0];
  }

  all(): readonly (readonly number[])[] {
    return this.#frames;
  }

  functions(): Iterable<readonly [id: number, name: string, file: string]> {
    return this.#functions.values();
  }
}

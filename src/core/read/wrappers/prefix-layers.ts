import { Clock } from './clock.ts';
import type { Layer, LayerContext, LayerKind } from './layer.ts';
import type { LineView } from './line-view.ts';
import { NAMES, PREFIXES, type PrefixKind } from './prefix-kinds.ts';
import { PrefixScan } from './prefix-scan.ts';
import { Nesting, ProcessNames } from './process.ts';

const [TAB, LF, HASH, ZERO, ONE, TWO] = [9, 10, 35, 48, 49, 50];

/** What stands before the payload of each line; `last` is to be tried after all other kinds. */
export function prefixKinds(context: LayerContext): { readonly all: readonly LayerKind[]; readonly last: LayerKind } {
  const scan = new PrefixScan(new Clock(context.referenceMs));
  return { all: PREFIXES.map((kind) => toLayerKind(kind, scan)), last: toLayerKind(NAMES, scan) };
}

function toLayerKind(kind: PrefixKind, scan: PrefixScan): LayerKind {
  const { name, sure, doubtful, joins = false, process, octal = false } = kind;
  const names = process === undefined ? null : new ProcessNames(process);
  const nesting = new Nesting();
  const take = (view: LineView): boolean => {
    scan.open(view);
    if (!kind.scan(scan)) return false;
    if (scan.timed) view.stamp(scan.clock.ms);
    if (names !== null) view.process = nesting.of(view.process, names.at(scan.bytes, scan.from, scan.to));
    if (joins) {
      view.partial = scan.partial;
      view.stream = scan.stream;
    }
    view.continues ||= scan.continues;
    view.start = scan.at;
    if (octal) undoOctal(view);
    return true;
  };
  const layer: Layer = { name, take, joins };
  return {
    ...(sure === undefined ? {} : { sure }),
    ...(doubtful === undefined ? {} : { doubtful }),
    find: (view) => {
      scan.open(view);
      return kind.scan(scan) ? layer : null;
    },
  };
}

/** rsyslog prints a TAB as `#011` and LF as `#012` by default ($EscapeControlCharactersOnReceive): `#`, then the code in octal. */
function undoOctal(view: LineView): void {
  const { bytes, start, end } = view;
  // Most lines have no such code near the front, where a file line of a stack has its TAB.
  let mark = start;
  while (mark < end && bytes[mark] !== HASH) mark++;
  let out: Uint8Array | null = null;
  let length = 0;
  let from = start;
  for (; mark + 3 < end; mark++) {
    if (bytes[mark] !== HASH || bytes[mark + 1] !== ZERO || bytes[mark + 2] !== ONE) continue;
    const code = bytes[mark + 3] === ONE ? TAB : bytes[mark + 3] === TWO ? LF : 0;
    if (code === 0) continue;
    out ??= new Uint8Array(end - start);
    out.set(bytes.subarray(from, mark), length);
    length += mark - from;
    out[length++] = code;
    from = mark + 4;
    mark += 3;
  }
  if (out === null) return;
  out.set(bytes.subarray(from, end), length);
  view.replace(out.subarray(0, length + end - from));
}

import { HTML, htmlKind } from './html-layer.ts';
import { jsonKinds } from './json-layers.ts';
import { HEADER, holdsHeader, type Layer, type LayerContext, type LayerKind, showsHeader } from './layer.ts';
import { LineView } from './line-view.ts';
import { logfmtKind } from './logfmt-layer.ts';
import { prefixKinds } from './prefix-layers.ts';
import { quotedKinds } from './quoted-layers.ts';
import { ANSI, literal, NO_BREAK, SHAPE_KINDS } from './shape-layers.ts';

/** Layers within each other that are taken off at most. */
const MAX_LAYERS = 6;
/** Lines of a head that are asked what stands around them. */
export const ASKED_LINES = 60;
/** Share of the lines that must agree: on a log's wrapper, on a doubtful layer, and on a text that no row knows. */
const SHARE = 0.8;
const DOUBTFUL_SHARE = 0.6;
const LITERAL_SHARE = 0.5;
/** Bytes of a text before a dump's first line that may be the same on each line. */
const MAX_LITERAL = 200;

/** All kinds of layers. The order of the tables is that in which they are tried. */
export class LayerFinder {
  readonly #kinds: readonly LayerKind[];
  readonly #searching: readonly LayerKind[];
  readonly #last: LayerKind;
  readonly #decode: (bytes: Uint8Array) => string;

  constructor(context: LayerContext) {
    this.#decode = context.decode;
    const prefixes = prefixKinds(context);
    this.#last = prefixes.last;
    this.#kinds = [
      ...prefixes.all,
      ...jsonKinds(context),
      ...quotedKinds(context),
      logfmtKind(context),
      htmlKind,
      ...SHAPE_KINDS,
    ];
    this.#searching = this.#kinds.filter((kind) => kind.searches);
  }

  /**
   * What stands around a line that holds the first line of a dump, outermost first; null when no layers lead from the line
   * to it, which is then a sentence about a goroutine. `following`: the lines behind it, which are used up. The view is left
   * at the dump's line, or at a part of a line that is not whole yet.
   */
  around(view: LineView, following: readonly LineView[]): Layer[] | null {
    const layers: Layer[] = [];
    let behind = following.filter((line) => line.end > line.start);
    while (!showsHeader(view)) {
      const layer = layers.length < MAX_LAYERS ? this.#next(view, behind) : null;
      if (layer === null) return null;
      layers.push(layer);
      layer.take(view);
      if (layer.joins === true && view.partial) return layers;
      // Lines of other processes may be of other shapes.
      behind = behind.filter((line) => layer.take(line) && line.process === view.process && line.end > line.start);
    }
    for (const { layer, shows } of [ANSI, HTML, NO_BREAK]) {
      if (layers.length < MAX_LAYERS && !layers.includes(layer) && behind.some(shows)) layers.push(layer);
    }
    return layers;
  }

  /** More layers around a line of a log whose wrapper is known; only such as look for a dump in each line. */
  inside(view: LineView): Layer[] | null {
    const layers: Layer[] = [];
    while (!showsHeader(view)) {
      const found = layers.length < MAX_LAYERS ? first(this.#searching, (kind) => this.#leading(kind, view, [])) : null;
      if (found === null) return null;
      layers.push(found);
      found.take(view);
    }
    return layers;
  }

  #next(view: LineView, behind: readonly LineView[]): Layer | null {
    const known = first(this.#kinds, (kind) => this.#leading(kind, view, behind));
    return known ?? this.#literal(view, behind) ?? this.#leading(this.#last, view, behind);
  }

  /** A text that no row of the tables knows, before the first line of a dump and before lines behind it. */
  #literal(view: LineView, behind: readonly LineView[]): Layer | null {
    const at = HEADER.exec(view.look)?.index ?? 0;
    if (at === 0 || at > MAX_LITERAL) return null;
    const shown = this.#decode(view.bytes.subarray(view.start, view.start + at)).trim();
    const layer = literal(`the text “${shown}”`, view.look.slice(0, at));
    return agreed(layer, behind, LITERAL_SHARE) ? layer : null;
  }

  /** The layer of this kind, when it takes something off and leaves the dump's line. */
  #leading(kind: LayerKind, view: LineView, behind: readonly LineView[]): Layer | null {
    const layer = kind.find(view);
    if (layer === null) return null;
    const tried = view.copy();
    if (!layer.take(tried) || !holdsHeader(tried)) return null;
    const unchanged = tried.bytes === view.bytes && tried.start === view.start;
    if (unchanged && !tried.partial) return null;
    if (tried.decoded && tried.end - tried.start === view.end - view.start && layer.searches !== true) {
      if (equal(tried, view)) return null;
    }
    return kind.doubtful === true && !agreed(layer, behind, DOUBTFUL_SHARE) ? null : layer;
  }

  /** What most lines at the beginning of a log show plainly, outermost first; empty where they show nothing. */
  ofMost(lines: readonly LineView[]): Layer[] {
    const layers: Layer[] = [];
    let asked = lines.slice(0, ASKED_LINES).filter((view) => view.end > view.start);
    while (layers.length < MAX_LAYERS && asked.length >= 2) {
      const layer = this.#ofMost(asked);
      if (layer === null) break;
      layers.push(layer);
      asked = asked.filter((view) => layer.take(view) && view.end > view.start);
      // Parts have to be joined before more can be said.
      if (layer.joins === true && asked.some((view) => view.partial)) break;
    }
    return layers;
  }

  #ofMost(lines: readonly LineView[]): Layer | null {
    for (const kind of this.#kinds) {
      if (kind.sure !== true) continue;
      const found = lines.map((view) => kind.find(view)).filter((layer) => layer !== null);
      if (found.length >= lines.length * SHARE && found[0] !== undefined) return found[0];
    }
    return null;
  }
}

function first(kinds: readonly LayerKind[], of: (kind: LayerKind) => Layer | null): Layer | null {
  for (const kind of kinds) {
    const layer = of(kind);
    if (layer !== null) return layer;
  }
  return null;
}

/** Whether this share of the lines shows the layer; false without lines. */
function agreed(layer: Layer, lines: readonly LineView[], share: number): boolean {
  const showing = lines.filter((line) => layer.take(line.copy())).length;
  return showing > 0 && showing >= lines.length * share;
}

function equal(a: LineView, b: LineView): boolean {
  for (let i = 0; i < a.end - a.start; i++) if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false;
  return true;
}

/** The lines in some bytes as views, up to `most`. The last one without a line break counts only when `final`. */
export function viewsOf(bytes: Uint8Array, from: number, to: number, most: number, final: boolean): LineView[] {
  const views: LineView[] = [];
  for (let p = from; p < to && views.length < most; ) {
    const lf = bytes.indexOf(10, p);
    if ((lf < 0 || lf >= to) && !final) break;
    const next = lf < 0 || lf >= to ? to : lf;
    const view = new LineView();
    view.open(bytes, p, next > p && bytes[next - 1] === 13 ? next - 1 : next);
    views.push(view);
    p = next + 1;
  }
  return views;
}

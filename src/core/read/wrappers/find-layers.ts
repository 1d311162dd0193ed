import { jsonKinds } from './json-layers.ts';
import { holdsHeader, type Layer, type LayerKind, showsHeader } from './layer.ts';
import type { LineView } from './line-view.ts';
import { PREFIX_KINDS } from './prefix-layers.ts';
import { quotedKinds } from './quoted-layers.ts';
import { SHAPE_KINDS } from './shape-layers.ts';

/** Layers within each other that are taken off at most. */
const MAX_LAYERS = 6;
/** Lines of a head that are asked what stands around them, and the share that must agree. */
const ASKED_LINES = 60;
const SHARE = 0.8;

/** All kinds of layers. The order of the tables is that in which they are tried. */
export class LayerFinder {
  readonly #kinds: readonly LayerKind[];
  readonly #sure: readonly LayerKind[];

  constructor(decode: (bytes: Uint8Array) => string) {
    this.#kinds = [...PREFIX_KINDS, ...jsonKinds(decode), ...quotedKinds(decode), ...SHAPE_KINDS];
    this.#sure = this.#kinds.filter((kind) => kind.sure);
  }

  /**
   * What stands around a line that holds the first line of a dump, outermost first; null when no layers lead from the line
   * to it, which is then a sentence about a goroutine. The view is left at the dump's line.
   */
  around(view: LineView): Layer[] | null {
    const layers: Layer[] = [];
    while (!showsHeader(view)) {
      const layer = layers.length < MAX_LAYERS ? this.#next(view) : null;
      if (layer === null) return null;
      layers.push(layer);
    }
    return layers;
  }

  /** The first kind that takes something off and leaves the dump's line. */
  #next(view: LineView): Layer | null {
    for (const kind of this.#kinds) {
      const layer = kind.find(view);
      if (layer === null) continue;
      const tried = view.copy();
      if (!layer.take(tried) || !holdsHeader(tried)) continue;
      if (tried.bytes === view.bytes && tried.start === view.start) continue;
      if (layer.name === 'ANSI colours' && tried.end - tried.start === view.end - view.start) continue;
      view.open(tried.bytes, tried.start, tried.end);
      return layer;
    }
    return null;
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
    }
    return layers;
  }

  #ofMost(lines: readonly LineView[]): Layer | null {
    for (const kind of this.#sure) {
      const found = lines.map((view) => kind.find(view)).filter((layer) => layer !== null);
      if (found.length >= lines.length * SHARE && found[0] !== undefined) return found[0];
    }
    return null;
  }
}

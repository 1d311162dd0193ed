import { joinBytes } from '../peek.ts';
import type { LineView } from './line-view.ts';

/** Bytes of lines that wait for their next part, and how many lines may wait. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const MAX_WAITING = 1024;

interface Waiting {
  readonly pieces: Uint8Array[];
  /** Of the first part. */
  readonly first: LineView;
  readonly source: number;
  readonly layer: number;
}

/** Joins lines that a log cut into parts, each with parts of its own process and stream only. */
export class PartJoiner {
  readonly #waiting = new Map<string, Waiting>();
  #bytes = 0;

  get idle(): boolean {
    return this.#waiting.size === 0;
  }

  /**
   * Takes a part that layer number `layer` has unpacked. Answers the line of the input at which the whole line began, which
   * is then in the view; 0 while more is to come.
   */
  add(view: LineView, layer: number, source: number): number {
    const id = `${layer}\n${view.stream}\n${view.process?.key ?? ''}`;
    const waiting = this.#waiting.get(id);
    const full = this.#bytes + view.end - view.start > MAX_WAITING_BYTES || this.#waiting.size >= MAX_WAITING;
    if (view.partial && !(full && waiting !== undefined)) {
      const piece = view.bytes.slice(view.start, view.end);
      this.#bytes += piece.length;
      if (waiting !== undefined) waiting.pieces.push(piece);
      else this.#waiting.set(id, { pieces: [piece], first: emptied(view), source, layer });
      return 0;
    }
    if (waiting === undefined) return source;
    this.#waiting.delete(id);
    const last = view.bytes.subarray(view.start, view.end);
    this.#join(waiting, last, view);
    return waiting.source;
  }

  #join(waiting: Waiting, last: Uint8Array, view: LineView): void {
    const held = waiting.pieces.reduce((sum, { length }) => sum + length, 0);
    this.#bytes -= held;
    view.set(waiting.first);
    view.replace(joinBytes([...waiting.pieces, last], held + last.length));
    view.partial = false;
  }

  /** The lines whose last part never came, at the end of the text. */
  finish(view: LineView, give: (source: number, layer: number) => void): void {
    for (const [id, waiting] of this.#waiting) {
      this.#waiting.delete(id);
      this.#join(waiting, new Uint8Array(0), view);
      give(waiting.source, waiting.layer);
    }
  }
}

/** What a view says besides its bytes. */
function emptied(view: LineView): LineView {
  const copy = view.copy();
  copy.replace(new Uint8Array(0));
  return copy;
}

import { LaneText } from './lane-text.ts';
import type { LineView } from './line-view.ts';
import type { LaneSink } from './unwrapper.ts';

/** Processes of one log that are told apart; lines of further ones go into one lane together. */
const MAX_LANES = 256;
const OTHERS = 'others';

/** The lanes of a log, each opened with its first line. */
export class Lanes {
  readonly #sink: LaneSink;
  readonly #referenceMs: number | null;
  readonly #byKey = new Map<string, LaneText>();
  /** By the name of an instance, the first key that had it. */
  readonly #named = new Map<string, string>();
  #last: LaneText | null = null;
  #lastKey = '';

  constructor(sink: LaneSink, referenceMs: number | null) {
    this.#sink = sink;
    this.#referenceMs = referenceMs;
  }

  /** The lane of a line. */
  of(view: LineView): LaneText {
    if (this.#last !== null && this.#lastKey === view.key) return this.#last;
    let lane = this.#byKey.get(view.key);
    if (lane === undefined) {
      const full = this.#byKey.size >= MAX_LANES;
      const key = full ? OTHERS : view.key;
      lane = this.#byKey.get(key) ?? this.#open(key, full ? '' : view.instance);
    }
    this.#last = lane;
    this.#lastKey = view.key;
    return lane;
  }

  /** The lane of text in which no line says where it comes from. */
  get plain(): LaneText {
    return this.#byKey.get('') ?? this.#open('', '');
  }

  /** The lane a line belongs to that says nothing of where it comes from: that of the line before. */
  get current(): LaneText {
    this.#last ??= this.plain;
    return this.#last;
  }

  /** Two containers of one pod are two processes: the second is called by its whole key. */
  #open(key: string, instance: string): LaneText {
    const taken = this.#named.get(instance);
    const name = instance === '' ? null : taken === undefined ? instance : key;
    this.#named.set(instance, key);
    const lane = new LaneText(this.#sink, key === '' ? null : key, name, this.#referenceMs);
    this.#byKey.set(key, lane);
    return lane;
  }

  /** The end of the text; a text without a byte is one empty lane. */
  finish(): void {
    this.flush();
    if (this.#byKey.size === 0) this.#open('', '');
  }

  flush(): void {
    for (const lane of this.#byKey.values()) lane.flush();
  }
}

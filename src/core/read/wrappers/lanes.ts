import { LaneText } from './lane-text.ts';
import { breakBudget } from './line-map.ts';
import type { Process } from './process.ts';
import type { LaneSink } from './unwrapper.ts';

/** Processes of one log that are told apart; lines of further ones go into one lane together. */
const MAX_LANES = 256;
const OTHERS: Process = { key: 'others', instance: '', full: '' };
const UNNAMED: Process = { key: '', instance: '', full: '' };

/** The lanes of a log, each opened with its first line. */
export class Lanes {
  readonly #sink: LaneSink;
  readonly #budget = breakBudget();
  readonly #byKey = new Map<string, LaneText>();
  /** By the name of an instance, the whole name of the first process that had it. */
  readonly #called = new Map<string, string>();
  #last: LaneText | null = null;
  #lastProcess: Process | null = null;

  constructor(sink: LaneSink) {
    this.#sink = sink;
  }

  /** The lane of a line of this process; null for one that names none. */
  of(process: Process | null): LaneText {
    const named = process ?? UNNAMED;
    if (this.#last !== null && this.#lastProcess === named) return this.#last;
    const lane = this.#byKey.get(named.key) ?? this.#open(this.#byKey.size < MAX_LANES ? named : OTHERS);
    this.#last = lane;
    this.#lastProcess = named;
    return lane;
  }

  /** The lane of text in which no line says where it comes from. */
  get plain(): LaneText {
    return this.of(null);
  }

  /** No line has said so far where it comes from. */
  get unnamed(): boolean {
    return this.#byKey.size === (this.#byKey.has(UNNAMED.key) ? 1 : 0);
  }

  /** The lane of a line that says nothing of where it comes from, in a log whose lines do: that of the line before. */
  get current(): LaneText {
    return this.#last ?? this.plain;
  }

  /** Two containers of one pod are two processes: the second is called by both names. */
  #open(process: Process): LaneText {
    const { key, instance, full } = process;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const first = this.#called.get(instance) ?? full;
    this.#called.set(instance, first);
    const name = first === full ? instance : full;
    const lane = new LaneText(this.#sink, key === '' ? null : key, name === '' ? null : name, this.#budget);
    this.#byKey.set(key, lane);
    return lane;
  }

  /** Gives on what the lanes have gathered. */
  flush(): void {
    for (const lane of this.#byKey.values()) lane.flush();
  }

  /** The end of the text; one without a byte is one empty lane. `broken`: it ends within the last line added. */
  finish(broken: boolean): void {
    if (this.#byKey.size === 0) this.of(null);
    for (const lane of this.#byKey.values()) lane.finish(broken && lane === this.#last);
  }
}

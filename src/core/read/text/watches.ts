import type { ReadContext, ReadOutcome } from '../format.ts';
import type { OutsideLine, Watch, WatchKind } from './watch.ts';

/** All watches of a text: the one that is open is offered every line, else each the lines its words stand in. */
export class Watches {
  readonly #all: readonly Watch[];
  readonly words: readonly string[];
  #open: Watch | null = null;

  constructor(kinds: readonly WatchKind[], context: ReadContext) {
    this.#all = kinds.map((kind) => kind.create(context));
    this.words = [...new Set(kinds.flatMap((kind) => kind.words(context)))];
  }

  /** A watch claims the next line, whatever it holds. */
  get open(): boolean {
    return this.#open !== null;
  }

  offer(line: OutsideLine): void {
    const first = this.#open;
    this.#open = null;
    if (first !== null && this.#claims(first, line)) return;
    for (const watch of this.#all) if (watch !== first && this.#claims(watch, line)) return;
  }

  #claims(watch: Watch, line: OutsideLine): boolean {
    const claim = watch.offer(line);
    if (claim === 'open') this.#open = watch;
    return claim !== 'no';
  }

  finish(): Pick<ReadOutcome, 'dumps' | 'countLogs' | 'races'> {
    const found = this.#all.map((watch) => watch.finish());
    return {
      dumps: found.flatMap(({ dumps }) => dumps),
      countLogs: found.flatMap(({ countLogs }) => countLogs),
      races: found.flatMap(({ races }) => races),
    };
  }
}

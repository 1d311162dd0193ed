import type { ReadContext, ReadOutcome } from '../../format.ts';
import type { Claim, OutsideLine, Watch, WatchKind } from '../../text/watch.ts';
import { type CountLineReader, countLineReader } from './count-line.ts';
import { expositionReader } from './exposition-line.ts';
import { CountSeriesBuilder } from './series-builder.ts';

/** Lines of logs and metric pages that count goroutines: `goroutines=1234`, `go_goroutines{pod="a"} 1234`. */
export const countLogWatch: WatchKind = {
  id: 'count-log',
  words: (context) => [...context.countKeys.map((key) => key.toLowerCase()), 'goroutine'].filter((word) => word !== ''),
  create: (context) => new CountLogWatch(context),
};

class CountLogWatch implements Watch {
  readonly #context: ReadContext;
  readonly #series: CountSeriesBuilder;
  readonly #ofLog: CountLineReader;
  readonly #ofPage: ReturnType<typeof expositionReader>;

  constructor(context: ReadContext) {
    this.#context = context;
    this.#series = new CountSeriesBuilder(context);
    this.#ofLog = countLineReader(context.countKeys);
    this.#ofPage = expositionReader(context.countKeys);
  }

  offer(line: OutsideLine): Claim {
    const stampedMs = this.#context.origins?.timeMs(line.number) ?? null;
    const scraped = this.#ofPage(line.text);
    if (scraped !== null) {
      this.#series.add('prometheus-text', { ...scraped, timeMs: scraped.timeMs ?? stampedMs }, line.number);
      return 'done';
    }
    const logged = this.#ofLog(line.text, this.#context.provenance.takenAtMs);
    if (logged === null) return 'no';
    this.#series.add('log', { ...logged, timeMs: logged.timeMs ?? stampedMs }, line.number);
    return 'done';
  }

  finish(): Pick<ReadOutcome, 'dumps' | 'countLogs' | 'races'> {
    return { dumps: [], countLogs: this.#series.finish(), races: [] };
  }
}

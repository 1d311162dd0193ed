import { type CountLog, type CountLogForm, MAX_COUNT_POINTS } from '../../../model/count-log.ts';
import type { ReadContext } from '../../format.ts';
import { inputLine } from '../../text/provenance.ts';
import type { CountLine } from './count-line.ts';

const MAX_SERIES = 500;
/** Points held of one series before it is thinned. */
const MAX_HELD = 1_000_000;

interface Open {
  readonly form: CountLogForm;
  readonly key: string;
  readonly instance: string | null;
  readonly times: number[];
  readonly counts: number[];
  readonly lines: number[];
  left: number;
}

/** Gathers counts into one series for each form, key and process. */
export class CountSeriesBuilder {
  readonly #context: ReadContext;
  readonly #open = new Map<string, Open>();
  #left = 0;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  /** `line`: 1-based in the text, 0 in a form without lines. */
  add(form: CountLogForm, point: CountLine, line: number): void {
    const name = `${form}\n${point.key}\n${point.instance ?? ''}`;
    let series = this.#open.get(name);
    if (series === undefined) {
      if (this.#open.size >= MAX_SERIES) {
        this.#left++;
        return;
      }
      series = { form, key: point.key, instance: point.instance, times: [], counts: [], lines: [], left: 0 };
      this.#open.set(name, series);
    }
    if (series.times.length >= MAX_HELD) {
      series.left++;
      return;
    }
    series.times.push(point.timeMs ?? Number.NaN);
    series.counts.push(point.count);
    series.lines.push(line);
  }

  finish(): CountLog[] {
    const all = [...this.#open.values()].map((series) => this.#build(series));
    const [first, ...others] = all;
    if (first === undefined || this.#left === 0) return all;
    const caveat = `Only the first ${MAX_SERIES} series of this input were read.`;
    return [{ ...first, caveats: [...first.caveats, caveat] }, ...others];
  }

  #build(series: Open): CountLog {
    const { provenance } = this.#context;
    const times = series.times.map((ms) => ms);
    // A page that was scraped once says no time: it is as old as the file.
    if (times.length === 1 && Number.isNaN(times[0]) && provenance.takenAtMs !== null) times[0] = provenance.takenAtMs;
    const order = times.map((_, i) => i);
    if (times.every((ms) => !Number.isNaN(ms))) order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    const kept = thin(order, series.counts);
    const timeless = times.filter((ms) => Number.isNaN(ms)).length;
    const caveats: string[] = [];
    if (timeless > 0)
      caveats.push(`${timeless.toLocaleString('en')} of ${times.length.toLocaleString('en')} counts tell no time.`);
    if (kept.length < order.length || series.left > 0) {
      const whole = (times.length + series.left).toLocaleString('en');
      caveats.push(
        `${kept.length.toLocaleString('en')} of ${whole} points are kept, the least and the most among them.`,
      );
    }
    const firstMs = kept.map((i) => times[i] ?? Number.NaN).find((ms) => !Number.isNaN(ms));
    const own = series.times.some((ms) => !Number.isNaN(ms));
    const line = inputLine(this.#context, series.lines[0] ?? 0);
    return {
      form: series.form,
      key: series.key,
      provenance: {
        ...provenance,
        instance: series.instance ?? provenance.instance,
        takenAtMs: firstMs ?? provenance.takenAtMs,
        takenAtFrom: own ? 'log-prefix' : provenance.takenAtFrom,
        formatReason:
          line > 0 ? `line ${line} counts goroutines as “${series.key}”` : `it counts goroutines as “${series.key}”`,
      },
      timesMs: Float64Array.from(kept, (i) => times[i] ?? Number.NaN),
      counts: Float64Array.from(kept, (i) => series.counts[i] ?? 0),
      lines: Int32Array.from(kept, (i) => (series.lines[i] === 0 ? 0 : inputLine(this.#context, series.lines[i] ?? 0))),
      caveats,
    };
  }
}

/** At most MAX_COUNT_POINTS of the points, in their order: of each stretch its least and its most, and the two ends. */
function thin(order: readonly number[], counts: readonly number[]): number[] {
  if (order.length <= MAX_COUNT_POINTS) return [...order];
  const stretch = Math.ceil(order.length / (MAX_COUNT_POINTS / 2 - 1));
  const kept = new Set([0, order.length - 1]);
  for (let from = 0; from < order.length; from += stretch) {
    let least = from;
    let most = from;
    for (let i = from; i < Math.min(order.length, from + stretch); i++) {
      if (countAt(order, counts, i) < countAt(order, counts, least)) least = i;
      if (countAt(order, counts, i) > countAt(order, counts, most)) most = i;
    }
    kept.add(least);
    kept.add(most);
  }
  return [...kept].sort((a, b) => a - b).map((i) => order[i] ?? 0);
}

function countAt(order: readonly number[], counts: readonly number[], i: number): number {
  return counts[order[i] ?? 0] ?? 0;
}

import type { Provenance } from './provenance.ts';

/**
 * Where the counts stood. `log`: lines such as `goroutines=1234`. `prometheus-text`: an exposition page.
 * `prometheus-json`: the answer of query or query_range. `expvar`: the JSON of /debug/vars.
 */
export type CountLogForm = 'log' | 'prometheus-text' | 'prometheus-json' | 'expvar';

/** Goroutine counts of one process over time, without stacks: the trend signal beside the dumps. Immutable. */
export interface CountLog {
  readonly form: CountLogForm;
  /** `instance` is the series' own (pod, instance label) where the input names one. `takenAtMs` is the first time. */
  readonly provenance: Provenance;
  /** The key or metric as it stands: "goroutines", "go_goroutines". */
  readonly key: string;
  /** Milliseconds since 1970 UTC, NaN where the line tells no time; one per point, ascending where known. */
  readonly timesMs: Float64Array;
  /** Goroutines; one per point. */
  readonly counts: Float64Array;
  /** 1-based line of each point in the unpacked input; 0 in forms that are no lines. */
  readonly lines: Int32Array;
  /** Sentences a reader must know before trusting the series ("12 lines tell no time"). */
  readonly caveats: readonly string[];
}

/** Points kept of one series; of longer ones every n-th is kept, first, last, least and most among them, and a caveat says so. */
export const MAX_COUNT_POINTS = 20_000;

import type { KeptInvestigation } from '../investigation/shelf.ts';

export interface KeptState {
  /** `none`: not here at all (a report, or not known yet). `forgotten`: until the page is loaded again. */
  readonly status: 'none' | 'on' | 'off' | 'forgotten' | 'failed';
  /** When failed. */
  readonly why: string;
  /** Investigations of pages that are gone, to be opened again. */
  readonly offers: readonly KeptInvestigation[];
}

export interface WatchState {
  readonly address: string;
  readonly intervalMs: number;
  readonly status: 'asking' | 'waiting' | 'stopped';
  /** Dumps taken so far. */
  readonly taken: number;
  /** Failures since the last dump. */
  readonly failures: number;
  /** Why the last one failed, or why it ended; empty when it did not. */
  readonly why: string;
  readonly nextAtMs: number;
}

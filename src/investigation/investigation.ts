import type { Rule } from '../core/causes/rule.ts';
import type { CountLog } from '../core/model/count-log.ts';
import type { Dump } from '../core/model/dump.ts';
import type { TakenAtSource } from '../core/model/provenance.ts';
import type { RaceReport } from '../core/model/race-report.ts';
import type { Mark } from '../core/triage/marks.ts';
import type { View } from './view.ts';

/** All that is handed over: what was loaded, what was said of it, what is looked at. */
export interface Investigation {
  /** In the order of the page. */
  readonly dumps: readonly SavedDump[];
  readonly counts: readonly SavedCounts[];
  readonly races: readonly SavedRaces[];
  /** What reading said of files as a whole. */
  readonly notes: readonly SavedNote[];
  /** Signatures of the team that apply. */
  readonly rules: readonly Rule[];
  readonly marks: readonly Mark[];
  /** Dumps by their place in `dumps`. */
  readonly view: View<number>;
}

/** A dump with what the user said of it. Its raw text is not part of it: `rows.byteOffset` and `rows.byteLength` are null. */
export interface SavedDump {
  readonly name: string;
  readonly takenAtMs: number | null;
  readonly takenAtFrom: TakenAtSource | null;
  readonly dump: Dump;
}

export interface SavedCounts {
  readonly name: string;
  readonly log: CountLog;
}

export interface SavedRaces {
  readonly name: string;
  readonly report: RaceReport;
}

export interface SavedNote {
  /** Of the file. */
  readonly name: string;
  readonly notes: readonly string[];
}

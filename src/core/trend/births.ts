/** Goroutines of a group that were born, or began to wait, between two moments. */
export interface BirthBin {
  /** Null: at any time before `toMs`. */
  readonly fromMs: number | null;
  readonly toMs: number;
  readonly goroutines: number;
}

/** Births by one kind of evidence. Bins ascend and touch each other. */
export interface BirthSeries {
  readonly bins: readonly BirthBin[];
  /** Goroutines that could not be placed. */
  readonly unplaced: number;
  /** What must be known before trusting it; shown beside the chart. */
  readonly caveats: readonly string[];
}

/** Since when a group is there. Null where the dumps do not say enough; `whyNot` then says why. */
export interface Births {
  /** From ids: they grow in order of birth, and each dump's largest id is a time stamp. */
  readonly byId: BirthSeries | null;
  readonly byIdWhyNot: string;
  /** From printed wait minutes of one dump. */
  readonly byWait: BirthSeries | null;
  readonly byWaitWhyNot: string;
  /** Half of the group was there by this time; null when nothing dates it. */
  readonly medianMs: number | null;
}

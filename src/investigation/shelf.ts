/** A file as it is kept, so that it can be read again after a reload. */
export interface KeptFile {
  /** Tells the files of one investigation apart. */
  readonly key: string;
  readonly file: Blob;
  readonly name: string;
  readonly path: string;
  readonly modifiedMs: number | null;
}

/** An investigation that is kept on this computer, without its files. */
export interface KeptInvestigation {
  readonly id: string;
  readonly title: string;
  /** Of the last change. */
  readonly savedAtMs: number;
  /** Of the files, in the order they were opened. */
  readonly names: readonly string[];
  readonly bytes: number;
  /** Openings that were begun and never ended: files that break the page are not opened again and again by themselves. */
  readonly brokenOpenings: number;
}

/** What `Shelf.open` found. `notes` is what was given to `keepNotes`, to be read like anything from outside. */
export interface OpenedInvestigation {
  readonly files: readonly KeptFile[];
  readonly notes: string;
}

/**
 * A place on this computer where the investigation of a page outlives it. Every method may reject, with an Error whose
 * message is for people: no room, no storage in this browser or in this window.
 */
export interface Shelf {
  /** What this page kept before it was loaded again, and what pages that are gone kept, newest first. */
  readonly look: () => Promise<{
    readonly own: KeptInvestigation | null;
    readonly others: readonly KeptInvestigation[];
  }>;
  /** The files of one; from then on this page keeps it. Null when it is gone. Counts as broken until `opened`. */
  readonly open: (id: string) => Promise<OpenedInvestigation | null>;
  readonly opened: () => Promise<void>;
  readonly keepFile: (file: KeptFile) => Promise<void>;
  readonly dropFile: (key: string) => Promise<void>;
  readonly keepNotes: (title: string, notes: string) => Promise<void>;
  /** Forgets the one with this id; without an id all of them, those of other open pages included. */
  readonly forget: (id?: string) => Promise<void>;
}

/** How long an investigation is kept after its last change. */
export const KEPT_DAYS = 7;
/** Investigations kept; of more the oldest go. */
export const MAX_KEPT = 5;

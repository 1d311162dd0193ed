/** A file in an archive, read in the archive's order. */
export interface Member {
  /** As the archive names it. */
  readonly path: string;
  /** Milliseconds since 1970 UTC; null when the archive says none. */
  readonly modifiedMs: number | null;
  /** To be read once, before the next member is asked for; what is left of it is passed over then. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** True when the archive ended inside the file, or its data is damaged. Final once `chunks` has been read. */
  readonly cut: () => boolean;
}

/** Tells people of a member that is left out. */
export type Note = (text: string) => void;

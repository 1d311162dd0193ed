/** How the time of a dump was learned, most trusted last in doubt: a user's word stands above all. */
export type TakenAtSource = 'file-name' | 'log-prefix' | 'profile' | 'http-date' | 'file-time' | 'user';

/** Where a dump came from and how that is known. */
export interface Provenance {
  /** Name of the file, or "pasted text". Shown, never trusted: the format is decided by content. */
  readonly fileName: string;
  /** Folder the file was dropped in, relative ("pod-a/before.txt"), else the same as fileName. */
  readonly path: string;
  /** Bytes of the file as given (packed when it is packed). */
  readonly fileBytes: number;
  /** Containers removed, outermost first. Offsets in `Rows` count in the innermost, unpacked bytes. */
  readonly containers: readonly 'gzip'[];
  /** Why this format: a sentence for people ("line 1 is a goroutine header"). */
  readonly formatReason: string;
  /** Milliseconds since 1970 UTC, or null when nothing told the time. */
  readonly takenAtMs: number | null;
  readonly takenAtFrom: TakenAtSource | null;
  /** Pod, host or process the dump belongs to, when the input names one. */
  readonly instance: string | null;
  /** What introduced the dump when it was no plain request: "SIGQUIT: quit", "panic: …", "fatal error: …". First line only. */
  readonly reason: string | null;
}

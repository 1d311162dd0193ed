/** How the time of a dump was learned, most trusted last in doubt: a user's word stands above all. */
export type TakenAtSource = 'file-name' | 'log-prefix' | 'profile' | 'http-date' | 'file-time' | 'user';

/** What was opened to get at the bytes. */
export type Container = 'gzip' | 'zstd' | 'zip' | 'tar';

/** Text encodings that are turned into UTF-8 before anything is read. `utf-8-bom`: UTF-8 behind a byte-order mark. */
export type TextEncoding = 'utf-8-bom' | 'utf-16le' | 'utf-16be';

/** What a log or an editor put around each line of a text, and how it was taken off. */
export interface Wrapper {
  /** Kinds removed, outermost first, in words for people: "kubectl logs --prefix", "RFC 3339 time". */
  readonly kinds: readonly string[];
  /** A line of the dump as it stood in the input, and what was read of it. Each cut to MAX_PROBLEM_TEXT characters. */
  readonly example: string;
  readonly exampleRead: string;
  /** Lines of the input something was taken off. */
  readonly lines: number;
}

/** Where a text stands in its file: all that is needed to find it again. */
export interface TextPlace {
  /** Containers removed, outermost first. */
  readonly containers: readonly Container[];
  /** Path inside an archive ("nodes/1/stacks.txt"; "inner.zip!/stacks.txt" in an archive in an archive); null outside. */
  readonly entry: string | null;
  readonly encoding: TextEncoding | null;
  /** Null when lines stand as they were printed. */
  readonly wrapper: Wrapper | null;
  /** Which of the processes whose lines alternate in one log (pod and container, service, unit); null when there is one. */
  readonly lane: string | null;
}

/** Where a dump came from and how that is known. Offsets in `Rows` count in the text of `TextPlace`: unpacked, in UTF-8, unwrapped. */
export interface Provenance extends TextPlace {
  /** Name of the file, or "pasted text". Shown, never trusted: the format is decided by content. */
  readonly fileName: string;
  /** Folder the file was dropped in, relative ("pod-a/before.txt"), else the same as fileName. */
  readonly path: string;
  /** Bytes of the file as given (packed when it is packed). */
  readonly fileBytes: number;
  /** Why this format: a sentence for people ("line 1 is a goroutine header"). */
  readonly formatReason: string;
  /** Milliseconds since 1970 UTC, or null when nothing told the time. */
  readonly takenAtMs: number | null;
  readonly takenAtFrom: TakenAtSource | null;
  /** Pod, host or process the dump belongs to, when the input or its path names one. */
  readonly instance: string | null;
  /** What introduced the dump when it was no plain request: "SIGQUIT: quit", "panic: …", "fatal error: …". First line only. */
  readonly reason: string | null;
}

import type { SoFar } from './text/so-far.ts';
import type { Splitter } from './text/split-text.ts';

/** Keys and metrics that count goroutines, when the caller names no others. Matched whole, in any case. */
export const DEFAULT_COUNT_KEYS: readonly string[] = [
  'goroutines',
  'goroutine_count',
  'num_goroutine',
  'num_goroutines',
  'numgoroutine',
  'numgoroutines',
  'go_goroutines',
  'process.runtime.go.goroutines',
];

/** Bytes that what was read of one source may take, when the caller names no others: a tab that holds more is ended by browsers. */
export const MAX_MEMORY = 2 * 1024 ** 3;

/** How an input is read. */
export interface ReadOptions {
  /** Bytes of the source as given (packed) read so far. Starts again at 0 when a broken stream is read a second time. */
  readonly onProgress?: ((bytesRead: number) => void) | undefined;
  /** Told of what is read so far, where `wants` says so when a chunk was read. */
  readonly lookAt?: { readonly wants: () => boolean; readonly tell: (soFar: SoFar) => void } | undefined;
  /** Told when others read parts of the text: progress is then that of the first of so many bytes. */
  readonly onSplit?: ((ownBytes: number) => void) | undefined;
  /** Bytes of memory that what was read may take; what will take more is refused. Default: MAX_MEMORY. */
  readonly memoryBytes?: number | undefined;
  /** Asked before each chunk. */
  readonly isCancelled?: (() => boolean) | undefined;
  /** False reads lines as they stand, with everything a log put before them. Default true. */
  readonly unwrap?: boolean | undefined;
  /** Others who read parts of a large plain text at the same time. */
  readonly splitter?: Splitter | undefined;
  /** In place of DEFAULT_COUNT_KEYS. */
  readonly countKeys?: readonly string[] | undefined;
}

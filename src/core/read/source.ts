import type { unzstd } from './containers/unzstd.ts';

/** Bytes to read, as often as wanted. Chunks may be cut anywhere and are only valid until the next one is asked for. */
export interface ByteSource {
  readonly fileName: string;
  /** Path inside the dropped folder, else the file name. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Last change of the file, milliseconds since 1970 UTC; null for pasted text. */
  readonly modifiedMs: number | null;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** What reading needs from the platform. */
export interface Platform {
  readonly decodeText: (bytes: Uint8Array) => string;
  /** Streams the unpacked bytes; throws when the gzip stream is broken or has bytes after its end. */
  readonly gunzip: (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** As `unzstd`, elsewhere; left out where there is no other place. */
  readonly unzstd?: typeof unzstd;
}

import type { SourceRule } from '../core/source/link.ts';
/** The page's address, as far as the store may know it. */
export interface Address {
  /** What stands behind the "#". */
  readonly read: () => string;
  /** `isStep`: Back leads to what was there before; else it is replaced. */
  readonly write: (fragment: string, isStep: boolean) => void;
  /** Called when the user changes it: Back, Forward, a link opened in the same tab. */
  readonly onChange: (listener: () => void) => () => void;
}

/** An address that nobody sees. */
export const NO_ADDRESS: Address = { read: () => '', write: () => {}, onChange: () => () => {} };

/** How fetching an address ended. `why` is a sentence for people, with what to do. */
export type Fetched =
  | { readonly kind: 'file'; readonly file: Blob; readonly name: string; readonly modifiedMs: number | null }
  | { readonly kind: 'failed'; readonly why: string };

/** Fetches a file from an address, absolute or relative to the page. Never rejects, but for the signal. */
export type FetchFile = (
  address: string,
  options: {
    readonly signal: AbortSignal;
    /** `totalBytes` is 0 where the server does not say. */
    readonly onProgress: (bytesRead: number, totalBytes: number) => void;
  },
) => Promise<Fetched>;

/** Without a server nothing can be fetched. */
export const fetchNothing: FetchFile = async () => ({
  kind: 'failed',
  why: 'This page may fetch nothing. Fetch the file yourself and drop it here.',
});

/** Searches that the user keeps. */
export interface QueryShelf {
  readonly read: () => readonly string[];
  readonly write: (queries: readonly string[]) => void;
}

export const NO_QUERIES: QueryShelf = { read: () => [], write: () => {} };

/** What the user says of where code is read. */
export interface SourceShelf {
  readonly read: () => readonly SourceRule[];
  readonly write: (rules: readonly SourceRule[]) => void;
}

export const NO_SOURCES: SourceShelf = { read: () => [], write: () => {} };

/** Whether the user wants that what is open is kept for a reload. */
export interface KeepSetting {
  readonly read: () => boolean;
  readonly write: (on: boolean) => void;
}

export const KEEP_NOTHING: KeepSetting = { read: () => false, write: () => {} };

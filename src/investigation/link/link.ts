import type { View } from '../view.ts';

/** A dump as a link names it: the receiver may have to find the file. */
export interface LinkedDump {
  /** Of its content (DumpIdentity.fingerprint): tells whether a file that is opened holds it. */
  readonly hash: string;
  readonly goroutines: number;
  /** As it was called on the page. */
  readonly name: string;
}

/** What stands behind the # of the page's address. Browsers never send it to a server. */
export interface Link {
  /** Dumps by their place in `dumps`. */
  readonly view: View<number>;
  readonly dumps: readonly LinkedDump[];
  /** Addresses of dumps, or of folders of them (ending in "/"), absolute or relative to the page. */
  readonly sources: readonly string[];
  /** A saved investigation (encodeInvestigation); null when the link carries none. */
  readonly data: Uint8Array<ArrayBuffer> | null;
}

/** Of the links that are made; older ones can be opened. */
export const LINK_VERSION = 1;

export const LINK_LIMITS = {
  dumps: 500,
  sources: 100,
  /** Characters of an address, of a name, of a hash. */
  text: 2000,
  /** Characters without data: what a browser's address bar and history bear with ease. */
  characters: 200_000,
  /** Characters of data: Chromium takes addresses up to 2 MB, Firefox up to 1 MB. */
  data: 1_000_000,
} as const;

import type { Dump } from '../../model/dump.ts';

/** Why a line was passed over that is longer than what is kept of one. */
export const TOO_LONG = 'This line is over 4 MB long and was passed over.';

/** How a text ended, as its parts must know it. */
export interface TextEnd {
  /** True when bytes are known to be missing after the last one. */
  readonly cut: boolean;
  /** Bytes of the text. */
  readonly read: number;
  readonly endsInLineBreak: boolean;
}

/** A dump found in a text, before it is known how many of the text's bytes are its own. */
export interface TextPart {
  /** Of the first byte that belongs to it. The bytes up to the next part are its own, and those before the first are the first's. */
  readonly offset: number;
  /** `read`: its share of the text's bytes. `last`: no dump follows it. */
  readonly build: (read: number, last: boolean) => Dump;
}

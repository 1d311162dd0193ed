import { HEAD_BYTES, type Head } from './format.ts';
import { peek } from './peek.ts';
import type { Platform } from './source.ts';

/** A stream whose beginning was looked at. */
export interface Opened {
  readonly head: Head;
  /** True when there is no byte at all. */
  readonly empty: boolean;
  /** The whole stream, to be read once. */
  readonly all: AsyncIterable<Uint8Array>;
}

/** Looks at the beginning of unpacked bytes, on which their form and their wrapper are decided. */
export async function openHead(chunks: AsyncIterable<Uint8Array>, platform: Platform): Promise<Opened> {
  const { first, whole, all } = await peek(chunks, HEAD_BYTES);
  const bytes = first.subarray(0, HEAD_BYTES);
  const head: Head = { bytes, text: platform.decodeText(bytes), whole: whole && first.length <= HEAD_BYTES };
  return { head, empty: first.length === 0, all };
}

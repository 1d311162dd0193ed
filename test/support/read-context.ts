import type { ReadContext } from '../../src/core/read/format.ts';
import { DEFAULT_COUNT_KEYS } from '../../src/core/read/options.ts';

/** What a reader is told of a file nothing is known of. */
export function readContext(fileName = 'input'): ReadContext {
  const decoder = new TextDecoder();
  return {
    decodeText: (bytes) => decoder.decode(bytes),
    provenance: {
      fileName,
      path: fileName,
      fileBytes: 0,
      containers: [],
      entry: null,
      encoding: null,
      wrapper: null,
      lane: null,
      formatReason: '',
      takenAtMs: null,
      takenAtFrom: null,
      instance: null,
      reason: null,
    },
    origins: null,
    countKeys: DEFAULT_COUNT_KEYS,
  };
}

import type { ReadContext } from '../../src/core/read/format.ts';

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
      formatReason: '',
      takenAtMs: null,
      takenAtFrom: null,
      instance: null,
      reason: null,
    },
  };
}

import type { Dump } from '../core/model/dump.ts';

/** The buffers of all columns of dumps or parts of them, each once: what is transferred, not copied, to another thread. */
export function columnBuffers(dumps: readonly Pick<Dump, 'rows' | 'symbols'>[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { rows, symbols } of dumps) {
    for (const column of [...Object.values(rows), ...Object.values(symbols)]) {
      if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
    }
  }
  return [...buffers];
}

import type { Format } from '../../format.ts';
import { TracebackReader } from './reader.ts';

/**
 * Text that may hold goroutine blocks. A dump can begin far inside a log, so any text may be one: this format stands
 * last in the table and its reader answers when it met no goroutine.
 */
export const tracebackFormat: Format = {
  id: 'traceback',
  detect: () => 'it is text that may hold goroutine headers',
  createReader: (context) => new TracebackReader(context),
};

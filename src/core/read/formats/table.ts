import type { Format } from '../format.ts';
import { countProfileFormat } from './count-profile/format.ts';
import { pprofFormat } from './pprof/format.ts';
import { tracebackFormat } from './traceback/format.ts';

/** All forms a dump can have. The first that recognises the head reads the input, so the one that takes any text stands last. */
export const FORMATS: readonly Format[] = [pprofFormat, countProfileFormat, tracebackFormat];

import type { Forms } from '../read-source.ts';
import { expvarFormat, prometheusJsonFormat } from './count-log/documents.ts';
import { countLogWatch } from './count-log/watch.ts';
import { delveWatch } from './delve/watch.ts';
import { pprofFormat } from './pprof/format.ts';
import { raceWatch } from './race/watch.ts';

/** All forms an input can have besides tracebacks and profiles that count, which the text reader knows itself. */
export const FORMS: Forms = {
  documents: [pprofFormat, prometheusJsonFormat, expvarFormat],
  watches: [delveWatch, raceWatch, countLogWatch],
};

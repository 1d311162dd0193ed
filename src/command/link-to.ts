import type { Level } from '../core/group/levels.ts';
import type { Beside, NamedDump } from '../core/report/analyse.ts';
import { condense } from '../investigation/condense.ts';
import { formatLink } from '../investigation/link/format-link.ts';
import { LINK_LIMITS } from '../investigation/link/link.ts';
import { encodeInvestigation } from '../investigation/saved/encode.ts';
import { DEFAULT_VIEW } from '../investigation/view.ts';

/** A link to the page at `base` that opens what was analysed, with the grouped data behind "#"; a sentence when it would be too long. */
export function linkTo(base: string, dumps: readonly NamedDump[], level: Level, beside: Beside): string {
  const last = dumps.length - 1;
  const data = encodeInvestigation({
    dumps: dumps.map(({ name, dump }) => ({
      name,
      takenAtMs: dump.provenance.takenAtMs,
      takenAtFrom: dump.provenance.takenAtFrom,
      dump: condense(dump),
    })),
    counts: beside.countLogs,
    races: beside.races,
    notes: [],
    rules: [],
    marks: [],
    view: { ...DEFAULT_VIEW, level, dumpId: last, a: last > 0 ? 0 : null, b: last > 0 ? last : null },
  });
  const fragment = formatLink({ view: DEFAULT_VIEW, dumps: [], sources: [], data });
  return fragment.length > LINK_LIMITS.data
    ? `No link: it would have ${fragment.length.toLocaleString('en')} characters, more than browsers open. Name fewer files.`
    : `${base.replace(/#.*$/, '')}#${fragment}`;
}

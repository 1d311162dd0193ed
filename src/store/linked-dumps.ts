import { LINK_LIMITS, type Link, type LinkedDump } from '../investigation/link/link.ts';
import { renameDumps } from '../investigation/read-view.ts';
import type { DumpId } from '../worker/protocol.ts';
import type { AppState, DumpEntry } from './state.ts';

/** Dumps that a link names as they are called, the chosen ones first; of the others it has the content alone. */
const NAMED_DUMPS = 12;
/** Characters of a name in a link. */
const MAX_NAME = 120;

/** The link to what is looked at, of all dumps or of those in `dumpIds`; `carried` comes along. */
export function linkOf(
  { dumps, view }: Pick<AppState, 'dumps' | 'view'>,
  carried: Pick<Link, 'sources' | 'data'>,
  dumpIds: readonly DumpId[] | null = null,
): Link {
  const meant = dumps.filter(({ summary }) => dumpIds === null || dumpIds.includes(summary.id));
  const chosen = [view.dumpId, view.a, view.b];
  const isChosen = ({ summary }: DumpEntry): boolean => chosen.includes(summary.id);
  const first = chosenFirst(meant, isChosen);
  const linked = meant.length <= LINK_LIMITS.dumps ? meant : first.slice(0, LINK_LIMITS.dumps);
  const named = new Set(first.slice(0, NAMED_DUMPS));
  const places = new Map(linked.map(({ summary }, place) => [summary.id, place]));
  return {
    view: renameDumps(view, (id) => places.get(id) ?? null),
    dumps: linked.map((dump) => ({
      hash: dump.summary.identity.fingerprint,
      goroutines: dump.summary.goroutines,
      name: named.has(dump) ? dump.name.slice(0, MAX_NAME) : '',
    })),
    ...carried,
  };
}

/** Those that are chosen first, each part as it was. */
function chosenFirst<T>(all: readonly T[], isChosen: (one: T) => boolean): readonly T[] {
  return [...all.filter(isChosen), ...all.filter((one) => !isChosen(one))];
}

/**
 * The open dump that each dump of a link is, by content, or null. Dumps that are alike (two moments of an idle program) are
 * taken in their order.
 */
export function findLinked(linked: readonly LinkedDump[], dumps: readonly DumpEntry[]): readonly (DumpId | null)[] {
  const left = new Map<string, DumpId[]>();
  for (const { summary } of dumps) {
    const { fingerprint } = summary.identity;
    left.set(fingerprint, [...(left.get(fingerprint) ?? []), summary.id]);
  }
  return linked.map(({ hash }) => left.get(hash)?.shift() ?? null);
}

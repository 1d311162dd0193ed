import type { ChangeKind } from '../../core/compare/comparison.ts';
import { matchesRow } from '../../core/query/match-row.ts';
import type { Series, SeriesTable } from '../../core/trend/series.ts';
import { rowQuery } from '../../store/selectors.ts';
import type { DumpEntry } from '../../store/state.ts';
import { changeKind } from '../../ui/Change.tsx';
import type { KindSum } from './change-rows.ts';

/** Per dump the place of the one before it that may be of the same process, or -1. */
export type Before = readonly number[];

/** For every dump the one before it: of its instance, or one that names none. */
export function placesBefore(dumps: readonly DumpEntry[]): Before {
  const last = new Map<string, number>();
  let lastOfAny = -1;
  let lastUnnamed = -1;
  return dumps.map(({ summary }, place) => {
    const { instance } = summary.provenance;
    const before = instance === null ? lastOfAny : Math.max(last.get(instance) ?? -1, lastUnnamed);
    if (instance === null) lastUnnamed = place;
    else last.set(instance, place);
    lastOfAny = place;
    return before;
  });
}

/** The first and the last dump of one line of dumps: the one that ends with the last dump of all. */
export function endsOf(before: Before): { readonly first: number; readonly last: number } {
  const last = before.length - 1;
  let first = last;
  for (let place = before[first] ?? -1; place >= 0; place = before[place] ?? -1) first = place;
  return { first, last };
}

/** Rows of the matrix. In every dump `total` is what `shown` and `rest` sum to. */
export interface Matrix {
  readonly shown: readonly Series[];
  /** Goroutines of all groups without a row. */
  readonly rest: readonly number[];
  /** Groups that have no row because of the search, the kinds or the marks. */
  readonly hidden: number;
  /** Groups that were not counted one by one. */
  readonly others: number;
}

/** Kind of change of a group from the first to the last dump. */
export function kindOf({ counts }: Pick<Series, 'counts'>, first: number, last: number): ChangeKind {
  return changeKind(counts[first] ?? 0, counts[last] ?? 0);
}

/** The rows to show: those that the search finds by name, state and count, of these kinds, of which `isWanted` holds by key. */
export function matrixOf(
  table: SeriesTable,
  { first, last }: { readonly first: number; readonly last: number },
  kinds: readonly ChangeKind[],
  search: string,
  isWanted: (key: string) => boolean = () => true,
): Matrix {
  const query = rowQuery(search);
  const shown = table.series.filter((series) => {
    if (!isWanted(series.key)) return false;
    if (kinds.length > 0 && !kinds.includes(kindOf(series, first, last))) return false;
    if (query === null) return true;
    const [place = '', state = ''] = series.name.toLowerCase().split(' → ');
    const count = Math.max(series.counts[first] ?? 0, series.counts[last] ?? 0);
    return matchesRow(query, {
      name: series.name.toLowerCase(),
      state: state === '' ? place : state,
      created: '',
      count,
    });
  });
  const rest = [...table.total];
  for (const { counts } of shown) {
    counts.forEach((count, place) => {
      rest[place] = (rest[place] ?? 0) - count;
    });
  }
  return { shown, rest, hidden: table.series.length - shown.length, others: table.otherGroups };
}

/** Groups by kind of change from the first to the last dump, in the order of the chips. */
export function sumSeriesByKind(
  table: SeriesTable,
  { first, last }: { readonly first: number; readonly last: number },
): KindSum[] {
  const order: readonly ChangeKind[] = ['added', 'grew', 'shrank', 'gone', 'same'];
  return order.map((kind) => {
    const those = table.series.filter((series) => kindOf(series, first, last) === kind);
    const difference = those.reduce((sum, { counts }) => sum + (counts[last] ?? 0) - (counts[first] ?? 0), 0);
    return { kind, groups: those.length, difference };
  });
}

/** "123 other groups", "12 groups that do not match, 123 other groups". */
export function restName({ hidden, others }: Matrix): string {
  const groups = (count: number) => (count === 1 ? 'group' : 'groups');
  const parts = [
    ...(hidden > 0 ? [`${hidden} ${groups(hidden)} that ${hidden === 1 ? 'does' : 'do'} not match`] : []),
    ...(others > 0 ? [`${others.toLocaleString('en-GB')} other ${groups(others)}`] : []),
  ];
  return parts.join(', ');
}

import { CHANGE_KINDS, FATES } from '../core/compare/comparison.ts';
import { LEVELS } from '../core/group/levels.ts';
import { PHASES } from '../core/trend/phase.ts';
import { Fields, flag, listOf, oneOf, orNull, type Read, text, wholeNumber } from '../core/triage/fields.ts';
import {
  CHANGE_COLUMNS,
  COMPARE_MODES,
  GROUP_COLUMNS,
  MARK_FILTERS,
  MAX_TITLE,
  type Sort,
  TABS,
  type View,
} from './view.ts';

/** Characters of a search that count. */
export const MAX_SEARCH = 1000;
/** Characters of a group's key (core/group/content-hash.ts gives far fewer). */
const MAX_KEY = 200;
const MAX_STATES = 200;
const MAX_STATE = 200;
/** A limit on goroutines that a user gives: more than any machine holds. */
const MAX_LIMIT = 1e9;

function sortBy<const C extends string>(columns: readonly C[]): Read<Sort<C>> {
  return (value, path) => {
    const fields = new Fields(value, path, ['column', 'descending']);
    return { column: fields.need('column', oneOf(columns)), descending: fields.need('descending', flag) };
  };
}

/** A view from outside, whose dumps are known by their place among `dumps`. Throws a FieldError. */
export function readView(dumps: number): Read<View<number>> {
  const place = wholeNumber(0, dumps - 1);
  const phase: Read<View<number>['phases'][number]> = (value, path) => {
    const fields = new Fields(value, path, ['dump', 'phase']);
    return [fields.need('dump', place), fields.need('phase', oneOf(PHASES))];
  };
  return (value, path) => {
    const fields = new Fields(value, path, [
      'title',
      'tab',
      'dump',
      'level',
      'search',
      'states',
      'groupSort',
      'groupKey',
      'a',
      'b',
      'changeSort',
      'changeKinds',
      'compareMode',
      'fate',
      'phases',
      'limit',
      'showExpected',
      'marks',
      'onlySuspects',
    ]);
    return {
      title: fields.need('title', text(MAX_TITLE, 0)),
      tab: fields.need('tab', oneOf(TABS)),
      dumpId: fields.need('dump', orNull(place)),
      level: fields.need('level', oneOf(LEVELS)),
      search: fields.need('search', text(MAX_SEARCH, 0)),
      states: fields.need('states', listOf(text(MAX_STATE, 0), MAX_STATES)),
      groupSort: fields.need('groupSort', sortBy(GROUP_COLUMNS)),
      groupKey: fields.need('groupKey', orNull(text(MAX_KEY))),
      a: fields.need('a', orNull(place)),
      b: fields.need('b', orNull(place)),
      changeSort: fields.need('changeSort', sortBy(CHANGE_COLUMNS)),
      changeKinds: fields.need('changeKinds', listOf(oneOf(CHANGE_KINDS), CHANGE_KINDS.length)),
      compareMode: fields.need('compareMode', oneOf(COMPARE_MODES)),
      fate: fields.need('fate', orNull(oneOf(FATES))),
      phases: fields.need('phases', listOf(phase, dumps)),
      limit: fields.need('limit', orNull(wholeNumber(1, MAX_LIMIT))),
      showExpected: fields.need('showExpected', orNull(flag)),
      marks: fields.need('marks', listOf(oneOf(MARK_FILTERS), MARK_FILTERS.length)),
      onlySuspects: fields.need('onlySuspects', flag),
    };
  };
}

/** The view as `readView` takes it. */
export function toViewDocument({ dumpId, phases, ...rest }: View<number>): Readonly<Record<string, unknown>> {
  return { ...rest, dump: dumpId, phases: phases.map(([dump, phase]) => ({ dump, phase })) };
}

/** The same view with dumps named otherwise; a dump that `name` does not know is no longer chosen. */
export function renameDumps<D, E>(view: View<D>, name: (dump: D) => E | null): View<E> {
  const of = (dump: D | null): E | null => (dump === null ? null : name(dump));
  return {
    ...view,
    dumpId: of(view.dumpId),
    a: of(view.a),
    b: of(view.b),
    phases: view.phases.flatMap(([dump, phase]) => {
      const named = name(dump);
      return named === null ? [] : [[named, phase] as const];
    }),
  };
}

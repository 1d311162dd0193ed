import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHANGE_KINDS, type ChangeKind, type Comparison } from '../../src/core/compare/comparison.ts';
import { textAt } from '../../src/core/group/text-column.ts';
import { INITIAL_STATE } from '../../src/store/initial-state.ts';
import { orderRows } from '../../src/store/row-order.ts';
import {
  selectChangeRows,
  selectChosenDump,
  selectGroupRows,
  selectPreviousCount,
  selectShown,
  selectStates,
} from '../../src/store/selectors.ts';
import type { AppState, ChangeColumn, GroupColumn } from '../../src/store/state.ts';
import { tableOf } from './harness.ts';

const TABLE = tableOf([
  ['orders.publish', 9, 'chan send'],
  ['main.loop', 5, 'select'],
  ['net.read', 5, 'IO wait'],
  ['main.main', 1, 'running'],
]);
const PREVIOUS = Float64Array.of(2, 6, 5, 0);

/** A state with this table on show. */
function stateWith(change: Partial<AppState['view']> = {}, matches: Uint32Array | null = null): AppState {
  return {
    ...INITIAL_STATE,
    view: { ...INITIAL_STATE.view, ...change },
    groups: { status: 'ready', value: { table: TABLE, previousCount: PREVIOUS }, error: null },
    matches: { status: matches === null ? 'none' : 'ready', value: matches, error: null },
  };
}

const shownNames = (state: AppState) => [...selectGroupRows(state)].map((row) => textAt(TABLE.name, row));
const sorted = (column: GroupColumn, descending: boolean) =>
  shownNames(stateWith({ groupSort: { column, descending } })).map((name) => name!.split('.')[1]);

describe('sorting rows', () => {
  test('agrees with a plain stable sort, for any numbers and either way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }))),
        fc.boolean(),
        (values, down) => {
          const column = Float64Array.from(values);
          const plain = Array.from(column.keys()).sort((a, b) => {
            const difference = column[a]! < column[b]! ? -1 : column[a]! > column[b]! ? 1 : 0;
            return (down ? -difference : difference) || a - b;
          });
          expect([...orderRows(column, column.length, down)]).toEqual(plain);
        },
      ),
    );
  });

  test('agrees with a plain stable sort for any texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), fc.boolean(), (column, down) => {
        const plain = Array.from(column.keys()).sort((a, b) => {
          const difference = column[a]! < column[b]! ? -1 : column[a]! > column[b]! ? 1 : 0;
          return (down ? -difference : difference) || a - b;
        });
        expect([...orderRows(column, column.length, down)]).toEqual(plain);
      }),
    );
  });

  test('is fast with 100,000 rows', () => {
    const counts = Float64Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 99_991);
    const names = Array.from(counts, (count) => `pkg.function${count}`);
    const started = performance.now();
    orderRows(counts, counts.length, true);
    orderRows(names, names.length, false);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe('rows of the group table', () => {
  test.each([
    ['count', true, ['publish', 'loop', 'read', 'main']],
    ['count', false, ['main', 'loop', 'read', 'publish']],
    ['share', true, ['publish', 'loop', 'read', 'main']],
    ['change', true, ['publish', 'main', 'read', 'loop']],
    ['name', false, ['loop', 'main', 'read', 'publish']],
    ['state', false, ['read', 'publish', 'main', 'loop']],
    ['wait', true, ['read', 'loop', 'main', 'publish']],
    ['createdBy', false, ['publish', 'read', 'loop', 'main']],
  ] as const)('sorted by %s, descending %s', (column, descending, order) => {
    expect(sorted(column, descending)).toEqual(order);
  });

  test('are those that match the search and are in a chosen state', () => {
    expect(shownNames(stateWith({}, Uint32Array.of(1, 3)))).toEqual(['main.loop', 'main.main']);
    expect(shownNames(stateWith({ states: ['running', 'chan send'] }))).toEqual(['orders.publish', 'main.main']);
    expect(shownNames(stateWith({ states: ['running'] }, Uint32Array.of(1)))).toEqual([]);
  });

  test('are counted, shown and all', () => {
    expect(selectShown(stateWith({}, Uint32Array.of(0, 3)))).toEqual({
      goroutines: 10,
      allGoroutines: 20,
      groups: 2,
      allGroups: 4,
      folded: { goroutines: 0, groups: 0 },
    });
    expect(selectShown(INITIAL_STATE)).toBeNull();
  });

  test('are counted by state', () => {
    expect(selectStates(stateWith()).map(({ state, goroutines }) => [state, goroutines])).toEqual([
      ['chan send', 9],
      ['IO wait', 5],
      ['select', 5],
      ['running', 1],
    ]);
  });

  test('know what the chosen group had before', () => {
    expect(selectPreviousCount(stateWith({ groupKey: 'key main.loop' }))).toBe(6);
    expect(selectPreviousCount(stateWith({ groupKey: 'elsewhere' }))).toBeNull();
    expect(selectPreviousCount(stateWith())).toBeNull();
  });
});

describe('rows of the comparison', () => {
  const kinds: ChangeKind[] = ['grew', 'added', 'shrank', 'gone', 'same'];
  const comparison = {
    changes: {
      level: 'exact',
      length: 5,
      key: ['1', '2', '3', '4', '5'],
      name: ['orders.publish', 'main.new', 'main.loop', 'main.old', 'net.read'],
      before: Float64Array.of(2, 0, 9, 3, 5),
      after: Float64Array.of(9, 4, 8, 0, 5),
      kind: Uint8Array.from(kinds, (kind) => CHANGE_KINDS.indexOf(kind)),
      state: ['chan send', 'select', 'select', 'unknown', 'IO wait'],
      inferredState: ['', '', '', 'chan send', ''],
      createdBy: ['orders.New', '', '', '', ''],
      fates: {
        stuck: Float64Array.of(2, 0, 5, 0, 4),
        movedIn: Float64Array.of(0, 1, 0, 0, 0),
        movedOut: Float64Array.of(0, 0, 2, 0, 0),
        born: Float64Array.of(7, 3, 3, 0, 1),
        left: Float64Array.of(0, 0, 2, 3, 1),
      },
    },
  } as unknown as Comparison;
  const withView = (change: Partial<AppState['view']>): AppState => ({
    ...INITIAL_STATE,
    view: { ...INITIAL_STATE.view, ...change },
    comparison: { status: 'ready', value: comparison, error: null },
  });
  const rows = (change: Partial<AppState['view']>) => [...selectChangeRows(withView(change))];

  test.each([
    ['delta', true, [0, 1, 4, 2, 3]],
    ['before', true, [2, 4, 3, 0, 1]],
    ['after', false, [3, 1, 4, 2, 0]],
    ['name', false, [2, 1, 3, 4, 0]],
    ['state', false, [4, 0, 3, 1, 2]],
    ['kind', false, [1, 3, 0, 2, 4]],
    ['stuck', true, [2, 4, 0, 1, 3]],
    ['born', true, [0, 1, 2, 4, 3]],
    ['moved', true, [2, 1, 0, 3, 4]],
    ['left', true, [3, 2, 4, 0, 1]],
  ] as const)('sorted by %s, descending %s', (column: ChangeColumn, descending, order) => {
    expect(rows({ changeSort: { column, descending } })).toEqual(order);
  });

  test.each([
    [{ changeKinds: ['added', 'grew'] as ChangeKind[] }, [0, 1]],
    [{ search: 'MAIN' }, [1, 2, 3]],
    [{ search: 'main select' }, [1, 2]],
    [{ search: 'orders.new' }, [0]],
    [{ search: 'chan send' }, [0, 3]],
    [{ search: 'main', changeKinds: ['gone'] as ChangeKind[] }, [3]],
    [{ search: 'nothing' }, []],
  ])('%j shows rows %j', (change, wanted) => {
    expect(rows(change)).toEqual(wanted);
  });

  test('sorted by fates that are unknown stand by their change', () => {
    const unknown = { ...comparison, changes: { ...comparison.changes, fates: null } };
    const state = withView({ changeSort: { column: 'stuck', descending: true } });
    const rowsOf = (value: Comparison) => [
      ...selectChangeRows({ ...state, comparison: { status: 'ready', value, error: null } }),
    ];
    expect(rowsOf(unknown)).toEqual([0, 1, 4, 2, 3]);
    expect(rowsOf(comparison)).toEqual([2, 4, 0, 1, 3]);
  });

  test('are none without a comparison', () => {
    expect([...selectChangeRows(INITIAL_STATE)]).toEqual([]);
  });
});

describe('every selector', () => {
  test('answers with the same thing while nothing it depends on has changed', () => {
    const state = stateWith({ search: 'x' }, Uint32Array.of(0, 1));
    const later: AppState = { ...state, notices: [], view: { ...state.view, tab: 'timeline', groupKey: 'k' } };
    for (const select of [selectGroupRows, selectShown, selectStates, selectChangeRows, selectChosenDump]) {
      expect(select(later)).toBe(select(state));
    }
    const resorted: AppState = {
      ...state,
      view: { ...state.view, groupSort: { column: 'name', descending: false } },
    };
    expect(selectGroupRows(resorted)).not.toBe(selectGroupRows(state));
  });
});

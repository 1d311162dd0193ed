import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { SeriesTable } from '../../../src/core/trend/series.ts';
import type { MarkedGroup, MarkKind } from '../../../src/core/triage/marks.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import type { ViewState } from '../../../src/store/state.ts';
import { CompareTab } from '../../../src/views/compare/CompareTab.tsx';
import { comparisonOf } from '../support/comparisons.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1000, 800);

const [a, b] = [dumpId('a'), dumpId('b')];
const dumps = [
  dumpEntry({ summary: dumpSummary({ id: a, name: 'before.txt', goroutines: 6 }) }),
  dumpEntry({ summary: dumpSummary({ id: b, name: 'after.txt', goroutines: 13 }) }),
];
const comparison = comparisonOf([
  { name: 'main.publish', before: 2, after: 9 },
  { name: 'main.loop', before: 3, after: 3 },
  { name: 'main.done', before: 1, after: 0 },
  { name: 'main.idle', before: 0, after: 1 },
]);
const table: SeriesTable = {
  level: 'exact',
  total: [6, 13],
  fit: null,
  series: [
    { key: 'key of main.publish', name: 'main.publish', counts: [2, 9], fit: null },
    { key: 'key of main.loop', name: 'main.loop', counts: [3, 3], fit: null },
    { key: 'key of main.done', name: 'main.done', counts: [1, 0], fit: null },
    { key: 'key of main.idle', name: 'main.idle', counts: [0, 1], fit: null },
  ],
  otherGroups: 0,
};
const markedOf = (marks: Readonly<Record<string, MarkKind>>): readonly MarkedGroup[] =>
  Object.entries(marks).map(([name, mark]) => ({ key: `key of ${name}`, mark, markId: name }));
const MARKED = markedOf({ 'main.publish': 'suspect', 'main.loop': 'expected', 'main.done': 'expected' });

function show(view: Partial<ViewState>, marked: readonly MarkedGroup[] = MARKED) {
  return renderOver(
    {
      dumps,
      view: { ...INITIAL_VIEW, tab: 'compare', a, b, dumpId: b, ...view },
      comparison: { status: 'ready', value: comparison, error: null },
      series: { status: 'ready', value: table, error: null },
      marked: { status: 'ready', value: marked, error: null },
    },
    <CompareTab />,
  );
}

const chips = () => screen.findByRole('group', { name: 'Marks to show' });

describe.each([
  { mode: 'changes', grid: 'Changes from A to B', where: 'in B', shown: 'Totals' },
  { mode: 'sides', grid: 'A and B side by side', where: 'in B', shown: 'Totals' },
  { mode: 'matrix', grid: 'Groups over all dumps', where: 'in the last dump', shown: 'Shown' },
] as const)('compared as $mode', ({ mode, grid, where, shown }) => {
  const namesIn = async () => {
    const rows = within(await screen.findByRole('grid', { name: grid })).getAllByRole('row');
    return ['main.publish', 'main.loop', 'main.done', 'main.idle'].filter((name) =>
      rows.some((row) => row.textContent.includes(name)),
    );
  };

  test('marks are counted, and a chip filters by one', async () => {
    const user = userEvent.setup();
    const { actions } = show({ compareMode: mode });
    const buttons = within(await chips()).getAllByRole('button');
    expect(buttons.map((button) => button.textContent)).toEqual(['○ Expected 2', '! Suspect 1', 'Unmarked 1']);
    expect(buttons.map((button) => button.title)).toEqual([
      `3 goroutines ${where} in 2 groups`,
      `9 goroutines ${where} in 1 group`,
      `1 goroutine ${where} in 1 group`,
    ]);
    await user.click(buttons[1]!);
    expect(actions.choose).toHaveBeenLastCalledWith({ marks: ['suspect'] });
  });

  test.each([
    [['suspect'], null, ['main.publish']],
    [['expected', 'unmarked'], null, ['main.loop', 'main.done', 'main.idle']],
    // Whoever was led to the chosen group must see it.
    [['suspect'], 'key of main.idle', ['main.publish', 'main.idle']],
    [['done'], null, []],
  ] as const)('only groups marked %j are listed, and the chosen one (%s)', async (marks, groupKey, names) => {
    show({ compareMode: mode, marks, groupKey });
    expect(await namesIn()).toEqual(names);
    expect(screen.getByRole('status', { name: shown })).toHaveTextContent(`${names.length} of 4 groups shown`);
  });

  test('“show all” takes the filter by mark away with the others', async () => {
    const user = userEvent.setup();
    const { actions } = show({ compareMode: mode, marks: ['suspect'] });
    await user.click(
      within(await screen.findByRole('status', { name: shown })).getByRole('button', { name: 'show all' }),
    );
    expect(actions.choose).toHaveBeenLastCalledWith({ changeKinds: [], search: '', marks: [] });
  });

  test('a filter whose marks are gone can still be taken away', async () => {
    const user = userEvent.setup();
    const { actions } = show({ compareMode: mode, marks: ['done'] }, []);
    await user.click(within(await chips()).getByRole('button', { name: 'show all marks' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ marks: [] });
  });

  test('without a mark there are no chips', async () => {
    show({ compareMode: mode }, []);
    await screen.findByRole('grid', { name: grid });
    expect(screen.queryByRole('group', { name: 'Marks to show' })).toBeNull();
  });
});

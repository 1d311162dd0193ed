import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import type { AppState, ViewState } from '../../../src/store/state.ts';
import { GroupView } from '../../../src/views/stack/GroupView.tsx';
import { comparisonOf, framePair, stackPair } from '../support/comparisons.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { groupDetail } from '../support/groups.ts';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';

const [a, b] = [dumpId('a'), dumpId('b')];
const summaries = {
  a: dumpSummary({ id: a, name: 'before.txt' }),
  b: dumpSummary({ id: b, name: 'after.txt' }),
};
const NAME = 'main.work → chan send';
const KEY = `key of ${NAME}`;
const comparison: AppState['comparison'] = {
  status: 'ready',
  value: comparisonOf([{ name: NAME, before: 4025, after: 4826, fates: [4011, 3, 0, 812, 14] }]),
  error: null,
};
const goroutine = (row: number, fate: 'stuck' | 'born') => ({
  row,
  id: 100 + row,
  weight: 1,
  state: 'chan send',
  waitMinutes: null,
  creatorId: null,
  lockedToThread: false,
  leaked: false,
  fate,
});
const inB = groupDetail({
  key: KEY,
  name: NAME,
  count: 4826,
  goroutines: [goroutine(0, 'stuck'), goroutine(1, 'born')],
  rowCount: 2,
  fates: [
    ['stuck', 4011],
    ['moved', 3],
    ['born', 812],
  ],
});

function show(view: Partial<ViewState> = {}, detail = inB, over: Partial<AppState> = {}) {
  const summary = view.dumpId === a ? summaries.a : summaries.b;
  return renderOver(
    {
      dumps: [dumpEntry({ summary: summaries.a }), dumpEntry({ summary: summaries.b })],
      view: { ...INITIAL_VIEW, tab: 'compare', a, b, dumpId: b, groupKey: KEY, ...view },
      comparison,
      ...over,
    },
    <GroupView detail={detail} summary={summary} dumpName={summary.name} onClose={() => undefined} />,
  );
}

const chips = () => screen.getByRole('group', { name: /^Against/ });

describe('fates of the goroutines of a group', () => {
  test('are chips with counts, against a dump that is named, and a word in every row', () => {
    show();
    expect(chips()).toHaveAccessibleName('Against before.txt');
    expect(
      within(chips())
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['stuck 4,011', 'moved 3', 'born 812', 'left 14']);
    const rows = within(screen.getByRole('region', { name: 'Goroutines' })).getAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual(['goroutine 100stuck', 'goroutine 101born']);
  });

  test('filter the list, and the same chip shows all again', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    await user.click(within(chips()).getByRole('button', { name: 'stuck 4,011' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ fate: 'stuck', groupKey: KEY });
  });

  test('a chosen one is pressed and lets go', async () => {
    const user = userEvent.setup();
    const { actions } = show({ fate: 'born' });
    const born = within(chips()).getByRole('button', { name: 'born 812' });
    expect(born).toHaveAttribute('aria-pressed', 'true');
    await user.click(born);
    expect(actions.choose).toHaveBeenLastCalledWith({ fate: null });
  });

  test('those that left are listed in A, those born in B', async () => {
    const user = userEvent.setup();
    const { actions } = show();
    await user.click(within(chips()).getByRole('button', { name: 'left 14' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ fate: 'left', groupKey: KEY, dumpId: a });
  });

  test('from A lead to those born in B', async () => {
    const user = userEvent.setup();
    const inA = { ...inB, fates: [['stuck', 4011] as const, ['left', 14] as const] };
    const { actions } = show({ dumpId: a }, inA);
    expect(chips()).toHaveAccessibleName('Against after.txt');
    await user.click(within(chips()).getByRole('button', { name: 'born 812' }));
    expect(actions.choose).toHaveBeenLastCalledWith({ fate: 'born', groupKey: KEY, dumpId: b });
  });

  test('outside of the comparison are against the dump before, which has no list here', () => {
    show({ tab: 'groups' });
    expect(chips()).toHaveAccessibleName('Against before.txt');
    expect(within(chips()).queryByRole('button', { name: /left/ })).toBeNull();
  });

  test('a chosen fate of no goroutine stays in sight', () => {
    show({ tab: 'groups', fate: 'left' });
    expect(within(chips()).getByRole('button', { name: 'left 0' })).toHaveAttribute('aria-pressed', 'true');
  });

  test('that are unknown are said to be, with the reason', () => {
    const plain = comparisonOf([{ name: NAME, before: 4025, after: 4826 }]);
    show({}, { ...inB, fates: null }, { comparison: { ...comparison, value: plain } });
    expect(screen.queryByRole('group', { name: /^Against/ })).toBeNull();
    expect(screen.getByText(/Ids were not compared/)).toHaveTextContent(
      'Ids were not compared with those of before.txt. The pprof form prints no goroutine ids.',
    );
  });
});

describe('stacks that differ between A and B', () => {
  const answer = (pair: ReturnType<typeof stackPair>): Partial<AppState> => ({
    stackPair: { status: 'ready', value: pair, error: null },
  });
  const differing = stackPair(KEY, [framePair('main.work', 88, 91), framePair('main.retry', 0, 5)]);

  test('stand in the panel as one list with marks', () => {
    show({}, inB, answer(differing));
    const block = screen.getByRole('region', { name: 'Stack in A and B' });
    const [work, retry, creator] = within(block).getAllByRole('listitem');
    expect(work).toHaveTextContent('≠ line 88 → 91main.work');
    expect(retry).toHaveTextContent('+ only in Bmain.retry');
    expect(creator).toHaveTextContent(/^created bymain\.serve/);
  });

  test('need no words when they are the same, or where the tab itself shows the pair', () => {
    show({}, inB, answer(stackPair(KEY, [framePair('main.work', 88, 88)])));
    expect(screen.queryByRole('region', { name: 'Stack in A and B' })).toBeNull();
  });

  test('are not shown twice', () => {
    show({ compareMode: 'sides' }, inB, answer(differing));
    expect(screen.queryByRole('region', { name: 'Stack in A and B' })).toBeNull();
  });
});

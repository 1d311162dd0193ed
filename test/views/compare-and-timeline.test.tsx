import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { CHANGE_KINDS, type Comparison } from '../../src/core/compare/comparison.ts';
import { withLayout } from './support/layout.ts';
import { openDumps, renderApp } from './support/render-app.tsx';
import { dumpId, dumpSummary } from './support/summaries.ts';

withLayout(1400, 800);

const summary = (word: string, goroutines: number, minute: number) => {
  const plain = dumpSummary({ id: dumpId(word), name: `${word}.txt`, goroutines });
  const takenAtMs = Date.UTC(2026, 10, 23, 2, minute, 3);
  return { ...plain, provenance: { ...plain.provenance, takenAtMs, takenAtFrom: 'file-name' as const } };
};
const before = summary('before', 1235, 27);
const after = summary('after', 8733, 41);

const comparison: Comparison = {
  level: 'exact',
  goroutinesBefore: 1235,
  goroutinesAfter: 8733,
  changes: {
    level: 'exact',
    length: 3,
    key: ['k0', 'k1', 'k2'],
    name: ['main.work → chan send', 'main.burst → select', 'main.done → IO wait'],
    before: Float64Array.from([1203, 0, 32]),
    after: Float64Array.from([8702, 31, 0]),
    kind: Uint8Array.from([CHANGE_KINDS.indexOf('grew'), CHANGE_KINDS.indexOf('added'), CHANGE_KINDS.indexOf('gone')]),
    state: ['chan send', 'select', 'IO wait'],
    inferredState: ['', '', ''],
    createdBy: ['main.main', '', ''],
    fates: {
      stuck: Float64Array.from([1180, 0, 0]),
      movedIn: Float64Array.from([10, 0, 0]),
      movedOut: Float64Array.from([10, 0, 0]),
      born: Float64Array.from([7512, 31, 0]),
      left: Float64Array.from([13, 0, 32]),
    },
  },
  ids: { survived: 1190, sameStack: 1180, left: 45, born: 7543 },
  idsWhyNot: '',
  caveats: [],
};

async function openCompare(answer: Comparison = comparison) {
  const user = userEvent.setup();
  const { client } = renderApp({ compare: () => answer });
  await openDumps(client, [before, after]);
  await user.click(await screen.findByRole('tab', { name: 'Compare' }));
  const grid = await screen.findByRole('grid', { name: /Changes/ });
  return { user, client, grid };
}

const names = (grid: HTMLElement) =>
  within(grid)
    .getAllByRole('row')
    .slice(1)
    .map((row) => /main\.\w+/.exec(row.textContent ?? '')?.[0]);

test('a change has both counts, sign and word, and the totals add up', async () => {
  const { grid } = await openCompare();
  const rows = within(grid).getAllByRole('row').slice(1);
  expect(rows[0]).toHaveTextContent(
    /\+7,499 ?grown ?1,203 ?8,702 ?1,180 ?7,512 ?\+10\u221210 ?13 ?main\.work → chan send/,
  );
  expect(rows[1]).toHaveTextContent(/\+31 ?new ?0 ?31/);
  expect(rows[2]).toHaveTextContent(/\u221232 ?gone ?32 ?0/);
  expect(screen.getByRole('status', { name: 'Totals' })).toHaveTextContent(
    'A 1,235 +31 new +7,499 grown \u221232 gone = B 8,733',
  );
});

test('the comparison by id is a sentence whose parts sum up to both totals', async () => {
  await openCompare();
  expect(screen.getByText(/By goroutine id/)).toHaveTextContent(
    'A 1,235 = 1,190 survived (1,180 stuck, 10 moved) + 45 left; B 8,733 = 1,190 survived + 7,543 born',
  );
});

test('where ids cannot be compared, the reason stands instead', async () => {
  await openCompare({
    ...comparison,
    changes: { ...comparison.changes, fates: null },
    ids: null,
    idsWhyNot: 'The pprof form prints no goroutine ids.',
  });
  expect(screen.getByText(/ids were not compared/)).toHaveTextContent('The pprof form prints no goroutine ids.');
});

test('kinds of change filter the rows', async () => {
  const { user, grid } = await openCompare();
  await user.click(screen.getByRole('button', { name: /^gone 1/ }));
  expect(names(grid)).toEqual(['main.done']);
  expect(screen.getByRole('button', { name: /^gone 1/ })).toHaveAttribute('aria-pressed', 'true');
  await user.click(screen.getByRole('button', { name: 'show all' }));
  expect(names(grid)).toHaveLength(3);
});

test('A and B can be swapped and chosen', async () => {
  const { user, client } = await openCompare();
  expect(screen.getByRole('combobox', { name: /^A,/ })).toHaveDisplayValue(/before\.txt/);
  await user.click(screen.getByRole('button', { name: 'Swap A and B' }));
  expect(screen.getByRole('combobox', { name: /^A,/ })).toHaveDisplayValue(/after\.txt/);
  await waitFor(() =>
    expect(client.asked.at(-1)).toEqual({
      method: 'compare',
      args: expect.objectContaining({ a: after.id, b: before.id }),
    }),
  );
});

test('a row opens in the dump that still has it', async () => {
  const { user, client, grid } = await openCompare();
  const asked = () => client.asked.filter(({ method }) => method === 'group').map(({ args }) => args);
  await user.click(within(grid).getByText('main.work → chan send'));
  await waitFor(() => expect(asked()).toContainEqual(expect.objectContaining({ dumpId: after.id, key: 'k0' })));
  await user.click(within(grid).getByText('main.done → IO wait'));
  await waitFor(() => expect(asked()).toContainEqual(expect.objectContaining({ dumpId: before.id, key: 'k2' })));
});

test('one dump is not compared but told what to take next', async () => {
  const user = userEvent.setup();
  const { client } = renderApp();
  await openDumps(client, [before]);
  await user.click(await screen.findByRole('tab', { name: 'Compare' }));
  expect(screen.getByText('Drop a second dump to compare')).toBeVisible();
  expect(screen.getByText(/curl -s .*debug=2' > after\.txt/)).toBeVisible();
  await user.click(screen.getByRole('tab', { name: 'Timeline' }));
  expect(screen.getByText('One dump is one point')).toBeVisible();
});

test('the timeline has its numbers as a table, in which times can be changed and dumps chosen', async () => {
  const user = userEvent.setup();
  const { client } = renderApp({
    series: () => ({
      level: 'exact',
      total: [1235, 8733],
      series: [{ key: 'k0', name: 'main.work → chan send', counts: [1203, 8702], fit: null }],
      fit: null,
      otherGroups: 2,
    }),
  });
  await openDumps(client, [before, after]);
  await user.click(await screen.findByRole('tab', { name: 'Timeline' }));
  const table = await screen.findByRole('table', { name: 'Goroutines over the dumps' });
  const rows = within(table).getAllByRole('row');
  expect(rows[0]).toHaveTextContent('main.work → chan send');
  expect(rows[1]).toHaveTextContent(/before\.txt1,2351,203/);
  expect(rows[2]).toHaveTextContent(/after\.txt8,733\+7,4988,702\+7,499/);

  await user.click(within(table).getByRole('button', { name: 'before.txt' }));
  expect(within(table).getByRole('button', { name: 'before.txt' })).toHaveAttribute('aria-current', 'true');
  expect(screen.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');

  await user.click(within(table).getByRole('button', { name: /: change the time of before\.txt$/ }));
  expect(within(table).getByLabelText('Time of before.txt')).toHaveValue('2026-11-23T02:27:03');

  const total = screen.getByRole('button', { name: 'Total' });
  await user.click(total);
  expect(total).toHaveAttribute('aria-pressed', 'false');
});

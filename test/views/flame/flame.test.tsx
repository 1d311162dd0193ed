import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { buildFlame, type FlameTree } from '../../../src/core/flame/flame-tree.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { drawDump } from '../../support/dump-builder.ts';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1400, 800);

const frames = (...names: string[]) => names.map((name, at) => `${name} /srv/a.go:${at + 1}`);
const indexOf = (publishing: number) =>
  indexDump(
    drawDump([
      { state: 'chan send', frames: frames('orders.publish', 'orders.serve', 'main.main'), times: publishing },
      { state: 'select', frames: frames('orders.loop', 'main.main'), times: 2 },
    ]),
  );

async function open(tree: FlameTree) {
  const user = userEvent.setup();
  const page = renderApp({ flame: () => tree });
  await openDumps(page.client, [dumpSummary({ id: dumpId('after'), name: 'after.txt', goroutines: 10 })]);
  await user.click(screen.getByRole('tab', { name: 'Flame' }));
  await screen.findByRole('status', { name: 'Flame' });
  return { user, ...page };
}

const rows = () =>
  within(screen.getByRole('region', { name: 'Boxes as a table' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

test('the table has the numbers of the boxes, and goes in and out', async () => {
  const { user } = await open(buildFlame({ index: indexOf(8), cells: null }, null, 'root-first', 'goroutines'));
  expect(screen.getByRole('status', { name: 'Flame' })).toHaveTextContent('10 goroutines in 4 boxes.');
  await user.click(screen.getByRole('button', { name: 'As table' }));
  expect(rows()).toEqual(['main.main10100 %0']);
  await user.click(screen.getByRole('button', { name: 'main.main' }));
  expect(rows()).toEqual(['orders.serve880.0 %0', 'orders.loop220.0 %2']);
  await user.click(
    within(screen.getByRole('navigation', { name: 'Zoom' })).getByRole('button', { name: 'all goroutines' }),
  );
  expect(rows()).toHaveLength(1);
});

test('a comparison says what grew and what shrank, in words', async () => {
  const { user } = await open(
    buildFlame({ index: indexOf(8), cells: null }, { index: indexOf(3), cells: null }, 'leaf-first', 'goroutines'),
  );
  await user.click(screen.getByRole('button', { name: 'As table' }));
  expect(rows()).toEqual(['orders.publish880.0 %0+5 grew', 'orders.loop220.0 %0no change']);
});

test('highlighting counts each goroutine once', async () => {
  const { user } = await open(buildFlame({ index: indexOf(8), cells: null }, null, 'root-first', 'goroutines'));
  await user.type(screen.getByRole('searchbox', { name: 'Highlight' }), 'orders');
  expect(screen.getByRole('status', { name: 'Flame' })).toHaveTextContent('10 goroutines in 3 highlighted boxes');
});

test('order and width are asked for anew', async () => {
  const { user, client } = await open(buildFlame({ index: indexOf(8), cells: null }, null, 'root-first', 'goroutines'));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'Where they wait on top');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Width' }), 'Goroutine-minutes');
  expect(client.asked.filter(({ method }) => method === 'flame').at(-1)?.args).toMatchObject({
    direction: 'leaf-first',
    weight: 'minutes',
    against: null,
  });
});

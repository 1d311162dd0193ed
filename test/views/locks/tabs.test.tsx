import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { withLayout } from '../support/layout.ts';
import { lineageTree } from '../support/lineage.ts';
import { goroutinePlace, lockReport } from '../support/locks.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1400, 800);

async function open(lockWaits: number) {
  const user = userEvent.setup();
  const app = renderApp({
    locks: () => lockReport() as never,
    places: ({ ids }) => ids.map((id) => goroutinePlace(id)),
    lineage: () => lineageTree([['main.main', -1, 10, 10]]),
  });
  await openDumps(app.client, [dumpSummary({ id: dumpId('d'), lockWaits })]);
  return { user, ...app };
}
const tabs = () => screen.getAllByRole('tab').map((tab) => tab.textContent);
const selected = () => screen.getByRole('tab', { selected: true });
const asked = (client: Awaited<ReturnType<typeof open>>['client'], method: string) =>
  client.asked.filter((each) => each.method === method).length;

test('5 opens the locks and 6 the lineage, and each is asked for only then', async () => {
  const { user, client } = await open(3);
  expect(tabs()).toEqual(['Groups', 'Compare', 'Timeline', 'Locks', 'Lineage', 'Flame']);
  expect([asked(client, 'locks'), asked(client, 'lineage')]).toEqual([0, 0]);
  await user.keyboard('5');
  expect(selected()).toHaveTextContent('Locks');
  expect(await screen.findByRole('table', { name: 'What is waited for' })).toBeVisible();
  expect([asked(client, 'locks'), asked(client, 'lineage')]).toEqual([1, 0]);
  await user.keyboard('6');
  expect(await screen.findByRole('treegrid', { name: 'Creators' })).toBeVisible();
  expect([asked(client, 'locks'), asked(client, 'lineage')]).toEqual([1, 1]);
});

test('without goroutines that wait for locks there is no such tab, and its key does nothing', async () => {
  const { user, client } = await open(0);
  expect(tabs()).toEqual(['Groups', 'Compare', 'Timeline', 'Lineage', 'Flame']);
  await user.keyboard('5');
  expect(selected()).toHaveTextContent('Groups');
  expect(asked(client, 'locks')).toBe(0);
});

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { TOUR } from '../../../src/views/help/tour-steps.ts';
import { withLayout } from '../support/layout.ts';
import { finishRead, openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1400, 800);
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const NAME = 'The sample incident, step by step';
const sample = dumpSummary({ id: dumpId('one'), name: 'one.txt', goroutines: 10 });

async function openSample() {
  vi.stubGlobal('fetch', async (address: string | URL) =>
    String(address).endsWith('index.json')
      ? Response.json({ files: [{ name: 'one.txt' }] })
      : new Response('goroutine 1 [running]:'),
  );
  const user = userEvent.setup();
  const page = renderApp();
  await user.click(screen.getByRole('button', { name: 'Try the sample incident' }));
  await finishRead(page.client, sample);
  return { user, ...page };
}

test('leads through the sample by steps, and is not shown again once it was ended', async () => {
  const { user, standstill } = await openSample();
  const tour = await screen.findByRole('complementary', { name: NAME });
  expect(tour).toHaveTextContent(`1 of ${TOUR.length}`);
  for (let at = 1; at < TOUR.length; at++) await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(tour).toHaveTextContent('Share (s)');
  expect(standstill.store.getState().view).toMatchObject({ tab: 'groups', groupKey: 'key of main.work → chan send' });
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(standstill.store.getState().view.tab).toBe('compare');
  await user.click(screen.getByRole('button', { name: 'End the tour' }));
  expect(screen.queryByRole('complementary', { name: NAME })).toBeNull();
  expect(localStorage.getItem('standstill.tour')).toBe('ended');
});

test('is not shown for own files', async () => {
  const { client } = renderApp();
  await openDumps(client, [sample]);
  await screen.findByRole('grid', { name: 'Groups' });
  expect(screen.queryByRole('complementary', { name: NAME })).toBeNull();
});

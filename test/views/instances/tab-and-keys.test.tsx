import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/trend/verdict.ts';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';
import { processVerdict, verdict } from '../verdict/verdicts.ts';

withLayout(1400, 800);

const TWO: Partial<Verdict> = {
  processes: ['orders-a', 'orders-b'].map((name, at) =>
    processVerdict({ name, instance: name, dumps: [at], totals: [10] }),
  ),
  phases: [null, null],
};
const summaries = ['before', 'after'].map((word) => dumpSummary({ id: dumpId(word), name: `${word}.txt` }));

async function open(over: Partial<Verdict>) {
  const user = userEvent.setup();
  let answer = verdict(over);
  const app = renderApp({
    verdict: ({ dumps }) => ({ ...answer, phases: dumps.map(({ phase }) => phase) }),
    series: ({ dumps }) => ({ level: 'place', total: dumps.map(() => 10), fit: null, series: [], otherGroups: 0 }),
  });
  await openDumps(app.client, summaries);
  await waitFor(() => expect(app.standstill.store.getState().verdict.status).toBe('ready'));
  return { user, ...app, answerWith: (next: Partial<Verdict>) => (answer = verdict(next)) };
}
const tabs = () => screen.getAllByRole('tab').map((tab) => tab.textContent);
const selected = () => screen.getByRole('tab', { selected: true });

describe('the tab of instances', () => {
  test('is not there for one process, and its key does nothing', async () => {
    const { user } = await open({ processes: [processVerdict({ dumps: [0, 1], totals: [10, 10] })] });
    expect(tabs()).toEqual(['Groups', 'Compare', 'Timeline', 'Lineage', 'Flame']);
    await user.keyboard('4');
    expect(selected()).toHaveTextContent('Groups');
    selected().focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(selected()).toHaveTextContent('Timeline');
    expect(selected()).toHaveFocus();
  });

  test('opens by key 4 and by arrow keys where there are several', async () => {
    const { user } = await open(TWO);
    expect(tabs()).toEqual(['Groups', 'Compare', 'Timeline', 'Instances', 'Lineage', 'Flame']);
    await user.keyboard('4');
    expect(selected()).toHaveTextContent('Instances');
    expect(screen.getByRole('table', { name: 'Instances' })).toBeVisible();
    selected().focus();
    await user.keyboard('{ArrowRight}');
    expect(selected()).toHaveTextContent('Lineage');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(selected()).toHaveTextContent('Groups');
  });

  test('gives way to the groups when the instances are gone', async () => {
    const { user, standstill, answerWith } = await open(TWO);
    await user.keyboard('4');
    answerWith({ processes: [processVerdict({ dumps: [0], totals: [10] })] });
    const [first] = standstill.store.getState().dumps;
    act(() => first && standstill.actions.removeDump(first.summary.id));
    await waitFor(() => expect(selected()).toHaveTextContent('Groups'));
    expect(tabs()).not.toContain('Instances');
  });
});

test('q, w, e mark the chosen dump and r goes back to the guess', async () => {
  const { user, standstill } = await open(TWO);
  const marks = () => standstill.store.getState().view.phases.map(([, phase]) => phase);
  await user.keyboard('q');
  expect(marks()).toEqual(['before']);
  await user.keyboard('w');
  expect(marks()).toEqual(['load']);
  expect(screen.getByRole('combobox', { name: /^Phase of/ })).toHaveDisplayValue('under load');
  await user.keyboard('[[e');
  expect(marks()).toEqual(['load', 'after']);
  await user.keyboard('r');
  expect(marks()).toEqual(['load']);
});

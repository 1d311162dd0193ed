import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AppState } from '../../../src/store/state.ts';
import { Problems } from '../../../src/views/dumps/Problems.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

const problem = (line: number, why = 'The header has no end.') => ({ line, text: `goroutine ${line} [chan`, why });
const rawLines = (over: Partial<AppState['rawLines']>): AppState['rawLines'] => ({
  status: 'ready',
  value: { first: 1711, lines: ['main.work()', 'goroutine 12 [chan', ''] },
  error: null,
  dumpId: dumpId('d0'),
  line: 1712,
  ...over,
});
const show = (raw?: AppState['rawLines']) =>
  renderOver(
    raw === undefined ? {} : { rawLines: raw },
    <Problems summary={dumpSummary({ problems: [problem(1712), problem(9, 'No file.')], problemCount: 2 })} />,
  );

test('stand by reason with their number, and the rest is counted', () => {
  const problems = Array.from({ length: 200 }, (_, i) => problem(i + 1));
  renderOver({}, <Problems summary={dumpSummary({ problems, problemCount: 12_004 })} />);
  expect(screen.getByText(/The first 200 of 12,004 problems are listed/)).toBeVisible();
  const group = screen.getByRole('region', { name: 'The header has no end.' });
  expect(group).toHaveTextContent('200 × The header has no end.');
  expect(within(group).getAllByRole('listitem')).toHaveLength(8);
});

test('a group shows more of itself when asked', async () => {
  const user = userEvent.setup();
  const problems = Array.from({ length: 20 }, (_, i) => problem(i + 1));
  renderOver({}, <Problems summary={dumpSummary({ problems, problemCount: 20 })} />);
  await user.click(screen.getByRole('button', { name: 'Show 12 more' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(20);
});

test('a line asks for the lines around it', async () => {
  const user = userEvent.setup();
  const { actions } = show();
  await user.click(screen.getByRole('button', { name: 'line 1,712' }));
  expect(actions.showRawLines).toHaveBeenCalledExactlyOnceWith({ dumpId: dumpId('d0'), line: 1712 });
});

test('the lines stand with their numbers, and the one of the problem is marked in words', async () => {
  show(rawLines({}));
  const context = await screen.findByRole('region', { name: 'Lines around line 1,712' });
  const lines = within(within(context).getByRole('list')).getAllByRole('listitem');
  expect(lines.map((line) => line.textContent)).toEqual([
    '1,711main.work()',
    'this line 1,712goroutine 12 [chan',
    '1,713',
  ]);
  expect(lines[1]).toHaveAttribute('aria-current', 'true');
  expect(lines[0]).not.toHaveAttribute('aria-current');
  expect(screen.getByRole('button', { name: 'line 1,712' })).toHaveAttribute('aria-expanded', 'true');
});

test('only the line that was opened is open', async () => {
  show(rawLines({}));
  await screen.findByRole('region', { name: 'Lines around line 1,712' });
  expect(screen.getByRole('button', { name: 'line 9' })).toHaveAttribute('aria-expanded', 'false');
});

test('the button and Escape close it', async () => {
  const user = userEvent.setup();
  const { actions } = show(rawLines({}));
  await user.click(await screen.findByRole('button', { name: 'Close' }));
  expect(actions.showRawLines).toHaveBeenLastCalledWith(null);
  expect(screen.getByRole('button', { name: 'line 1,712' })).toHaveFocus();
  act(() => screen.getByRole('button', { name: 'line 1,712' }).focus());
  await user.keyboard('{Escape}');
  expect(actions.showRawLines).toHaveBeenCalledTimes(2);
  expect(actions.showRawLines).toHaveBeenLastCalledWith(null);
});

test('lines on their way, and lines that cannot be read, say so', async () => {
  const user = userEvent.setup();
  const { store, actions } = show(rawLines({ status: 'asking', value: null }));
  expect(await screen.findByText('Reading the lines…')).toBeVisible();
  act(() => store.setState({ rawLines: rawLines({ status: 'failed', value: null, error: 'The file is gone.' }) }));
  expect(screen.getByRole('alert')).toHaveTextContent('The lines could not be read back: The file is gone.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(actions.showRawLines).toHaveBeenCalledWith({ dumpId: dumpId('d0'), line: 1712 });
});

test('a form without lines has nothing to open', () => {
  renderOver({}, <Problems summary={dumpSummary({ problems: [problem(0)], problemCount: 1 })} />);
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByRole('listitem')).toHaveTextContent('no line');
});

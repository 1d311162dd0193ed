import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { DumpFacts } from '../../../src/views/stack/DumpFacts.tsx';
import type { DumpSummary } from '../../../src/worker/protocol.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { dumpEntry, dumpSummary, fileId } from '../support/summaries.ts';

const provenance = dumpSummary().provenance;
const show = (over: Partial<DumpSummary>, state: Parameters<typeof renderOver>[0] = {}) =>
  renderOver(state, <DumpFacts dump={dumpEntry({ summary: dumpSummary(over) })} />);
const region = (name: string) => screen.getByRole('region', { name });

describe('what was read of a dump', () => {
  test('stands as bytes and shares: understood, around it, problems', () => {
    show({ bytes: { read: 53_400, understood: 52_100, ignored: 1_300 }, problemCount: 0 });
    const rows = within(region('What was read')).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'Understood52.1 kB97.6 %',
      'Surrounding text1.3 kB2.4 %',
      'Read53.4 kB100 %',
      'Problemsnone',
    ]);
  });

  test.each([
    [72, 72, 'Declares 72, counted 72 ✓ agrees'],
    [80, 72, 'Declares 80, counted 72 ≠ differs by 8, which are missing here'],
    [70, 72, 'Declares 70, counted 72 ≠ differs by 2 more than it says'],
    [null, 72, 'Declares no total, counted 72'],
  ])('declared %s and counted %s: "%s"', (declared, goroutines, words) => {
    show({ declared, goroutines });
    expect(region('What was read')).toHaveTextContent(words);
  });

  test('problems are one click away', async () => {
    const user = userEvent.setup();
    const problems = [{ line: 17, text: 'main.work(', why: 'The call has no end.' }];
    show({ problems, problemCount: 1 });
    await user.click(within(region('What was read')).getByRole('button', { name: 'List 1 problem' }));
    expect(within(region('Problems')).getByRole('button', { name: 'line 17' })).toBeVisible();
  });
});

test('the source names entry, what was taken off, process, reason and how time and instance were learned', () => {
  const summary = dumpSummary({
    provenance: {
      ...provenance,
      path: 'bundle.zip',
      containers: ['zip', 'gzip'],
      entry: 'prod/orders-7f9c/app.log.gz',
      encoding: 'utf-16le',
      wrapper: { kinds: ['kubectl logs --timestamps'], example: '2026 x', exampleRead: 'x', lines: 3 },
      instance: 'orders-7f9c',
      reason: 'SIGQUIT: quit',
    },
  });
  renderOver({}, <DumpFacts dump={dumpEntry({ summary, takenAtMs: Date.UTC(2026, 10, 23, 2, 27, 3) })} />);
  const source = region('Source');
  expect(source).toHaveTextContent('Entryprod/orders-7f9c/app.log.gz in the archive');
  expect(source).toHaveTextContent('Taken offzip, gzip, UTF-16 (little-endian), kubectl logs --timestamps');
  expect(source).toHaveTextContent('Instanceorders-7f9c, from the path in the archive');
  expect(source).toHaveTextContent('ReasonSIGQUIT: quit');
  expect(source).toHaveTextContent('02:27:03 UTC, from the file name');
  expect(source).toHaveTextContent('Formtraceback: line 1 is a goroutine header');
});

test('tests that were running are named', () => {
  show({ runningTests: ['TestCheckout (9m59s)', 'TestRefund (2s)'] });
  expect(region('Running tests')).toHaveTextContent('2 tests were running');
  expect(within(region('Running tests')).getAllByRole('listitem')[0]).toHaveTextContent('TestCheckout (9m59s)');
});

test('lower bounds stand with what was read, other notes at the end', () => {
  show({ lowerBounds: ['The text ends inside goroutine 12.'], caveats: ['Minutes are not printed.'] });
  expect(region('What was read')).toHaveTextContent('Lower bound: The text ends inside goroutine 12.');
  expect(region('Notes')).toHaveTextContent('Minutes are not printed.');
});

describe('a wrapper', () => {
  const wrapper = {
    kinds: ['RFC 3339 time'],
    example: '2026-11-23T02:41:07Z goroutine 1 [running]:',
    exampleRead: 'goroutine 1 [running]:',
    lines: 1204,
  };

  test('is shown with an example and can be left on', async () => {
    const user = userEvent.setup();
    const { actions } = show({ provenance: { ...provenance, wrapper } });
    const part = region('Wrapper');
    expect(part).toHaveTextContent('Taken off every line: RFC 3339 time');
    expect(part).toHaveTextContent('in the file2026-11-23T02:41:07Z goroutine 1 [running]:');
    expect(part).toHaveTextContent('read asgoroutine 1 [running]:');
    expect(part).toHaveTextContent('On 1,204 lines of the file.');
    const box = within(part).getByRole('checkbox', { name: 'Read the lines as they stand' });
    expect(box).not.toBeChecked();
    await user.click(box);
    expect(actions.setUnwrap).toHaveBeenCalledExactlyOnceWith(fileId('f0'), false);
  });

  test('that was left on can be taken off again', async () => {
    const user = userEvent.setup();
    const { actions } = show({}, { asTheyStand: [fileId('f0')] });
    const box = within(region('Wrapper')).getByRole('checkbox', { name: 'Read the lines as they stand' });
    expect(box).toBeChecked();
    await user.click(box);
    expect(actions.setUnwrap).toHaveBeenCalledExactlyOnceWith(fileId('f0'), true);
  });

  test('is not spoken of where there is none', () => {
    show({});
    expect(screen.queryByRole('region', { name: 'Wrapper' })).toBeNull();
  });
});

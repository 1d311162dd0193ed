import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { DumpRow } from '../../../src/views/dumps/DumpRow.tsx';
import type { DumpSummary } from '../../../src/worker/protocol.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { dumpEntry, dumpSummary } from '../support/summaries.ts';

const show = (over: Partial<DumpSummary>) => {
  const dump = dumpEntry({ summary: dumpSummary(over) });
  renderOver(
    { dumps: [dump] },
    <DumpRow dump={dump} before={null} showDay={false}>
      {null}
    </DumpRow>,
  );
  return screen.getByRole('listitem');
};

test('a long entry name shows its end, the whole of it in the title, and the instance', () => {
  const name = 'cluster-dump-2026-11-23.zip!/cluster-dump/prod/orders-7f9c/logs/previous/stacks.txt';
  const { provenance } = dumpSummary();
  const item = show({
    name,
    provenance: { ...provenance, path: 'c.zip', entry: 'prod/stacks.txt', instance: 'orders-7f9c' },
  });
  expect(item).toHaveTextContent(/^….*logs\/previous\/stacks\.txt/);
  expect(item).not.toHaveTextContent('cluster-dump');
  expect(screen.getByText(/previous\/stacks\.txt/)).toHaveAttribute('title', `${name}\nc.zip, in it prod/stacks.txt`);
  expect(item).toHaveTextContent('instance orders-7f9c');
});

test.each([
  [{ lowerBounds: ['Frames were elided.'] }, 'lower bound'],
  [{ lowerBounds: ['It ends early.'], truncated: true }, 'cut short: lower bound'],
])('%j is marked "%s"', (over, words) => {
  const item = show(over);
  expect(item).toHaveTextContent(words);
  expect(screen.getByText(words)).toHaveAttribute('title', over.lowerBounds.join(' '));
});

test('a whole dump has no mark', () => {
  expect(show({})).not.toHaveTextContent('lower bound');
});

import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import { DumpRow } from '../../../src/views/dumps/DumpRow.tsx';
import type { DumpSummary } from '../../../src/worker/protocol.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';
import { verdict } from '../verdict/verdicts.ts';

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

test('a dump says its phase, and that it was guessed', () => {
  const dumps = ['one', 'two'].map((word) =>
    dumpEntry({ summary: dumpSummary({ id: dumpId(word), name: `${word}.txt` }) }),
  );
  const value = { verdict: verdict({ phases: ['before', 'load'] }), dumpIds: dumps.map(({ summary }) => summary.id) };
  renderOver(
    {
      dumps,
      verdict: { status: 'ready', value, error: null },
      view: { ...INITIAL_VIEW, phases: [[dumpId('two'), 'after']] },
    },
    dumps.map((dump) => (
      <DumpRow key={dump.name} dump={dump} before={null} showDay={false}>
        {null}
      </DumpRow>
    )),
  );
  const [guessed, marked] = screen.getAllByRole('listitem');
  expect(guessed).toHaveTextContent('traceback · before? (phase, guessed)');
  expect(screen.getByTitle('before load, guessed')).toBeVisible();
  expect(marked).toHaveTextContent('traceback · after (phase)');
});

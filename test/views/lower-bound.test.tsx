import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { INITIAL_VIEW } from '../../src/store/initial-state.ts';
import { CompareTab } from '../../src/views/compare/CompareTab.tsx';
import { GroupsTab } from '../../src/views/groups/GroupsTab.tsx';
import { renderOver } from './support/fixed-store.tsx';
import { dumpEntry, dumpId, dumpSummary } from './support/summaries.ts';

const whole = dumpEntry({ summary: dumpSummary({ id: dumpId('a'), name: 'before.txt' }) });
const short = dumpEntry({
  summary: dumpSummary({
    id: dumpId('b'),
    name: 'after.txt',
    lowerBounds: ['The text ends at 64 MB, where the runtime stops.', '3 stacks are elided.'],
  }),
});

test('the chosen dump says above its groups why it is a lower bound', () => {
  renderOver({ dumps: [whole, short], view: { ...INITIAL_VIEW, dumpId: dumpId('b') } }, <GroupsTab />);
  expect(screen.getByRole('note', { name: 'Lower bound' })).toHaveTextContent(
    'Lower bound:The text ends at 64 MB, where the runtime stops.3 stacks are elided.',
  );
});

test('a whole dump has no banner', () => {
  renderOver({ dumps: [whole, short], view: { ...INITIAL_VIEW, dumpId: dumpId('a') } }, <GroupsTab />);
  expect(screen.queryByRole('note')).toBeNull();
});

test('a comparison says which of the two is a lower bound', () => {
  const view = { ...INITIAL_VIEW, a: dumpId('a'), b: dumpId('b') };
  renderOver({ dumps: [whole, short], view }, <CompareTab />);
  expect(screen.getByRole('note', { name: 'Lower bound in B, after.txt' })).toHaveTextContent('ends at 64 MB');
  expect(screen.getAllByRole('note')).toHaveLength(1);
});

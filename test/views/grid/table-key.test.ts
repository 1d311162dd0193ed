import { expect, test } from 'vitest';
import { tableKey } from '../../../src/views/grid/table-key.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

test.each([
  ['j', { key: 'ArrowDown', ctrlKey: false }],
  ['k', { key: 'ArrowUp', ctrlKey: false }],
  ['g', { key: 'Home', ctrlKey: true }],
  ['G', { key: 'End', ctrlKey: true }],
  ['Home', { key: 'Home', ctrlKey: false }],
  ['h', { key: 'h', ctrlKey: false }],
  ['toString', { key: 'toString', ctrlKey: false }],
])('%s is heard as %j', (key, heard) => expect(tableKey({ key, ...plain })).toEqual(heard));

test.each(['ctrlKey', 'metaKey', 'altKey'])('a letter with %s belongs to the browser', (modifier) => {
  expect(tableKey({ key: 'g', ...plain, [modifier]: true }).key).toBe('g');
});

import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Frame } from '../../../src/core/model/symbols.ts';
import { Frames } from '../../../src/views/stack/Frames.tsx';
import { WaitHistogram } from '../../../src/views/stack/WaitHistogram.tsx';
import { groupDetail } from '../support/groups.ts';

const frame = (name: string, kind: Frame['kind'] = 'go'): Frame => ({
  function: name,
  file: '/srv/shop/main.go',
  line: 88,
  kind,
});
const stack = {
  count: 1,
  state: 'chan send',
  frames: [
    frame('runtime.gopark'),
    frame('runtime.chansend'),
    frame('runtime.chansend1'),
    frame('example.com/shop/orders.(*Publisher).publish', 'inlined'),
    { function: '...23 frames elided...', file: '', line: 0, kind: 'elided' as const },
  ],
  createdBy: frame('main.main'),
};

test('library frames are one counted line until it is opened', async () => {
  const user = userEvent.setup();
  render(<Frames stack={stack} unfolded={false} />);
  const list = screen.getByRole('list', { name: /frames/i });
  expect(list).not.toHaveTextContent('/srv/shop/main.go:88runtime.chansend');
  await user.click(screen.getByRole('button', { name: 'Show 3 library frames' }));
  expect(list).toHaveTextContent('runtime.chansend1');
  expect(screen.queryByRole('button', { name: 'Show 3 library frames' })).toBeNull();
});

test('a frame shows function, place and inlining; notes and the creator are part of the stack', () => {
  render(<Frames stack={stack} unfolded />);
  const list = screen.getByRole('list', { name: /frames/i });
  expect(list).toHaveTextContent('example.com/shop/orders.(*Publisher).publish inlined');
  expect(list).toHaveTextContent('/srv/shop/main.go:88');
  expect(list).toHaveTextContent('...23 frames elided...');
  expect(list).toHaveTextContent(/created by.*main\.main/);
});

test('the place of a frame can be copied', async () => {
  const user = userEvent.setup();
  render(<Frames stack={{ ...stack, frames: [frame('main.work')], createdBy: null }} unfolded />);
  await user.click(screen.getByRole('button', { name: 'Copy /srv/shop/main.go:88' }));
  expect(await navigator.clipboard.readText()).toBe('/srv/shop/main.go:88');
});

test('waits are listed with their numbers, those that print none first', () => {
  const waits = [
    [1, 40],
    [2, 8702],
  ] as const;
  render(<WaitHistogram detail={groupDetail({ waits, waitUnknown: 200 })} />);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'none printed200',
    '1 min40',
    '2 min8,702',
  ]);
});

test('a form without minutes says so instead of showing none', () => {
  render(<WaitHistogram detail={groupDetail({ waits: null })} />);
  expect(screen.getByText('This form of dump prints no wait times.')).toBeVisible();
});

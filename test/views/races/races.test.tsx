import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { RaceList } from '../../../src/views/races/RaceList.tsx';
import { race, raceEntry } from '../support/counts.ts';
import { renderOver } from '../support/fixed-store.tsx';

const notes = ['Location is heap block of size 48 at 0x00c0000b4010'];
const log = raceEntry('log.txt', [race({ times: 3 }), race({ line: 80, notes })]);

test('races of a file open as a list of accesses, creations and notes', async () => {
  const user = userEvent.setup();
  renderOver({ races: [log] }, <RaceList />);
  await user.click(screen.getByRole('button', { name: /2 data races · log\.txt, 4 reports/ }));
  const dialog = screen.getByRole('dialog', { name: 'Data races in log.txt' });
  const first = await within(dialog).findByRole('region', { name: 'Race 1 of 2' });
  expect(first).toHaveTextContent('line 12, reported 3 times');
  const write = within(first).getByRole('group', { name: 'Write by goroutine 7' });
  expect(write).toHaveTextContent('at 0x00c0000b4010');
  expect(write).toHaveTextContent('main.count');
  expect(write).toHaveTextContent('/srv/app/main.go:31');
  const read = within(first).getByRole('group', { name: 'Previous read by the main goroutine' });
  expect(read).toHaveTextContent('/srv/app/main.go:22');
  expect(within(first).getByRole('group', { name: 'Start of goroutine 7' })).toHaveTextContent(
    /Goroutine 7 \(running\) was created at.*main\.main.*main\.go:19/,
  );
  const second = within(dialog).getByRole('region', { name: 'Race 2 of 2' });
  expect(second).toHaveTextContent('Location is heap block of size 48');
  expect(dialog).toHaveTextContent('4 reports of the race detector, 2 distinct races');
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a stack that the detector lost says so', async () => {
  const user = userEvent.setup();
  const lost = race({ accesses: [{ what: 'Write', address: '0x1', goroutine: 7, frames: null }], creations: [] });
  renderOver({ races: [raceEntry('log.txt', [lost])] }, <RaceList />);
  await user.click(screen.getByRole('button', { name: /1 data race/ }));
  expect(await screen.findByText('The race detector could not restore this stack.')).toBeVisible();
});

test('a race is copied in the shape of the report', async () => {
  const user = userEvent.setup();
  renderOver({ races: [raceEntry('log.txt', [race()])] }, <RaceList />);
  await user.click(screen.getByRole('button', { name: /1 data race/ }));
  await user.click(await screen.findByRole('button', { name: 'Copy race' }));
  expect(await navigator.clipboard.readText()).toBe(
    [
      'Write at 0x00c0000b4010 by goroutine 7:',
      'main.count',
      '\t/srv/app/main.go:31',
      '',
      'Previous read at 0x00c0000b4010 by main goroutine:',
      'main.main',
      '\t/srv/app/main.go:22',
      '',
      'Goroutine 7 (running) created at:',
      'main.main',
      '\t/srv/app/main.go:19',
      '',
    ].join('\n'),
  );
});

test('races of a file can be dismissed', async () => {
  const user = userEvent.setup();
  const { actions } = renderOver({ races: [log] }, <RaceList />);
  await user.click(screen.getByRole('button', { name: 'Dismiss races of log.txt' }));
  expect(actions.removeRaces).toHaveBeenCalledExactlyOnceWith(log.fileId);
});

test('many races come a part at a time', async () => {
  const user = userEvent.setup();
  const many = Array.from({ length: 35 }, (_, i) => race({ line: i + 1 }));
  renderOver({ races: [raceEntry('log.txt', many)] }, <RaceList />);
  await user.click(screen.getByRole('button', { name: /35 data races/ }));
  await user.click(await screen.findByRole('button', { name: 'Show 20 more of 35 races' }));
  expect(screen.getByRole('region', { name: 'Race 30 of 35' })).toBeInTheDocument();
  expect(screen.queryByRole('region', { name: 'Race 31 of 35' })).toBeNull();
});

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { causesReply, leakRule } from './support/causes.ts';
import { groupDetail, groupTable } from './support/groups.ts';
import { withLayout } from './support/layout.ts';
import { finishRead, openDumps, renderApp } from './support/render-app.tsx';
import { dumpId, dumpSummary } from './support/summaries.ts';

withLayout(1400, 800);

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 2, 27, 3);
const at = (word: string, goroutines: number, minutes: number | null) => {
  const summary = dumpSummary({ id: dumpId(word), name: `${word}.txt`, goroutines });
  const takenAtMs = minutes === null ? null : T0 + minutes * MINUTE;
  return {
    ...summary,
    provenance: { ...summary.provenance, takenAtMs, takenAtFrom: takenAtMs === null ? null : ('file-name' as const) },
  };
};
const before = at('before', 1204, 0);
const after = at('after', 8911, 14);

const dumpItems = () => {
  const [list] = within(screen.getByRole('navigation', { name: 'Dumps' })).getAllByRole('list');
  return within(list as HTMLElement).getAllByRole('listitem');
};
const panel = () => screen.getByRole('complementary');

describe('before a dump is there', () => {
  test('the page offers files and the sample, and says that nothing leaves', () => {
    renderApp();
    expect(screen.getByRole('button', { name: 'Open files' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try the sample incident' })).toBeVisible();
    expect(screen.getByRole('region', { name: 'Start' })).toHaveTextContent('Nothing leaves this browser');
  });

  test('text pasted anywhere becomes a file named after the moment', async () => {
    const { client } = renderApp();
    const data = { files: [], getData: () => 'goroutine 1 [running]:' };
    fireEvent.paste(document.body, { clipboardData: data });
    await waitFor(() => expect(client.reads).toHaveLength(1));
    expect(client.reads[0]?.input.fileName).toMatch(/^pasted text \d\d:\d\d:\d\d$/);
    expect(await client.reads[0]?.input.file.text()).toBe('goroutine 1 [running]:');
  });

  test('an empty clipboard is said, not read', async () => {
    const { client } = renderApp();
    fireEvent.paste(document.body, { clipboardData: { files: [], getData: () => ' ' } });
    expect(await screen.findByRole('status', { name: 'Intake' })).toHaveTextContent(
      'The clipboard holds no text and no file.',
    );
    expect(client.reads).toHaveLength(0);
  });

  test('the paste box reads what is in it', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await user.click(screen.getByRole('button', { name: 'Paste' }));
    const dialog = screen.getByRole('dialog', { name: 'Paste a dump' });
    expect(within(dialog).getByRole('button', { name: 'Read it' })).toBeDisabled();
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'goroutine 1 [running]:' } });
    await user.click(within(dialog).getByRole('button', { name: 'Read it' }));
    await waitFor(() => expect(client.reads).toHaveLength(1));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('a file shows its progress and can be cancelled', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    const file = new File(['x'.repeat(200)], 'big.txt');
    fireEvent.change(screen.getByTestId('file-input'), { target: { files: [file] } });
    await waitFor(() => expect(client.reads).toHaveLength(1));
    act(() => client.reads[0]?.progress(50, 200));
    const bar = await screen.findByRole('progressbar', { name: 'Reading big.txt' });
    await waitFor(() => expect(bar).toHaveAttribute('value', '50'));
    expect(bar).toHaveAttribute('max', '200');
    const groups = [{ name: 'main.send → chan send', count: 1200 }];
    act(() => client.reads[0]?.progress(100, 200, { elapsedMs: 2000, soFar: { goroutines: 1234, groups } }));
    expect(await screen.findByText(/100 B of 200 B, 50 B\/s, about 2 s left/)).toBeVisible();
    expect(screen.getByText('So far 1,234 goroutines, most in')).toBeVisible();
    expect(screen.getByText('main.send → chan send').closest('li')).toHaveTextContent('1,200 main.send → chan send');
    await user.click(screen.getByRole('button', { name: 'Cancel big.txt' }));
    await waitFor(() => expect(screen.queryByText('big.txt')).toBeNull());
    expect(screen.getByRole('button', { name: 'Open files' })).toBeVisible();
  });

  test('a refused file stays with the reason until it is dismissed', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    fireEvent.change(screen.getByTestId('file-input'), { target: { files: [new File(['x'], 'photo.png')] } });
    await waitFor(() => expect(client.reads).toHaveLength(1));
    await act(async () => client.reads[0]?.finish({ kind: 'rejected', why: 'This is a PNG image.' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('No dump in it. This is a PNG image.');
    await user.click(screen.getByRole('button', { name: 'Dismiss photo.png' }));
    expect(screen.queryByText('photo.png')).toBeNull();
  });
});

describe('the dumps', () => {
  test('stand in time order with count and change, and the verdict says what was judged', async () => {
    const { client } = renderApp();
    await openDumps(client, [after, before]);
    await screen.findByRole('grid', { name: 'Groups' });
    expect(dumpItems().map((item) => item.textContent)).toEqual([
      expect.stringMatching(/before\.txt1,204/),
      expect.stringMatching(/after\.txt8,911.*\+7,707/),
    ]);
    expect(screen.getByRole('region', { name: 'Verdict' })).toHaveTextContent('2 dumps23 Nov 02:27 to 02:41 UTC');
  });

  test('can be renamed, given a time and removed', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [at('alone', 10, null)]);
    await user.click(await screen.findByRole('button', { name: 'Rename' }));
    const field = screen.getByRole('textbox', { name: 'New name of alone.txt' });
    await user.clear(field);
    await user.type(field, 'under load{Enter}');
    expect(dumpItems()[0]).toHaveTextContent('under load');

    await user.click(screen.getByRole('button', { name: 'Time' }));
    fireEvent.change(screen.getByLabelText('Time of under load'), { target: { value: '2026-11-23T02:41:07' } });
    await user.click(screen.getByRole('button', { name: 'Set' }));
    expect(dumpItems()[0]).toHaveTextContent('02:41:07');
    expect(dumpItems()[0]).toHaveTextContent('set by you');

    await user.click(screen.getByRole('button', { name: 'Remove under load' }));
    expect(await screen.findByRole('button', { name: 'Open files' })).toBeVisible();
  });

  test('Escape leaves the name as it was', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    await user.click(await screen.findByRole('button', { name: 'Rename' }));
    await user.type(screen.getByRole('textbox', { name: /New name/ }), ' changed{Escape}');
    expect(dumpItems()[0]).toHaveTextContent('before.txt');
    expect(dumpItems()[0]).not.toHaveTextContent('changed');
  });

  test('say what could not be read in them, line by line', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    const problems = [{ line: 1712, text: 'goroutine 12 [chan', why: 'The header has no end.' }];
    await openDumps(client, [
      { ...before, problems, problemCount: 3, truncated: true, caveats: ['The file ends inside goroutine 12.'] },
    ]);
    await user.click(await screen.findByRole('button', { name: '3 problems' }));
    const dialog = screen.getByRole('dialog', { name: 'Problems in before.txt' });
    expect(dialog).toHaveTextContent('line 1,712');
    expect(dialog).toHaveTextContent('goroutine 12 [chan');
    expect(dialog).toHaveTextContent('The header has no end.');
    expect(dumpItems()[0]).toHaveTextContent('cut short');
    expect(dumpItems()[0]).toHaveTextContent('The file ends inside goroutine 12.');
  });
});

describe('the groups', () => {
  test('show count, share, state and creator, and the chosen one opens beside them', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    const grid = await screen.findByRole('grid', { name: 'Groups' });
    const rows = within(grid).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent(/8.*80\.0 %.*main\.work → chan send.*chan send.*main\.main/);
    expect(rows[1]).toHaveTextContent(/2.*20\.0 %.*main\.loop → select/);
    await user.click(within(grid).getByText('main.work → chan send'));
    await waitFor(() => expect(panel()).toHaveTextContent('/srv/main.go:42'));
    expect(panel()).toHaveTextContent('8 goroutines');
  });

  test('a change has sign and word', async () => {
    const { client } = renderApp({
      groups: () => ({
        table: groupTable([
          ['main.work → chan send', 8702, 'chan send'],
          ['main.loop → select', 31, 'select'],
          ['main.idle → IO wait', 3, 'IO wait'],
        ]),
        previousCount: Float64Array.from([1203, 0, 12]),
      }),
    });
    await openDumps(client, [before, after]);
    const grid = await screen.findByRole('grid', { name: 'Groups' });
    const rows = within(grid).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent(/\+7,499 ?grown/);
    expect(rows[1]).toHaveTextContent(/\+31 ?new/);
    expect(rows[2]).toHaveTextContent(/\u22129 ?shrunk/);
  });

  test('a state that was read from frames is marked as inferred', async () => {
    const table = groupTable([['main.work', 8, 'unknown']]);
    const { client } = renderApp({
      groups: () => ({ table: { ...table, inferredState: ['chan send'] }, previousCount: null }),
      group: ({ key }) => groupDetail({ key, states: [['unknown', 8]], inferredState: 'chan send' }),
    });
    await openDumps(client, [before]);
    const grid = await screen.findByRole('grid', { name: 'Groups' });
    expect(within(grid).getAllByRole('row')[1]).toHaveTextContent('chan sendinferred');
  });

  test('a search says how much it hides, and how to get it back', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    await screen.findByRole('grid', { name: 'Groups' });
    await user.keyboard('/');
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Search groups' })).toHaveFocus());
    await user.keyboard('loop');
    const shown = screen.getByRole('status', { name: 'Shown' });
    await waitFor(() => expect(shown).toHaveTextContent('2 of 10 goroutines shown, in 1 of 2 groups'));
    await user.click(within(shown).getByRole('button', { name: 'show all' }));
    expect(shown).toHaveTextContent('10 goroutines in 2 groups');
  });

  test('states filter the groups, with their counts', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    const grid = await screen.findByRole('grid', { name: 'Groups' });
    // What a word means stands where it appears.
    expect(within(grid).getByRole('button', { name: 'Created by' }).title).toMatch(
      /go statement.*\nSort by created by$/s,
    );
    expect(within(grid).getByText('select').title).toMatch(/^select\nIt waits for the first of several channels/);
    await user.click(screen.getByText('All states'));
    expect(screen.getByText('chan send', { selector: '.state-word' }).closest('label')?.title).toMatch(
      /nobody takes it/,
    );
    await user.click(screen.getByRole('checkbox', { name: 'select 2' }));
    expect(within(grid).getAllByRole('row')).toHaveLength(2);
    expect(within(grid).getAllByRole('row')[1]).toHaveTextContent('main.loop');
  });

  test('nothing found has a way out', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    await screen.findByRole('grid', { name: 'Groups' });
    await user.type(screen.getByRole('combobox', { name: 'Search groups' }), 'nowhere');
    expect(await screen.findByText('No group matches')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByRole('grid', { name: 'Groups' })).toBeVisible();
  });

  test('another level is asked for', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    await screen.findByRole('grid', { name: 'Groups' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'Package');
    await waitFor(() =>
      expect(client.asked).toContainEqual({
        method: 'groups',
        args: expect.objectContaining({ level: 'package' }),
      }),
    );
  });

  test('a failed answer says so and keeps the page', async () => {
    const { client } = renderApp({
      groups: () => {
        throw new Error('The dump is not loaded any more.');
      },
    });
    await openDumps(client, [before]);
    expect(await screen.findByText(/The groups could not be made/)).toHaveTextContent(
      'The dump is not loaded any more.',
    );
    expect(dumpItems()).toHaveLength(1);
  });
});

describe('the stack panel', () => {
  const goroutines = Array.from({ length: 40 }, (_, row) => ({
    row,
    id: 100 + row,
    weight: 1,
    state: 'chan send',
    waitMinutes: row === 0 ? 6 : null,
    creatorId: row === 0 ? 7 : null,
    lockedToThread: row === 1,
    leaked: row === 2,
    fate: null,
  }));

  const open = async (over: Parameters<typeof groupDetail>[0]) => {
    const user = userEvent.setup();
    const { client } = renderApp({ group: ({ key }) => groupDetail({ ...over, key }) });
    await openDumps(client, [before]);
    const grid = await screen.findByRole('grid', { name: 'Groups' });
    await user.click(within(grid).getByText('main.work → chan send'));
    await screen.findByRole('region', { name: 'Goroutines' });
    return { user, client };
  };

  test('lists goroutines a page at a time, with waits, creators and marks', async () => {
    const { user } = await open({ goroutines, rowCount: 8702 });
    const region = screen.getByRole('region', { name: 'Goroutines' });
    expect(region).toHaveTextContent('First 12 of 8,702 goroutines');
    expect(within(region).getAllByRole('listitem')[0]).toHaveTextContent('goroutine 1006 min created by goroutine 7');
    expect(within(region).getAllByRole('listitem')[1]).toHaveTextContent('locked to thread');
    expect(within(region).getAllByRole('listitem')[2]).toHaveTextContent('leaked');
    await user.click(within(region).getByRole('button', { name: 'Show 28 more' }));
    expect(within(region).getAllByRole('listitem')).toHaveLength(40);
    expect(region).toHaveTextContent('Only the first 40 of 8,702 can be listed.');
  });

  test('a goroutine opens its text from the file', async () => {
    const { user, client } = await open({ goroutines, rowCount: 40 });
    await user.click(screen.getByRole('button', { name: 'goroutine 103' }));
    expect(await screen.findByRole('region', { name: 'Raw text' })).toHaveTextContent('goroutine 7 [chan send]:');
    expect(client.asked).toContainEqual({ method: 'rawText', args: expect.objectContaining({ row: 3 }) });
    await user.click(screen.getByRole('button', { name: 'goroutine 103' }));
    expect(screen.queryByRole('region', { name: 'Raw text' })).toBeNull();
  });

  test('distinct stacks are leafed through, with the goroutines of each', async () => {
    const stack = (line: number, count: number) => ({
      count,
      state: 'chan send',
      frames: [{ function: 'main.work', file: '/srv/main.go', line, kind: 'go' as const }],
      createdBy: null,
    });
    const { user } = await open({ stacks: [stack(42, 8640), stack(57, 62)], stackCount: 7 });
    const region = screen.getByRole('region', { name: 'Frames' });
    expect(region).toHaveTextContent('Stack 1 of 7, 8,640 goroutines');
    await user.click(within(region).getByRole('button', { name: 'Next stack' }));
    expect(region).toHaveTextContent('Stack 2 of 7, 62 goroutines');
    expect(region).toHaveTextContent('/srv/main.go:57');
    expect(region).toHaveTextContent('The first 2 of 7 stacks can be shown');
    expect(within(region).getByRole('button', { name: 'Next stack' })).toBeDisabled();
  });

  test('labels and creators come with their counts', async () => {
    await open({
      labels: [{ set: [['tenant', 'acme']], goroutines: 8000 }],
      labelSetCount: 1,
      creators: [
        ['main.serve', 8000],
        ['main.retry', 702],
      ],
    });
    expect(screen.getByRole('region', { name: 'Labels' })).toHaveTextContent('8,000tenant=acme');
    expect(screen.getByRole('region', { name: 'Created by' })).toHaveTextContent('702main.retry');
  });

  test('Escape closes it and shows what is known of the dump', async () => {
    const { user } = await open({});
    await user.keyboard('{Escape}');
    expect(panel()).toHaveTextContent('line 1 is a goroutine header');
    expect(screen.queryByRole('region', { name: 'Goroutines' })).toBeNull();
  });
});

describe('on a narrow page', () => {
  withLayout(390, 844);

  test('the stack opens as a sheet over the page and closes again', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before]);
    const grid = await screen.findByRole('grid', { name: 'Groups' });
    expect(screen.queryByRole('complementary')).toBeNull();
    await user.click(within(grid).getByText('main.work → chan send'));
    const sheet = await screen.findByRole('dialog', { name: 'Stack' });
    expect(sheet).toHaveTextContent('8 goroutines');
    await user.click(within(sheet).getByRole('button', { name: 'Close', description: '' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(within(grid).getByRole('row', { selected: true })).toHaveTextContent('main.work');
  });
});

describe('the keys', () => {
  test('lead to the tabs, along the dumps and to the list of keys', async () => {
    const user = userEvent.setup();
    const { client } = renderApp();
    await openDumps(client, [before, after]);
    await screen.findByRole('grid', { name: 'Groups' });
    await user.keyboard('[[');
    expect(dumpItems()[0]?.querySelector('[aria-current="true"]')).not.toBeNull();
    await user.keyboard('2');
    expect(screen.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('1?');
    expect(screen.getByRole('dialog', { name: 'Keys' })).toHaveTextContent('nWhat to do next');
    await user.keyboard('2');
    expect(screen.getByRole('tab', { name: 'Groups' })).toHaveAttribute('aria-selected', 'true');
  });
});

test('the theme is switched at once and remembered', async () => {
  const user = userEvent.setup();
  renderApp();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Theme' }), 'Dark');
  expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  expect(localStorage.getItem('standstill.theme')).toBe('dark');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Theme' }), 'Auto');
  expect(document.documentElement).not.toHaveAttribute('data-theme');
});

test('what is read later joins what is there', async () => {
  const { client } = renderApp();
  await openDumps(client, [before]);
  await screen.findByRole('grid', { name: 'Groups' });
  fireEvent.change(screen.getByTestId('file-input'), { target: { files: [new File(['x'], after.name)] } });
  expect(await screen.findByRole('progressbar', { name: 'Reading after.txt' })).toBeVisible();
  await finishRead(client, after);
  expect(dumpItems()).toHaveLength(2);
});

test('team rules opened before any dump are shown, can be looked at, and removed', async () => {
  const { client, standstill } = renderApp({ findRules: () => [] });
  const input = screen.getByTestId<HTMLInputElement>('file-input');
  fireEvent.change(input, { target: { files: [new File(['{}'], 'team.json')] } });
  await waitFor(() => expect(client.reads).toHaveLength(1));
  await act(async () =>
    client.reads[0]!.finish({ kind: 'rules', file: { rules: [leakRule({ id: 'T01' })], marks: [] } }),
  );
  const part = await screen.findByRole('region', { name: 'Team rules' });
  expect(part).toHaveTextContent('team.json 1 rule');
  expect(screen.getByText('They apply to all dumps that you open.')).toBeVisible();
  fireEvent.click(within(part).getByRole('button', { name: 'Rules' }));
  expect(await screen.findByRole('dialog', { name: 'Rules' })).toBeVisible();
  expect(standstill.store.getState().ownRules.map(({ id }) => id)).toEqual(['T01']);
  // The dialog stays open when its last rule is removed, and what was removed can be written again.
  fireEvent.click(await screen.findByRole('button', { name: 'Remove T01' }));
  await waitFor(() => expect(screen.getByRole('region', { name: 'Own rules' })).toHaveTextContent('No own rules yet'));
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog', { name: 'Rules' })).toBeNull();
  fireEvent.click(within(part).getByRole('button', { name: 'Remove team.json', hidden: true }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Team rules' })).toBeNull());
});

test('team rules opened before any dump name the causes of the dumps that come', async () => {
  const asked: unknown[] = [];
  const { client } = renderApp({
    causes: ({ ownRules }) => {
      asked.push(ownRules?.map(({ id }) => id));
      return causesReply([null, null]);
    },
  });
  const input = screen.getByTestId<HTMLInputElement>('file-input');
  fireEvent.change(input, { target: { files: [new File(['{}'], 'team.json')] } });
  await waitFor(() => expect(client.reads).toHaveLength(1));
  await act(async () =>
    client.reads[0]!.finish({ kind: 'rules', file: { rules: [leakRule({ id: 'T01' })], marks: [] } }),
  );
  await screen.findByRole('region', { name: 'Team rules' });
  await openDumps(client, [dumpSummary({ id: dumpId('now'), name: 'now.txt', goroutines: 10 })]);
  await screen.findByRole('grid', { name: 'Groups' });
  await waitFor(() => expect(asked).toEqual([['T01']]));
  // They stay beside the dumps.
  expect(screen.getByRole('region', { name: 'Team rules' })).toHaveTextContent('team.json 1 rule');
});

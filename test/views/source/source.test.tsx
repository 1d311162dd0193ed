import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { groupDetail } from '../support/groups.ts';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1400, 800);

const frame = (name: string, file: string, line: number) => ({ function: name, file, line, kind: 'go' as const });
const STACK = {
  count: 8,
  state: 'chan send',
  frames: [
    frame('example.com/orders/internal/q.publish', '/build/internal/q/q.go', 88),
    frame('github.com/acme/x.run', '/go/pkg/mod/github.com/acme/x@v1.2.3/run.go', 12),
    frame('main.main', '/build/main.go', 5),
  ],
  createdBy: null,
};

async function open() {
  const user = userEvent.setup();
  const detail = groupDetail({ key: 'key of main.work → chan send', name: 'main.work → chan send' });
  const page = renderApp({ group: () => ({ ...detail, stacks: [{ ...detail.stacks[0], ...STACK }], stackCount: 1 }) });
  await openDumps(page.client, [dumpSummary({ id: dumpId('after'), name: 'after.txt', goroutines: 10 })]);
  await user.click(within(await screen.findByRole('grid', { name: 'Groups' })).getAllByRole('row')[1]!);
  return { user, frames: await screen.findByRole('list', { name: /Frames/ }) };
}

test('frames of public hosts are links that say nothing of the page, others are text', async () => {
  const { frames } = await open();
  const links = within(frames).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://github.com/acme/x/blob/v1.2.3/run.go#L12']);
  expect(links[0]).toHaveAttribute('rel', 'noopener noreferrer');
  expect(links[0]).toHaveAttribute('target', '_blank');
  expect(links[0]).toHaveTextContent(/run\.go:12, opens its source in a new tab/);
});

test('a module gets an address, which is tried, kept and removed', async () => {
  const { user, frames } = await open();
  await user.click(screen.getByRole('button', { name: 'Source links…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Source links' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Module' }), 'example.com/orders');
  const address = within(dialog).getByRole('textbox', { name: 'Address' });
  await user.clear(address);
  await user.type(address, 'javascript:alert(1)');
  expect(address).toBeInvalid();
  expect(within(dialog).getByRole('status')).toHaveTextContent('an address that begins with https:');
  expect(within(dialog).getByRole('button', { name: 'Keep' })).toBeDisabled();
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Begin with' }), 'VS Code');
  await user.clear(address);
  await user.type(address, 'https://git.example/orders/blob/{{ref}/{{path}#L{{line}');
  expect(within(dialog).getByRole('status')).toHaveTextContent(
    'For example https://git.example/orders/blob/HEAD/internal/q/q.go#L88',
  );
  await user.click(within(dialog).getByRole('button', { name: 'Keep' }));
  const hrefs = () =>
    within(frames)
      .queryAllByRole('link')
      .map((link) => link.getAttribute('href'));
  expect(hrefs()[0]).toBe('https://git.example/orders/blob/HEAD/internal/q/q.go#L88');
  await user.click(within(dialog).getByRole('button', { name: 'Remove example.com/orders' }));
  expect(hrefs()).toHaveLength(1);
});

test('build info fills in the module and its commit', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Source links…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Source links' });
  await user.click(within(dialog).getByText('Commit from build info'));
  const field = within(dialog).getByRole('textbox', { name: /go version -m/ });
  await user.click(field);
  await user.paste('nothing of the kind');
  expect(within(dialog).getByText(/No line of it names a module/)).toBeVisible();
  expect(within(dialog).getByRole('textbox', { name: 'Module' })).toHaveValue('');
  await user.clear(field);
  await user.paste(
    '\tmod\texample.com/orders\t(devel)\n\tbuild\tvcs.revision=0f31a7c2d94e\n\tbuild\tvcs.modified=true\n',
  );
  expect(within(dialog).getByRole('textbox', { name: 'Module' })).toHaveValue('example.com/orders');
  expect(within(dialog).getByRole('textbox', { name: 'Commit, tag or branch' })).toHaveValue('0f31a7c2d94e');
  expect(within(dialog).getByText(/built with changes that are in no commit/)).toBeVisible();
});

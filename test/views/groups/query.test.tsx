import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { withLayout } from '../support/layout.ts';
import { openDumps, renderApp } from '../support/render-app.tsx';
import { dumpId, dumpSummary } from '../support/summaries.ts';

withLayout(1400, 800);

async function open() {
  const user = userEvent.setup();
  const page = renderApp();
  await openDumps(page.client, [dumpSummary({ id: dumpId('after'), name: 'after.txt', goroutines: 10 })]);
  await screen.findByRole('grid', { name: 'Groups' });
  return { user, ...page };
}

const field = () => screen.getByRole('combobox', { name: 'Search groups' });
const searches = (client: { asked: readonly { method: string; args: unknown }[] }) =>
  client.asked.filter(({ method }) => method === 'search').map(({ args }) => (args as { text: string }).text);

test('what is wrong is told with its column, and the last search stays', async () => {
  const { user, client } = await open();
  await user.type(field(), 'loop');
  const shown = screen.getByRole('status', { name: 'Shown' });
  await waitFor(() => expect(shown).toHaveTextContent('in 1 of 2 groups'));
  await user.type(field(), ' (or');
  expect(await screen.findByText(/Column 7: A word or a field must stand before and behind/)).toBeVisible();
  expect(field()).toHaveAccessibleDescription(/Column 7/);
  expect(field()).toBeInvalid();
  expect(shown).toHaveTextContent('in 1 of 2 groups');
  expect(searches(client).every((text) => !text.includes('('))).toBe(true);
});

test('fields and their values are completed by keys', async () => {
  const { user } = await open();
  await user.type(field(), 'st');
  const list = await screen.findByRole('listbox', { name: 'Completions' });
  expect(
    within(list)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['state: how it waits, as the dump prints it']);
  await user.keyboard('{ArrowDown}{Enter}');
  expect(field()).toHaveValue('state:');
  const values = await screen.findByRole('listbox', { name: 'Completions' });
  await waitFor(() => expect(within(values).getAllByRole('option')).toHaveLength(2));
  await user.keyboard('{ArrowDown}');
  expect(within(values).getByRole('option', { name: /chan send/ })).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{Enter}');
  expect(field()).toHaveValue('state:"chan send" ');
  expect(screen.queryByRole('listbox')).toBeNull();
});

test('Escape closes the list, then clears the search', async () => {
  const { user } = await open();
  await user.type(field(), 'sta');
  await screen.findByRole('listbox', { name: 'Completions' });
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(field()).toHaveValue('sta');
  await user.keyboard('{Escape}');
  expect(field()).toHaveValue('');
});

test('a facet is put into the search and taken out again', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Facets' }));
  const states = await screen.findByRole('group', { name: 'State' });
  const select = within(states).getByRole('button', { name: 'select 2' });
  await user.click(select);
  expect(field()).toHaveValue('state:=select');
  expect(select).toHaveAttribute('aria-pressed', 'true');
  await user.click(select);
  expect(field()).toHaveValue('');
});

test('an instance is no search but another dump; the search stays', async () => {
  const user = userEvent.setup();
  const { client } = renderApp();
  const dumpOf = (instance: string, goroutines: number) => {
    const { provenance } = dumpSummary();
    return dumpSummary({
      id: dumpId(instance),
      name: `${instance}.txt`,
      goroutines,
      provenance: { ...provenance, instance, fileName: `${instance}.txt`, path: `${instance}.txt` },
    });
  };
  await openDumps(client, [dumpOf('pod-a', 10), dumpOf('pod-b', 1200)]);
  await user.click(await screen.findByRole('button', { name: 'Facets' }));
  const instances = await screen.findByRole('group', { name: 'Instance' });
  const names = () =>
    within(instances)
      .getAllByRole('button')
      .map((button) => [button.textContent, button.getAttribute('aria-pressed')]);
  expect(names()).toEqual([
    ['pod-b1,200', 'true'],
    ['pod-a10', 'false'],
  ]);
  await user.type(field(), 'loop');
  // The scripted analyst finds as many goroutines as groups.
  await waitFor(() => expect(names().map(([name]) => name)).toEqual(['pod-a1', 'pod-b1']));
  await user.click(within(instances).getByRole('button', { name: /pod-a/ }));
  expect(field()).toHaveValue('loop');
  expect(within(instances).getByRole('button', { name: /pod-a/ })).toHaveAttribute('aria-pressed', 'true');
  expect(client.asked.filter(({ method }) => method === 'groups').at(-1)?.args).toMatchObject({ dumpId: 'pod-a' });
});

test('a search is kept, used again and forgotten', async () => {
  const { user } = await open();
  await user.type(field(), 'wait:>10m ');
  await user.click(screen.getByText('Queries'));
  await user.click(screen.getByRole('button', { name: 'Save this query' }));
  await user.clear(field());
  const saved = screen.getByRole('region', { name: 'Saved queries' });
  await user.click(within(saved).getByRole('button', { name: 'wait:>10m' }));
  expect(field()).toHaveValue('wait:>10m');
  await user.click(within(saved).getByRole('button', { name: 'Forget wait:>10m' }));
  expect(saved).toHaveTextContent('None yet');
});

test('the chosen group can be shown alone, or hidden with all that stand there', async () => {
  const { user } = await open();
  await user.click(within(screen.getByRole('grid', { name: 'Groups' })).getAllByRole('row')[1]!);
  await user.click(await screen.findByRole('button', { name: 'Hide all like this' }));
  expect(field()).toHaveValue('-name:main.work');
  await user.click(screen.getByRole('button', { name: 'Only this' }));
  expect(field()).toHaveValue('name:="main.work → chan send"');
});

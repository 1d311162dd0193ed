import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/core/trend/verdict.ts';
import { InstancesTab } from '../../../src/views/instances/InstancesTab.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { dumpId } from '../support/summaries.ts';
import { growthFit, processVerdict, verdict } from '../verdict/verdicts.ts';

const FLEET: Partial<Verdict> = {
  processes: [
    processVerdict({ name: 'orders-a', instance: 'orders-a', dumps: [0, 2], totals: [30, 32], call: 'steady' }),
    processVerdict({
      name: 'orders-b',
      instance: 'orders-b',
      dumps: [1, 3, 4],
      totals: [30, 480, 8911],
      call: 'growing',
      fit: growthFit(),
      odd: [
        'orders-b has ',
        { text: '8,911', show: { kind: 'dump', dump: 4 } },
        ' goroutines, while the others have 32.',
      ],
    }),
  ],
  fleet: {
    processes: [0, 1],
    groups: [
      { key: 'k publish', name: 'publish → chan send', rms: 6153.2, counts: [0, 8702] },
      { key: 'k work', name: 'main.worker → select', rms: 4.5, counts: [4, 4] },
    ],
  },
};
const show = (over: Partial<Verdict>, dumps = 5) =>
  renderOver(
    {
      verdict: {
        status: 'ready',
        value: { verdict: verdict(over), dumpIds: Array.from({ length: dumps }, (_, at) => dumpId(`d${at}`)) },
        error: null,
      },
    },
    <InstancesTab />,
  );
const bodyRows = (name: string) => within(screen.getByRole('table', { name })).getAllByRole('row').slice(1);
const header = (name: string) => screen.getByRole('columnheader', { name: new RegExp(`^${name}`) });

describe('the table of instances', () => {
  test('names the odd one on top and has it first', () => {
    show(FLEET);
    expect(screen.getByRole('region', { name: 'What stands apart' })).toHaveTextContent(
      'orders-b has 8,911 goroutines, while the others have 32.',
    );
    const [odd, other] = bodyRows('Instances');
    expect(odd).toHaveTextContent('orders-boddGrowing330 → 8,911+8,881+1,240/h (1,100 to 1,400)');
    expect(other).toHaveTextContent('orders-aSteady230 → 32+2not claimed');
    expect(within(odd as HTMLElement).getByText('odd')).toHaveAttribute(
      'title',
      'orders-b has 8,911 goroutines, while the others have 32.',
    );
  });

  test('is sorted by its heads', async () => {
    const user = userEvent.setup();
    show(FLEET);
    expect(header('Odd')).toHaveAttribute('aria-sort', 'descending');
    await user.click(screen.getByRole('button', { name: 'Instance' }));
    expect(header('Instance')).toHaveAttribute('aria-sort', 'ascending');
    expect(header('Odd')).toHaveAttribute('aria-sort', 'none');
    expect(bodyRows('Instances').map((row) => /orders-\w/.exec(row.textContent ?? '')?.[0])).toEqual([
      'orders-a',
      'orders-b',
    ]);
    await user.click(screen.getByRole('button', { name: 'Change' }));
    expect(bodyRows('Instances')[0]).toHaveTextContent('orders-b');
  });

  test('a name chooses the last dump; counts and changes lead to what they count', async () => {
    const user = userEvent.setup();
    const { actions } = show(FLEET);
    const [row] = bodyRows('Instances');
    const inRow = within(row as HTMLElement);
    await user.click(inRow.getByRole('button', { name: 'orders-b' }));
    expect(actions.choose).toHaveBeenCalledExactlyOnceWith({ dumpId: dumpId('d4') });
    await user.click(inRow.getByRole('button', { name: '30' }));
    expect(actions.show).toHaveBeenLastCalledWith({ kind: 'dump', dump: 1 });
    await user.click(inRow.getByRole('button', { name: '+8,881' }));
    expect(actions.show).toHaveBeenLastCalledWith({
      kind: 'changes',
      a: 1,
      b: 4,
      level: 'place',
      key: null,
      kinds: [],
      fate: null,
    });
  });

  test('of hundreds shows the first hundred, and all when asked', async () => {
    const processes = Array.from({ length: 500 }, (_, at) =>
      processVerdict({ name: `pod-${at}`, instance: `pod-${at}`, dumps: [at], totals: [10], call: 'cannot-tell' }),
    );
    show({ processes, fleet: { processes: processes.map((_, at) => at), groups: [] } }, 500);
    expect(bodyRows('Instances')).toHaveLength(100);
    expect(bodyRows('Instances')[0]).toHaveTextContent('one dump');
    expect(screen.getByText('None of the 500 instances stands apart from the others.')).toBeVisible();
    await userEvent.setup().click(screen.getByRole('button', { name: 'Show all 500 processes' }));
    expect(bodyRows('Instances')).toHaveLength(500);
  });
});

describe('groups over instances', () => {
  test('are ranked, and say which instance has most', async () => {
    const { actions } = show(FLEET);
    expect(screen.getByText(/Ranked by root mean square/)).toBeVisible();
    const [first, second] = bodyRows('Groups ranked over instances');
    expect(first).toHaveTextContent(/^6,153publish → chan send.*0 · 4,351 · 8,702orders-b$/);
    expect(second).toHaveTextContent(/^4\.5main\.worker → select.*4 · 4 · 4all alike$/);
    await userEvent.setup().click(screen.getByRole('button', { name: 'publish → chan send' }));
    expect(actions.show).toHaveBeenCalledExactlyOnceWith({ kind: 'group', dump: 4, level: 'place', key: 'k publish' });
  });

  test('are not there for one instance before and after a restart', () => {
    show({
      processes: [
        processVerdict({ name: 'orders-a', instance: 'orders-a', dumps: [0], totals: [30] }),
        processVerdict({ name: 'orders-a after a restart', instance: 'orders-a', dumps: [1], totals: [12] }),
      ],
    });
    expect(screen.queryByRole('region', { name: 'Groups over instances' })).toBeNull();
    expect(screen.getByText(/2 processes: goroutines are compared within each/)).toBeVisible();
  });
});

import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { CALLS } from '../../../src/core/trend/verdict.ts';
import { OpenStackContext } from '../../../src/views/panel-context.ts';
import { CallBadge } from '../../../src/views/verdict/CallBadge.tsx';
import { VerdictPanel } from '../../../src/views/verdict/VerdictPanel.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { DUMPS, groupVerdict, growthFit, judged, processVerdict, ready, T0, verdict } from './verdicts.ts';

withLayout(1400, 800);

const panel = () => screen.getByRole('region', { name: 'Verdict' });
const call = () => screen.getByRole('status', { name: 'Call' });
const MINUTE = 60_000;

describe('the call', () => {
  const words = {
    leaked: 'Leaked',
    growing: 'Growing',
    raised: 'Raised',
    stuck: 'Stuck',
    suspicious: 'Suspicious',
    spike: 'Spike',
    shrinking: 'Shrinking',
    steady: 'Steady',
    'cannot-tell': 'Cannot tell',
  };
  test.each(CALLS)('%s is a word in the status and in the title', (each) => {
    renderOver(judged({ call: each }), <VerdictPanel />);
    expect(call()).toHaveTextContent(new RegExp(`^${words[each]}$`));
    const growth = each === 'growing' ? ' +7,707' : '';
    expect(document.title).toBe(`${words[each].toUpperCase()}${growth} – Standstill`);
  });

  test('has a shape of its own', () => {
    render(CALLS.map((each) => <CallBadge key={each} call={each} />));
    const shapes = [...document.querySelectorAll('svg path')].map((path) => path.getAttribute('d'));
    expect(new Set(shapes).size).toBe(CALLS.length);
  });

  test('is said anew in the same status when it changes', () => {
    const { store } = renderOver(judged(), <VerdictPanel />);
    const status = call();
    act(() => store.setState({ verdict: ready(verdict({ call: 'spike' })) }));
    expect(call()).toBe(status);
    expect(status).toHaveTextContent(/^Spike$/);
  });

  test('leaves the title as it was when the dumps are gone', () => {
    document.title = 'Standstill';
    const { store } = renderOver(judged(), <VerdictPanel />);
    expect(document.title).toBe('GROWING +7,707 – Standstill');
    act(() => store.setState({ dumps: [], verdict: { status: 'none', value: null, error: null } }));
    expect(document.title).toBe('Standstill');
    expect(screen.queryByRole('region', { name: 'Verdict' })).toBeNull();
  });
});

describe('a sentence', () => {
  test('leads from its number to what it counts', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(judged(), <VerdictPanel />);
    const headline = screen.getByRole('heading', { name: 'Growing: +7,707 goroutines in 14 min.' });
    await user.click(within(headline).getByRole('button', { name: '+7,707' }));
    expect(actions.show).toHaveBeenCalledExactlyOnceWith({
      kind: 'changes',
      a: 0,
      b: 2,
      level: 'place',
      key: null,
      kinds: [],
      fate: null,
    });
  });

  test('opens the stack of a group it names, as a row of the table does', async () => {
    const user = userEvent.setup();
    const openStack = vi.fn();
    const { actions } = renderOver(
      judged(),
      <OpenStackContext value={openStack}>
        <VerdictPanel />
      </OpenStackContext>,
    );
    await user.click(screen.getByRole('button', { name: '97.7 %' }));
    expect(actions.show).toHaveBeenCalledWith({ kind: 'group', dump: 2, level: 'place', key: 'key of publish' });
    expect(openStack).toHaveBeenLastCalledWith(false);
    screen.getByRole('button', { name: '97.7 %' }).focus();
    await user.keyboard('{Enter}');
    expect(openStack).toHaveBeenLastCalledWith(true);
    await user.click(screen.getByRole('button', { name: '+7,707' }));
    expect(openStack).toHaveBeenCalledTimes(2);
  });
});

describe('the evidence', () => {
  const evidence = [['first'], ['second'], ['third'], ['fourth'], ['fifth']];

  test('shows three sentences, and the rest when asked', async () => {
    const user = userEvent.setup();
    renderOver(judged({ evidence }), <VerdictPanel />);
    const list = screen.getByRole('list', { name: 'Evidence' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['first', 'second', 'third']);
    expect(panel()).not.toHaveTextContent(/fourth|Next:/);
    const button = screen.getByRole('button', { name: 'More evidence', expanded: false });
    await user.click(button);
    expect(screen.getByRole('list', { name: 'More evidence' })).toHaveTextContent('fourthfifth');
    expect(button).toHaveAttribute('aria-expanded', 'true');
    await user.click(screen.getByRole('button', { name: 'Less evidence' }));
    expect(panel()).not.toHaveTextContent('fourth');
  });

  test('shows two sentences where they are long', () => {
    const long = 'x'.repeat(120);
    renderOver(judged({ evidence: [[long], ['second'], ['third']] }), <VerdictPanel />);
    expect(within(screen.getByRole('list', { name: 'Evidence' })).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'More evidence' })).toBeVisible();
  });

  test('leaves room for the next step where it is short, and has no button when all of it stands there', () => {
    renderOver(judged(), <VerdictPanel />);
    expect(panel()).toHaveTextContent('Next: Take one more dump 10 minutes from now.');
    expect(screen.queryByRole('button', { name: /evidence/ })).toBeNull();
  });

  test('has the waves as a table, and how sure the slope is', async () => {
    const user = userEvent.setup();
    const waves = [
      { base: 12, peak: 400, rest: 14 },
      { base: 14, peak: 1300, rest: 13 },
    ];
    renderOver(judged({ waves, fit: growthFit() }), <VerdictPanel />);
    await user.click(screen.getByRole('button', { name: 'More evidence' }));
    expect(panel()).toHaveTextContent('Two waves. The count before each: 12, 14.');
    const rows = within(screen.getByRole('table', { name: 'Waves' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual(['wavebeforehighestafter', '11240014', '2141,30013']);
    expect(panel()).toHaveTextContent('by chance in 0.4 % of cases');
  });

  test('does not speak of a single wave', () => {
    renderOver(judged({ waves: [{ base: 12, peak: 400, rest: 14 }] }), <VerdictPanel />);
    expect(screen.queryByRole('button', { name: /evidence/ })).toBeNull();
  });
});

describe('since when', () => {
  test('has the slope with its interval, the start and the doubling time', async () => {
    const user = userEvent.setup();
    const start = { fromMs: T0 + 4 * MINUTE, toMs: T0 + 7 * MINUTE };
    const { actions } = renderOver(judged({ fit: growthFit({ start, doublingMs: 125 * MINUTE }) }), <VerdictPanel />);
    expect(panel()).toHaveTextContent('+1,240 an hour (95 %: 1,100 to 1,400)');
    expect(panel()).toHaveTextContent('began between 02:31 and 02:34');
    expect(panel()).toHaveTextContent('doubles in 2 h 5 min');
    await user.click(screen.getByRole('button', { name: '+1,240 an hour' }));
    expect(actions.show).toHaveBeenCalledWith({ kind: 'timeline' });
  });

  test('claims no slope below three dumps, and asks for no limit', () => {
    renderOver({ ...judged(), dumps: DUMPS.slice(0, 2) }, <VerdictPanel />);
    expect(panel()).toHaveTextContent('Two dumps give no slope.');
    expect(panel()).not.toHaveTextContent('an hour');
    expect(screen.queryByRole('textbox', { name: 'limit' })).toBeNull();
  });

  test('takes a limit on Enter and when the field is left', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(judged({ fit: growthFit() }), <VerdictPanel />);
    const field = screen.getByRole('textbox', { name: 'limit' });
    await user.type(field, '10,000{Enter}');
    expect(actions.choose).toHaveBeenLastCalledWith({ limit: 10_000 });
    await user.type(field, '20000');
    await user.tab();
    expect(actions.choose).toHaveBeenLastCalledWith({ limit: 20_000 });
    expect(actions.choose).toHaveBeenCalledTimes(2);
  });

  test('refuses what is no limit, says what is one, and keeps it for mending', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(judged({ fit: growthFit() }), <VerdictPanel />);
    const field = screen.getByRole('textbox', { name: 'limit' });
    await user.type(field, '10k{Enter}');
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/A whole number from 1 to 1,000,000,000\./);
    expect(field).toHaveValue('10k');
    expect(actions.choose).not.toHaveBeenCalled();
    await user.type(field, '{Backspace}');
    expect(field).toBeValid();
    await user.keyboard('{Escape}');
    expect(field).toHaveValue('');
    await user.tab();
    expect(actions.choose).not.toHaveBeenCalled();
  });

  test('says when the limit is reached, and an emptied field forgets it', async () => {
    const user = userEvent.setup();
    const state = judged({
      fit: growthFit(),
      forecast: {
        limit: 10_000,
        atMs: T0 + 105 * MINUTE,
        earliestMs: T0 + 91 * MINUTE,
        latestMs: T0 + 133 * MINUTE,
      },
    });
    const { actions, store } = renderOver(state, <VerdictPanel />);
    act(() => store.setState(({ view }) => ({ view: { ...view, limit: 10_000 } })));
    expect(screen.getByRole('status', { name: 'Forecast' })).toHaveTextContent(
      'reaches 10,000 at about 04:12, between 03:58 and 04:40',
    );
    const field = screen.getByRole('textbox', { name: 'limit' });
    expect(field).toHaveValue('10,000');
    await user.clear(field);
    await user.keyboard('{Enter}');
    expect(actions.choose).toHaveBeenLastCalledWith({ limit: null });
  });
});

describe('the groups', () => {
  const rows = () => within(screen.getByRole('list', { name: 'Groups to look at' })).getAllByRole('listitem');
  const many = (['growing', 'raised', 'stuck', 'suspicious', 'spike'] as const).map((each, index) =>
    groupVerdict({
      key: `key ${index}`,
      name: `main.work${index} → chan send`,
      call: each,
      evidence: [[`Why group ${index}: `, { text: 'look', show: { kind: 'timeline' } }]],
    }),
  );

  test('stand with their call, counts and growth', () => {
    renderOver(judged(), <VerdictPanel />);
    expect(rows().map((row) => row.textContent)).toEqual([
      'Growingorders.(*Publisher).publish → chan send12 → 8,702+8,690',
    ]);
  });

  test('lead to themselves in the last dump they were judged by, and each number to what it counts', async () => {
    const user = userEvent.setup();
    // A dump that is cut short is not judged: the process has one more.
    const processes = [processVerdict({ dumps: [1, 2, 4, 7] })];
    const groups = [groupVerdict({ dumps: [1, 4, 7] })];
    const { actions } = renderOver(judged({ processes, groups }), <VerdictPanel />);
    const group = { kind: 'group', level: 'place', key: 'key of publish' };
    for (const [name, show] of [
      ['orders.(*Publisher).publish → chan send', { ...group, dump: 7 }],
      ['12', { ...group, dump: 1 }],
      ['8,702', { ...group, dump: 7 }],
      ['+8,690', { ...group, kind: 'changes', dump: undefined, a: 1, b: 7, kinds: [], fate: null }],
    ] as const) {
      await user.click(within(rows()[0] as HTMLElement).getByRole('button', { name }));
      expect(actions.show).toHaveBeenLastCalledWith(JSON.parse(JSON.stringify(show)));
    }
  });

  test('are three at most; the others open with why, and close when one is shown', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(judged({ groups: many }), <VerdictPanel />);
    expect(rows()).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: 'Why, and 2 more groups' }));
    const dialog = screen.getByRole('dialog', { name: 'Groups and why' });
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(5);
    expect(dialog).toHaveTextContent('Why group 4: look');
    expect(dialog).toHaveTextContent('52 of 57 groups judged are not listed');
    await user.click(within(dialog).getAllByRole('button', { name: 'look' })[4] as HTMLElement);
    expect(actions.show).toHaveBeenCalledExactlyOnceWith({ kind: 'timeline' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('without an alarming one say how many were judged, and lead to what changed', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(judged({ call: 'steady', groups: [] }), <VerdictPanel />);
    expect(panel()).toHaveTextContent('None of 57 groups stands out; what changed.');
    await user.click(screen.getByRole('button', { name: 'what changed' }));
    expect(actions.show).toHaveBeenCalledWith(expect.objectContaining({ kind: 'changes', a: 0, b: 2, key: null }));
    expect(screen.queryByRole('list', { name: 'Groups to look at' })).toBeNull();
  });

  test('from one dump have one count and no growth', () => {
    renderOver(
      judged({ call: 'suspicious', groups: [groupVerdict({ call: 'suspicious', counts: [8702], growth: 0 })] }),
      <VerdictPanel />,
    );
    expect(rows()[0]).toHaveTextContent(/chan send8,702$/);
  });
});

describe('what to do', () => {
  test('opens by its button and by n, with commands to copy and what would change the answer', async () => {
    const user = userEvent.setup();
    renderOver(judged(), <VerdictPanel />);
    await user.click(screen.getByRole('button', { name: 'What to do' }));
    const dialog = screen.getByRole('dialog', { name: 'What to do' });
    expect(dialog).toHaveTextContent('Take one more dump 10 minutes from now.');
    expect(within(dialog).getByRole('region', { name: 'What would change this answer' })).toHaveTextContent(
      'A dump after the load fell that is back at 1,204 would make it a spike.',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Copy command: kubectl' }));
    expect(await navigator.clipboard.readText()).toBe(
      'kubectl exec POD -- curl localhost:6060/debug/pprof/goroutine?debug=2',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.keyboard('n');
    expect(screen.getByRole('dialog', { name: 'What to do' })).toBeVisible();
  });

  test('is not typed into the limit', async () => {
    const user = userEvent.setup();
    renderOver(judged({ fit: growthFit() }), <VerdictPanel />);
    await user.type(screen.getByRole('textbox', { name: 'limit' }), 'n');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { VerdictPanel } from '../../../src/views/verdict/VerdictPanel.tsx';
import { countEntry } from '../support/counts.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { withLayout } from '../support/layout.ts';
import { DUMPS, groupVerdict, growthFit, judged, ready, T0, verdict } from './verdicts.ts';

withLayout(1400, 800);

const panel = () => screen.getByRole('region', { name: 'Verdict' });
const call = () => screen.getByRole('status', { name: 'Call' });
const MINUTE = 60_000;

describe('without a good answer', () => {
  test('it says that it judges, and n opens nothing', async () => {
    const user = userEvent.setup();
    renderOver({ dumps: DUMPS, verdict: { status: 'asking', value: null, error: null } }, <VerdictPanel />);
    expect(panel()).toHaveTextContent('Judging…');
    expect(panel()).toHaveAttribute('aria-busy', 'true');
    expect(call()).toBeEmptyDOMElement();
    expect(screen.queryByRole('button', { name: 'What to do' })).toBeNull();
    await user.keyboard('n');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('the last one stays while a new one is asked for', () => {
    const { verdict: answer } = judged();
    renderOver({ dumps: DUMPS, verdict: { ...answer, status: 'asking' } }, <VerdictPanel />);
    expect(panel()).toHaveAttribute('aria-busy', 'true');
    expect(call()).toHaveTextContent('Growing');
  });

  test('a failure says why and what to do', () => {
    renderOver({ dumps: DUMPS, verdict: { status: 'failed', value: null, error: 'It broke.' } }, <VerdictPanel />);
    expect(screen.getByRole('alert')).toHaveTextContent(
      'The verdict could not be made: It broke. The tabs below still count.',
    );
    expect(panel()).not.toHaveTextContent('Judging…');
  });

  test('a failure after a good one keeps the good one and says that it is older', () => {
    const { verdict: answer } = judged();
    renderOver({ dumps: DUMPS, verdict: { ...answer, status: 'failed', error: 'It broke.' } }, <VerdictPanel />);
    expect(screen.getByRole('alert')).toHaveTextContent(
      'This is an older verdict; a new one could not be made: It broke.',
    );
    expect(call()).toHaveTextContent('Growing');
  });
});

describe('what was judged', () => {
  test('is dumps with their span', () => {
    renderOver(judged(), <VerdictPanel />);
    expect(panel()).toHaveTextContent('3 dumps·23 Nov 02:27 to 02:41 UTC'.replace('·', ''));
  });

  test('is instances, too, and dumps without a time', async () => {
    const user = userEvent.setup();
    const dumps = DUMPS.map((dump, index) => ({
      ...dump,
      takenAtMs: index === 1 ? null : dump.takenAtMs,
      summary: { ...dump.summary, provenance: { ...dump.summary.provenance, instance: `orders-${index % 2}` } },
    }));
    const { actions } = renderOver({ ...judged(), dumps }, <VerdictPanel />);
    expect(panel()).toHaveTextContent('3 dumps of 2 instances');
    expect(panel()).toHaveTextContent('(1 without a time)');
    await user.click(screen.getByRole('button', { name: '2 instances' }));
    expect(actions.show).toHaveBeenCalledWith({ kind: 'instances' });
  });

  test('can be counts alone', () => {
    const counts = [
      countEntry('a.log', [
        [T0, 12],
        [T0 + MINUTE, 40],
      ]),
    ];
    const of = ready(verdict({ call: 'cannot-tell', groups: [], groupsJudged: 0, processes: [] }));
    renderOver({ counts, verdict: of }, <VerdictPanel />);
    expect(call()).toHaveTextContent('Cannot tell');
    expect(panel()).toHaveTextContent('1 count series');
    expect(panel()).toHaveTextContent('Fewer than three counts give no slope.');
  });

  test('is nothing with neither dump nor counts', () => {
    renderOver({}, <VerdictPanel />);
    expect(screen.queryByRole('region', { name: 'Verdict' })).toBeNull();
  });
});

describe('on a narrow page', () => {
  withLayout(390, 844);

  test('call, headline and buttons stand first; evidence opens', async () => {
    const user = userEvent.setup();
    renderOver(judged({ fit: growthFit() }), <VerdictPanel />);
    expect(call()).toHaveTextContent('Growing');
    expect(screen.getByRole('heading', { name: /Growing: \+7,707/ })).toBeVisible();
    expect(screen.queryByRole('list', { name: 'Evidence' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'limit' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Evidence' }));
    expect(screen.getByRole('list', { name: 'Evidence' })).toHaveTextContent('97.7 %');
    expect(screen.getByRole('list', { name: 'Groups to look at' })).toHaveTextContent('publish');
    expect(screen.getByRole('textbox', { name: 'limit' })).toBeVisible();
  });
});

describe('groups that a team marked', () => {
  const groups = [
    groupVerdict({ key: 'watched', name: 'mail.wait → select', call: 'steady', mark: 'suspect' }),
    groupVerdict({ key: 'open' }),
    groupVerdict({ key: 'out', name: 'cache.evict → chan send', mark: 'expected', leftOut: true }),
  ];

  test('stand among those to look at when suspect, and only in the list of all when left out', async () => {
    const user = userEvent.setup();
    renderOver(judged({ groups }), <VerdictPanel />);
    const items = within(screen.getByRole('list', { name: 'Groups to look at' })).getAllByRole('listitem');
    expect(items).toHaveLength(2);
    expect(items[0]).toHaveTextContent('! suspectmail.wait → select');
    await user.click(screen.getByRole('button', { name: 'Why, and 1 more groups' }));
    expect(screen.getByRole('dialog')).toHaveTextContent('○ expected, left outcache.evict → chan send');
  });

  test('are named where nothing else stands out', () => {
    renderOver(judged({ groups: groups.slice(2) }), <VerdictPanel />);
    expect(panel()).toHaveTextContent('None of 57 groups stands out beside those left out; what changed.');
    expect(screen.queryByRole('list', { name: 'Groups to look at' })).toBeNull();
  });

  test('what is proven leaked in no group for certain is not called nothing', () => {
    renderOver(judged({ call: 'leaked', groups: [] }), <VerdictPanel />);
    expect(panel()).toHaveTextContent(
      'What is proven leaked is in no group of the dumps for certain; none of 57 groups',
    );
  });
});

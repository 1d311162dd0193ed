import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Phase } from '../../../src/core/trend/phase.ts';
import { DumpTools } from '../../../src/views/dumps/DumpTools.tsx';
import { PhaseStrip } from '../../../src/views/timeline/PhaseStrip.tsx';
import type { PhaseSlot } from '../../../src/views/timeline/phase-slots.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { dumpEntry, dumpId, dumpSummary } from '../support/summaries.ts';
import { verdict } from '../verdict/verdicts.ts';

const scale = { left: 0, width: 400, padding: 0, firstX: 0, lastX: 400 };
const slots = (...phases: (Phase | null)[]): PhaseSlot[] =>
  phases.map((phase, at) => ({
    ids: [dumpId(`d${at}`)],
    name: `${at}.txt`,
    x: at * 100,
    known: { phase, guessed: phase !== null },
  }));
const ids = (...words: string[]) => words.map(dumpId);

describe('the phase strip', () => {
  test('names bands and says that they were guessed', () => {
    renderOver(
      {},
      <PhaseStrip slots={slots('before', 'load', 'load', 'after', 'after')} scale={{ ...scale, width: 900 }} />,
    );
    const strip = screen.getByRole('group', { name: 'Phases' });
    expect(strip).toHaveTextContent('under load guessed');
    expect(strip).toHaveTextContent('after load guessed');
    expect(screen.getByText(/guessed from names or the curve/)).toBeVisible();
    const borders = within(strip).getAllByRole('slider');
    expect(borders.map((border) => border.getAttribute('aria-valuetext'))).toEqual([
      'load begins before 1.txt',
      'load ends before 3.txt',
    ]);
  });

  test('arrow keys move a border by a dump, Home and End as far as it goes', async () => {
    const user = userEvent.setup();
    const { actions } = renderOver(
      {},
      <PhaseStrip slots={slots('before', 'load', 'load', 'after', 'after')} scale={scale} />,
    );
    screen.getByRole('slider', { name: 'Load ends' }).focus();
    await user.keyboard('{ArrowLeft}');
    expect(actions.markPhase).toHaveBeenLastCalledWith(ids('d2'), 'after');
    await user.keyboard('{ArrowRight}');
    expect(actions.markPhase).toHaveBeenLastCalledWith(ids('d3'), 'load');
    await user.keyboard('{End}');
    expect(actions.markPhase).toHaveBeenLastCalledWith(ids('d3', 'd4'), 'load');
    await user.tab({ shift: true });
    expect(screen.getByRole('slider', { name: 'Load begins' })).toHaveFocus();
    await user.keyboard('{Home}');
    expect(actions.markPhase).toHaveBeenLastCalledWith(ids('d0'), 'load');
    expect(actions.markPhase).toHaveBeenCalledTimes(4);
  });

  test('a dragged border shows where it would stand, and marks all dumps between when it is let go', () => {
    const { actions } = renderOver({}, <PhaseStrip slots={slots(null, null, null, null, null)} scale={scale} />);
    const border = screen.getByRole('slider', { name: 'Before load ends' });
    fireEvent.pointerDown(border, { button: 0, clientX: 0 });
    fireEvent.pointerMove(border, { clientX: 160 });
    expect(border).toHaveAttribute('aria-valuetext', 'before load ends before 2.txt');
    expect(actions.markPhase).not.toHaveBeenCalled();
    fireEvent.pointerUp(border, { clientX: 160 });
    expect(actions.markPhase).toHaveBeenCalledExactlyOnceWith(ids('d0', 'd1'), 'before');
  });

  test('Escape lets a dragged border go back', async () => {
    const { actions } = renderOver({}, <PhaseStrip slots={slots('before', 'before', 'load', 'load')} scale={scale} />);
    const border = screen.getByRole('slider', { name: 'Load begins' });
    border.focus();
    fireEvent.pointerDown(border, { button: 0, clientX: 150 });
    fireEvent.pointerMove(border, { clientX: 20 });
    await userEvent.setup().keyboard('{Escape}');
    fireEvent.pointerUp(border, { clientX: 20 });
    expect(border).toHaveAttribute('aria-valuenow', '2');
    expect(actions.markPhase).not.toHaveBeenCalled();
  });

  test('marks are cleared together', async () => {
    const { store, actions } = renderOver({}, <PhaseStrip slots={slots('before', 'load')} scale={scale} />);
    expect(screen.queryByRole('button', { name: /Clear/ })).toBeNull();
    const phases = [
      [dumpId('d0'), 'before'],
      [dumpId('d1'), 'load'],
    ] as const;
    store.setState(({ view }) => ({ view: { ...view, phases } }));
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Clear 2 marks' }));
    expect(actions.markPhase).toHaveBeenCalledExactlyOnceWith(ids('d0', 'd1'), null);
  });
});

test('the phase of the chosen dump can be set, and left to the guess again', async () => {
  const user = userEvent.setup();
  const dumps = ['one', 'two'].map((word) =>
    dumpEntry({ summary: dumpSummary({ id: dumpId(word), name: `${word}.txt` }) }),
  );
  const [first] = dumps;
  if (first === undefined) throw new Error('no dump');
  const { store, actions } = renderOver(
    {
      dumps,
      verdict: {
        status: 'ready',
        value: {
          verdict: verdict({ phases: ['load', 'after'], phasesGuessed: true }),
          dumpIds: ids('one', 'two'),
        },
        error: null,
      },
    },
    <DumpTools dump={first} />,
  );
  const select = screen.getByRole('combobox', { name: 'Phase of one.txt' });
  expect(select).toHaveDisplayValue('guess: under load');
  await user.selectOptions(select, 'after load');
  expect(actions.markPhase).toHaveBeenLastCalledWith(ids('one'), 'after');
  store.setState(({ view }) => ({ view: { ...view, phases: [[dumpId('one'), 'after']] } }));
  expect(await screen.findByDisplayValue('after load')).toBe(select);
  await user.selectOptions(select, 'guess');
  expect(actions.markPhase).toHaveBeenLastCalledWith(ids('one'), null);
});

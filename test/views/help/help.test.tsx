import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { Explained } from '../../../src/views/help/Explained.tsx';
import { TERMS, termOf } from '../../../src/views/help/terms.ts';
import { renderApp } from '../support/render-app.tsx';

describe('a word', () => {
  test('is explained on focus, closed by Escape, and on hover', async () => {
    const user = userEvent.setup();
    render(
      <Explained word="chan send">
        <span>chan send</span>
      </Explained>,
    );
    const ask = screen.getByRole('button', { name: 'What “chan send” means' });
    await user.tab();
    expect(ask).toHaveFocus();
    expect(screen.getByRole('tooltip')).toHaveTextContent(/nobody takes it/);
    expect(ask).toHaveAccessibleDescription(/nobody takes it/);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).toBeNull();
    await user.hover(screen.getByText('chan send', { selector: '.explained > span' }));
    expect(screen.getByRole('tooltip')).toBeVisible();
    await user.unhover(screen.getByText('chan send', { selector: '.explained > span' }));
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  test('that nobody has written down stands as it is', () => {
    render(
      <Explained word="a state to come">
        <span>a state to come</span>
      </Explained>,
    );
    expect(screen.getByText('a state to come')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  test.each(['chan send', 'select (durable)', 'IO wait', 'chan receive (nil chan)', 'sync.WaitGroup.Wait (durable)'])(
    '%s is known',
    (word) => {
      expect(termOf(word)).not.toBeNull();
    },
  );

  test('is written down once, with its source', () => {
    expect(new Set(TERMS.map(({ term }) => term)).size).toBe(TERMS.length);
    for (const { says, source } of TERMS) expect([says.length > 20, source.length > 0]).toEqual([true, true]);
  });
});

test('the guide opens from the empty page and has every word', async () => {
  const user = userEvent.setup();
  renderApp();
  await user.click(screen.getByRole('button', { name: 'How a dump is read' }));
  const guide = await screen.findByRole('dialog', { name: 'Reading a goroutine dump' });
  for (const { term } of TERMS) expect(guide).toHaveTextContent(term);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { HowToGet } from '../../../src/views/intake/HowToGet.tsx';

test('a command is copied as it stands, and the button says so', async () => {
  const user = userEvent.setup();
  render(<HowToGet />);
  const button = screen.getByRole('button', { name: /Copy command: Save a dump/ });
  await user.click(button);
  expect(await navigator.clipboard.readText()).toBe(
    "curl -s 'http://HOST:6060/debug/pprof/goroutine?debug=2' > before.txt",
  );
  expect(button).toHaveTextContent('Copied');
});

test('every way is one tab away, by mouse and by arrow keys', async () => {
  const user = userEvent.setup();
  render(<HowToGet />);
  await user.click(screen.getByRole('tab', { name: 'SIGQUIT' }));
  expect(screen.getByRole('tabpanel')).toHaveTextContent('kill -QUIT PID');
  expect(screen.getByRole('tabpanel')).toHaveTextContent('The program ends after printing');
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tab', { name: 'gops' })).toHaveFocus();
  expect(screen.getByRole('tabpanel')).toHaveTextContent('gops stack PID > dump.txt');
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tabpanel')).toHaveTextContent('go_goroutines');
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tab', { name: 'curl' })).toHaveAttribute('aria-selected', 'true');
});

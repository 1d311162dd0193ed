import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Message } from '../../../src/views/intake/Message.tsx';
import { Pending } from '../../../src/views/intake/Pending.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { fileId } from '../support/summaries.ts';

test('quotes, commands and lines of the file stand in monospace, the text stays whole', () => {
  const text = 'This is a web page. It begins “<html>”.\nTake a dump: curl -o g.txt "http://HOST/"\n  <html>\n  <head>';
  const { container } = render(<Message text={text} />);
  expect([...container.querySelectorAll('code')].map((code) => code.textContent)).toEqual([
    '“<html>”',
    'curl -o g.txt "http://HOST/"',
    '<html>',
    '<head>',
  ]);
  expect(container).toHaveTextContent('This is a web page. It begins “<html>”.Take a dump: curl');
});

test('a file that is nothing without its wrapper taken off leads back', async () => {
  const user = userEvent.setup();
  const { actions } = renderOver(
    {
      pending: [{ phase: 'rejected', id: fileId('f'), name: 'pod.log', why: 'No goroutine in it.' }],
      asTheyStand: [fileId('f')],
    },
    <Pending />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('No dump in it. No goroutine in it.');
  await user.click(screen.getByRole('button', { name: 'Take wrappers off its lines again' }));
  expect(actions.setUnwrap).toHaveBeenCalledExactlyOnceWith(fileId('f'), true);
});

test('a broken file of this page is not said to hold no dump', () => {
  const why = 'This is a team rule file that cannot be taken. rules[0].id: found 7.';
  renderOver(
    { pending: [{ phase: 'rejected', id: fileId('f'), name: 'team.json', why, isOwnFile: true }] },
    <Pending />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent(/^Not taken\. This is a team rule file that cannot be taken\./);
});

test('of hundreds of files that wait only the first are listed, the others are counted, and what was refused stays', () => {
  const waiting = Array.from({ length: 200 }, (_, at) => ({
    phase: 'waiting' as const,
    id: fileId(`w${at}`),
    name: `pod-${at}.txt`,
    sizeBytes: 10,
  }));
  const refused = { phase: 'rejected' as const, id: fileId('r'), name: 'notes.txt', why: 'No goroutine in it.' };
  renderOver({ pending: [...waiting, refused] }, <Pending />);
  expect(screen.getByRole('heading', { name: 'Reading 200 files' })).toBeVisible();
  expect(screen.getAllByRole('progressbar')).toHaveLength(12);
  expect(screen.getByText('and 188 more files')).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent('No goroutine in it.');
});

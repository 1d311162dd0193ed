import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { FileNotes } from '../../../src/views/dumps/FileNotes.tsx';
import { renderOver } from '../support/fixed-store.tsx';
import { fileId } from '../support/summaries.ts';

test('what was left out of a file stands under its name until it is dismissed', async () => {
  const user = userEvent.setup();
  const notes = ['Only the first 1,000 entries were read.', 'One entry is encrypted.', 'Third.', 'Fourth.', 'Fifth.'];
  const { actions } = renderOver({ fileNotes: [{ fileId: fileId('f'), name: 'bundle.zip', notes }] }, <FileNotes />);
  const part = screen.getByRole('region', { name: 'Notes on files' });
  expect(within(part).getByRole('heading', { name: 'bundle.zip' })).toBeVisible();
  expect(part).toHaveTextContent('Only the first 1,000 entries were read.');
  expect(within(part).getByText('1 more note')).toBeVisible();
  await user.click(within(part).getByRole('button', { name: 'Dismiss notes on bundle.zip' }));
  expect(actions.dismissFileNotes).toHaveBeenCalledExactlyOnceWith(fileId('f'));
});

import { act, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createStandstill } from '../../src/store/create-store.ts';
import { StandstillContext, useActions, useStandstill } from '../../src/store/use-store.ts';
import { createInProcessClient } from '../support/in-process-client.ts';

test('a view is drawn again when what it selects changes, and only then', async () => {
  let drawn = 0;
  function Names() {
    drawn++;
    const count = useStandstill((state) => state.dumps.length);
    const { choose } = useActions();
    return (
      <button type="button" onClick={() => choose({ tab: 'timeline' })}>
        {count} dumps
      </button>
    );
  }
  const standstill = createStandstill({ client: createInProcessClient() });
  render(
    <StandstillContext value={standstill}>
      <Names />
    </StandstillContext>,
  );
  act(() => screen.getByRole('button', { name: '0 dumps' }).click());
  expect([standstill.store.getState().view.tab, drawn]).toEqual(['timeline', 1]);
  const file = new Blob(['goroutine 1 [running]:\nmain.main()\n\t/srv/main.go:1 +0x1\n']);
  act(() => standstill.actions.addFiles([{ file, name: 'a', path: 'a', modifiedMs: null }]));
  expect(await screen.findByRole('button', { name: '1 dumps' })).toBeDefined();
  standstill.dispose();
});

test('a view outside of the page says what is missing', () => {
  function Lost() {
    useActions();
    return null;
  }
  expect(() => render(<Lost />)).toThrow('StandstillContext');
});

import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useTurns } from '../../src/ui/use-turns.ts';

vi.unmock('../../src/ui/after-paint.ts');

/** Frames that were asked for and not called off. */
let frames: Map<number, FrameRequestCallback>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  frames = new Map();
  let last = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    last++;
    frames.set(last, callback);
    return last;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Parts() {
  const turn = useTurns(2);
  return (
    <ul>
      {turn >= 0 ? <li>verdict</li> : null}
      {turn >= 1 ? <li>table</li> : null}
      {turn >= 2 ? <li>stack</li> : null}
    </ul>
  );
}

const parts = () => screen.getAllByRole('listitem').map((item) => item.textContent);

/** A frame: its callbacks, then the tasks after its paint. */
async function paint() {
  await act(async () => {
    const now = [...frames.values()];
    frames.clear();
    for (const callback of now) callback(0);
    vi.advanceTimersByTime(0);
  });
}

test('one part more after each paint, and no frame is asked for when all are there', async () => {
  render(<Parts />);
  expect(parts()).toEqual(['verdict']);
  await paint();
  expect(parts()).toEqual(['verdict', 'table']);
  await paint();
  expect(parts()).toEqual(['verdict', 'table', 'stack']);
  expect(frames.size).toBe(0);
});

test('a page that is not seen paints no frames, and is drawn all the same', async () => {
  render(<Parts />);
  await act(async () => vi.advanceTimersByTime(199));
  expect(parts()).toEqual(['verdict']);
  await act(async () => vi.advanceTimersByTime(1));
  expect(parts()).toEqual(['verdict', 'table']);
});

test('what is gone waits for nothing', () => {
  const { unmount } = render(<Parts />);
  unmount();
  expect(frames.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

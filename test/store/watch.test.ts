import { afterEach, expect, test } from 'vitest';
import { createStandstill, type Standstill } from '../../src/store/create-store.ts';
import type { Fetched } from '../../src/store/surroundings.ts';
import { createScriptedClient } from '../support/in-process-client.ts';

const open: Standstill[] = [];
afterEach(() => {
  for (const page of open.splice(0)) page.dispose();
});

/** A page whose fetches end as told, and whose time passes when told. */
function watching(...answers: readonly (Fetched['kind'] | 'cors')[]) {
  const due: { run: () => void; ms: number }[] = [];
  const client = createScriptedClient();
  let asked = 0;
  const page = createStandstill({
    client,
    schedule: (run, ms) => {
      const one = { run, ms };
      due.push(one);
      return () => {
        const at = due.indexOf(one);
        if (at >= 0) due.splice(at, 1);
      };
    },
    fetchFile: async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      return answer === 'file'
        ? { kind: 'file', file: new Blob([`goroutine ${asked} [running]:`]), name: 'goroutine', modifiedMs: null }
        : { kind: 'failed', why: answer === 'cors' ? 'It does not let this page read it (CORS).' : 'It answered 500.' };
    },
  });
  open.push(page);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  /** Lets the longest of what waits happen: the watch, not the address that follows the view. */
  const pass = async (): Promise<number> => {
    const next = [...due].sort((a, b) => b.ms - a.ms)[0];
    if (next === undefined) return 0;
    due.splice(due.indexOf(next), 1);
    next.run();
    await settle();
    return next.ms;
  };
  return { ...page, client, settle, pass, asked: () => asked, watch: () => page.store.getState().watch };
}

test('dumps join as they come, each with its time in its name', async () => {
  const page = watching('file');
  page.actions.startWatch(' /debug/pprof/goroutine?debug=2 ', 30);
  await page.settle();
  expect(page.watch()).toMatchObject({ address: '/debug/pprof/goroutine?debug=2', status: 'waiting', taken: 1 });
  expect(await page.pass()).toBe(30_000);
  expect(page.watch()).toMatchObject({ taken: 2, failures: 0 });
  const names = page.store.getState().pending.map(({ name }) => name);
  expect(names[0]).toMatch(/^watched-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.txt$/);
  page.actions.stopWatch();
  expect(page.watch()).toMatchObject({ status: 'stopped', taken: 2 });
  const before = page.asked();
  await page.pass();
  expect(page.asked()).toBe(before);
});

test('what fails is asked again later and later, and not without end', async () => {
  const page = watching('file', 'failed');
  page.actions.startWatch('/x', 10);
  await page.settle();
  const waits = [await page.pass()];
  while (page.watch()?.status === 'waiting') waits.push(await page.pass());
  expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 320_000]);
  expect(page.watch()).toMatchObject({ status: 'stopped', failures: 6, why: 'It answered 500.', taken: 1 });
});

test('what never worked is not asked again, and the page says why', async () => {
  const page = watching('cors');
  page.actions.startWatch('https://elsewhere.example/x', 10);
  await page.settle();
  expect(page.watch()).toMatchObject({ status: 'stopped', taken: 0, why: expect.stringContaining('CORS') });
});

test('after a failure that passed the interval is the usual one again', async () => {
  const page = watching('file', 'failed', 'file');
  page.actions.startWatch('/x', 10);
  await page.settle();
  expect([await page.pass(), await page.pass(), await page.pass()]).toEqual([10_000, 20_000, 10_000]);
});

test.each([
  [1, 5_000],
  [9999, 3_600_000],
])('an interval of %i s is kept within bounds', async (seconds, ms) => {
  const page = watching('file');
  page.actions.startWatch('/x', seconds);
  await page.settle();
  expect(page.watch()?.intervalMs).toBe(ms);
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LockReport, WaitTarget } from '../../../../src/core/causes/locks/lock-report.ts';
import { locksOf, textOfFile } from '../../../support/lock-texts.ts';

const FOLDER = new URL('../../../fixtures/causes/locks/dumps/', import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt.gz'))
  .map((name) => name.replace('.txt.gz', ''));

/** What the program says of one lock: see program/main.go. */
interface Truth {
  readonly bug: string;
  readonly near: boolean;
  readonly kind: string;
  readonly address: string;
  readonly holders: readonly number[];
  readonly waiters: readonly number[];
}

const reports = new Map<string, Promise<LockReport>>();

function reportOf(name: string): Promise<LockReport> {
  const known = reports.get(name) ?? locksOf(textOfFile(new URL(`${name}.txt.gz`, FOLDER).pathname));
  reports.set(name, known);
  return known;
}

function truthsOf(name: string): Truth[] {
  return JSON.parse(readFileSync(new URL(`${name}.truth.json`, FOLDER), 'utf8'));
}

/** Targets whose waiters are among those of a truth. */
function targetsOf(report: LockReport, truth: Truth): WaitTarget[] {
  return report.targets.filter(({ waiters }) => waiters.ids.some((id) => truth.waiters.includes(id)));
}

describe.each(NAMES)('locks of %s', (name) => {
  test('a printed address is the one the program waits for', async () => {
    const report = await reportOf(name);
    const truths = truthsOf(name);
    for (const { kind, address, waiters } of report.targets) {
      if (address === null || kind === 'channel') continue;
      for (const id of waiters.ids) {
        const mine = truths.filter((truth) => truth.waiters.includes(id));
        // The mutex of a Once lies behind its flag.
        const expected = mine.flatMap((truth) => [
          Number(truth.address),
          Number(truth.address) + (truth.bug === 'double-lock' ? 4 : 0),
        ]);
        expect(expected, `goroutine ${id}`).toContain(address);
      }
    }
  });

  test('no goroutine is called a holder that is none', async () => {
    const report = await reportOf(name);
    const truths = truthsOf(name);
    for (const { holder, waiters, address } of report.targets) {
      if (holder === null) continue;
      const truth =
        truths.find((each) => Number(each.address) === address) ??
        truths.find((each) => each.waiters.includes(waiters.ids[0] ?? 0));
      expect(truth?.holders, JSON.stringify(truth)).toContain(holder.goroutineId);
    }
  });

  test('waiters of all targets are the goroutines in lock states, and no holder is one of them', async () => {
    const report = await reportOf(name);
    expect(report.targets.reduce((sum, { waiters }) => sum + waiters.count, 0)).toBe(report.waiting);
    expect(new Set(report.targets.flatMap(({ waiters }) => waiters.ids)).size).toBe(report.waiting);
    for (const { holder, candidates, waiters } of report.targets) {
      for (const place of [...(holder === null ? [] : [holder]), ...candidates]) {
        expect(waiters.ids).not.toContain(place.goroutineId);
      }
    }
  });

  test('no near miss is called a bug', async () => {
    const report = await reportOf(name);
    for (const truth of truthsOf(name).filter(({ near }) => near)) {
      const at = targetsOf(report, truth).map((target) => report.targets.indexOf(target));
      const said = report.verdicts.filter(({ targets }) => targets.some((target) => at.includes(target)));
      // A goroutine of orderOfFunctions waits for a lock of its own pair first; its second lock is free.
      if (truth.bug === 'none') continue;
      expect(
        said.map(({ kind }) => kind),
        JSON.stringify(truth),
      ).toEqual(said.map(() => 'unknown'));
    }
  });

  test('what is told of each bug', async () => {
    const report = await reportOf(name);
    const lines = truthsOf(name)
      .filter(({ near, kind }) => !near && kind !== 'cond')
      .map((truth) => {
        const targets = targetsOf(report, truth);
        const said = report.verdicts.filter(({ targets: at }) =>
          at.some((target) => targets.includes(report.targets[target] as WaitTarget)),
        );
        const holders = targets.flatMap(({ holder }) => (holder === null ? [] : ['holder']));
        const shown = targets.some(({ address }) => address === null) ? 'no address' : 'address';
        return [
          truth.bug,
          shown,
          ...holders,
          '→',
          ...said.map(({ kind, certainty }) => `${kind} ${certainty ?? ''}`.trim()),
        ].join(' ');
      });
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../../../fixtures/causes/locks/dumps/${name}.told.txt`);
  });
});

test.each(NAMES)('channels have addresses only in what the runtime itself dumps: %s', async (name) => {
  const report = await reportOf(name);
  const channels = report.targets.filter(({ kind }) => kind === 'channel');
  // The three parts of a job receive from one channel.
  const shared = channels.filter(
    ({ waiters }) => waiters.count === 3 && waiters.callers[0]?.[0] === 'main.(*job).part',
  );
  expect(shared.length).toBe(name.endsWith('-system') ? 1 : 0);
  expect(channels.length > 0).toBe(name.endsWith('-system'));
});

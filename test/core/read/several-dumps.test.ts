import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDump } from '../../support/print-dump.ts';
import { readAll } from '../../support/read-one.ts';

const CORPUS = new URL('../../fixtures/corpus/', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, CORPUS), 'utf8');
const json = (path: string): { segments: { goroutines: number }[] } => JSON.parse(text(path));

const goroutine = (id: number, state = 'select', call = 'main.run'): string =>
  `goroutine ${id} [${state}]:\n${call}(0xc000)\n\t/srv/run.go:7 +0x1d\n\n`;
const ids = (dumps: Awaited<ReturnType<typeof readAll>>): number[][] =>
  dumps.map(({ rows }) => Array.from(rows.goroutineId ?? []));

describe('several dumps in one file', () => {
  it.each([
    ['multi-2-debug1'],
    ['multi-3-debug2-nothing-between'],
    ['multi-3-debug2-separators'],
    ['multi-mixed-debug2-debug1'],
  ])('%s are told apart', async (name) => {
    const content = text(`wrapped/${name}.txt`);
    const dumps = await readAll(content);
    expect(dumps.map((dump) => dump.goroutines)).toEqual(
      json(`wrapped/${name}.expected.json`).segments.map((segment) => segment.goroutines),
    );
    expect(dumps.reduce((sum, dump) => sum + dump.bytes.read, 0)).toBe(new TextEncoder().encode(content).length);
    for (const { bytes, truncated, lowerBounds } of dumps) {
      expect(bytes.understood + bytes.ignored).toBe(bytes.read);
      expect({ truncated, lowerBounds }).toEqual({ truncated: false, lowerBounds: [] });
    }
  });

  it('read as each would by itself', async () => {
    const parts = ['1-before', '2-during', '3-later'].map((part) => text(`prog-tickerleak-go1.19/${part}.debug2.txt`));
    const alone = (await Promise.all(parts.map((part) => readAll(part)))).flat();
    for (const between of ['', '\n', '\n=== 2026-11-23 02:41:07 ===\n']) {
      const together = await readAll(parts.join(between));
      expect(together.map(printDump)).toEqual(alone.map(printDump));
    }
  });

  it('begin at the goroutine that takes the dump, when only a later id comes again', async () => {
    const second = goroutine(9, 'running') + goroutine(8) + goroutine(1);
    expect(ids(await readAll(goroutine(7, 'running') + goroutine(1) + goroutine(2) + second))).toEqual([
      [7, 1, 2],
      [9, 8, 1],
    ]);
  });

  it('begin where stacks are printed by debug.Stack, though no id comes again', async () => {
    const recovered = (id: number): string =>
      `2026/11/23 02:41:0${id} http: panic serving 10.0.0.7:51234: boom\n${goroutine(id, 'running', 'runtime/debug.Stack')}`;
    const dumps = await readAll(recovered(4) + recovered(5) + recovered(6));
    expect(ids(dumps)).toEqual([[4], [5], [6]]);
    expect(dumps.map(({ provenance }) => new Date(provenance.takenAtMs ?? 0).toISOString())).toEqual([
      '2026-11-23T02:41:04.000Z',
      '2026-11-23T02:41:05.000Z',
      '2026-11-23T02:41:06.000Z',
    ]);
  });

  it('begin at a message such as SIGQUIT, with its reason and the time of the line before it', async () => {
    const one = `2026/11/23 02:41:07 goroutines\nSIGQUIT: quit\nPC=0x46d0c1 m=0 sigcode=0\n\n${goroutine(1)}`;
    const two = `2026/11/23 04:41:07 goroutines\npanic: boom\n\n${goroutine(22, 'running')}exit status 2\n`;
    const dumps = await readAll(one + two);
    expect(ids(dumps)).toEqual([[1], [22]]);
    expect(dumps.map(({ provenance }) => [provenance.reason, provenance.takenAtFrom])).toEqual([
      ['SIGQUIT: quit', 'log-prefix'],
      ['panic: boom', 'log-prefix'],
    ]);
    expect(dumps[0]!.bytes.read).toBe(one.length + two.indexOf('panic'));
  });

  it('begin at a message though no blank line stands before it, as journald keeps none', async () => {
    const bare = (stack: string): string => stack.trimEnd();
    expect(ids(await readAll(`${bare(goroutine(1))}\n${bare(goroutine(2))}\nSIGQUIT: quit\n${goroutine(3)}`))).toEqual([
      [1, 2],
      [3],
    ]);
  });

  it('are one in a crash cascade, which prints goroutines again', async () => {
    const unavailable = 'goroutine 5 [running]:\n\tgoroutine running on other thread; stack unavailable\n\n';
    const block = `SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n${goroutine(0, 'idle')}${goroutine(1)}${unavailable}`;
    const dumps = await readAll(`${block}-----\n\nSIGQUIT: quit\nPC=0x1 m=1 sigcode=0\n\n${goroutine(5, 'running')}`);
    expect(ids(dumps)).toEqual([[0, 1, 5]]);
    expect(dumps[0]!.lowerBounds).toEqual([]);
    expect((await readAll(block))[0]!.lowerBounds).toEqual([expect.stringContaining('ran on another thread')]);
  });

  it('are not made of log lines between goroutines, nor of a second running goroutine', async () => {
    const content = `${goroutine(1, 'running')}2026/11/23 02:41:07 served\n${goroutine(2)}panicking soon\n${goroutine(3, 'running')}`;
    expect(ids(await readAll(content))).toEqual([[1, 2, 3]]);
  });

  it('are parted by a count profile, though no id comes again', async () => {
    const profile = 'goroutine profile: total 2\n2 @ 0x1\n#\t0x0\tmain.main+0x1\t/m.go:1\n\n';
    const dumps = await readAll(goroutine(1) + profile + goroutine(2) + goroutine(3));
    expect(dumps.map((dump) => [dump.format, dump.goroutines])).toEqual([
      ['traceback', 1],
      ['count-profile', 2],
      ['traceback', 2],
    ]);
    for (const { bytes } of dumps) expect(bytes.ignored).toBeGreaterThanOrEqual(0);
  });

  it('of a count profile and goroutines are told apart in any order', async () => {
    const profile = 'goroutine profile: total 2\n2 @ 0x1\n#\t0x0\tmain.main+0x1\t/m.go:1\n\n';
    const dumps = await readAll(goroutine(1) + profile + goroutine(1) + profile);
    expect(dumps.map((dump) => [dump.format, dump.goroutines])).toEqual([
      ['traceback', 1],
      ['count-profile', 2],
      ['traceback', 1],
      ['count-profile', 2],
    ]);
  });
});

describe('a dump without its beginning', () => {
  it('says that goroutines before the first header are missing', async () => {
    const [dump] = await readAll(text('wrapped/poolbugs.truncated-head.txt'));
    expect(dump).toMatchObject({ goroutines: 164, truncated: true });
    expect(dump!.lowerBounds).toEqual([expect.stringContaining('begins inside a goroutine')]);
  });

  it('is not seen in the system stack that a crash prints first', async () => {
    const stack = 'runtime stack:\nruntime.throw({0x1, 0x2})\n\t/go/panic.go:7 +0x1d\n\n';
    const [dump] = await readAll(`fatal error: stack overflow\n\n${stack}${goroutine(1, 'running')}`);
    expect(dump!.lowerBounds).toEqual([]);
  });
});

describe('running tests of a timeout', () => {
  it.each([
    ['Go 1.19, from the stacks', 'crash-go1.19/gotest-timeout.txt'],
    ['Go 1.19 with -v', 'crash-go1.19/gotest-timeout-v.txt'],
  ])('are named: %s', async (_, path) => {
    const [dump] = await readAll(text(path));
    expect(dump!.provenance.reason).toMatch(/^panic: test timed out after/);
    expect(dump!.runningTests.length).toBeGreaterThan(0);
    for (const name of dump!.runningTests) expect(name).toMatch(/\.Test\w+(\.func[\d.]+)?$/);
  });

  it.each([
    ['Go 1.20', 'running tests:\n\tTestSlow (1m2s)\n\tTestCard/visa card (3s)\n'],
    ['Go 1.23', '\trunning tests:\n\t\tTestSlow (1m2s)\n\t\tTestCard/visa card (3s)\n'],
  ])('are as listed: %s', async (_, list) => {
    const [dump] = await readAll(`panic: test timed out after 1m2s\n${list}\n${goroutine(17, 'running')}`);
    expect(dump!.runningTests).toEqual(['TestSlow (1m2s)', 'TestCard/visa card (3s)']);
  });
});

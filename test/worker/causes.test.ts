import { beforeEach, describe, expect, test } from 'vitest';
import { risingIn } from '../../src/core/causes/rising.ts';
import type { LeakRule } from '../../src/core/causes/rule.ts';
import { type Analyst, createAnalyst } from '../../src/worker/analyst.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { DumpId, DumpMoment } from '../../src/worker/protocol.ts';
import { dumpsOf, goroutine, inputOf, traceback } from './dumps.ts';

let analyst: Analyst;
let reads = 0;

beforeEach(() => {
  analyst = createAnalyst(workerPlatform);
});

async function hold(content: string, name: string): Promise<DumpId> {
  const input = inputOf(content, name, name);
  return analyst.deposit(++reads, input, await dumpsOf(input))[0]!.id;
}

/** A client's idle connections; ids of those that came before stay. */
const connections = (count: number) =>
  Array.from(
    { length: count },
    (_, i) => `goroutine ${100 + i} [IO wait]:
internal/poll.runtime_pollWait(0x7f, 0x72)
\t/go/src/runtime/netpoll.go:343 +0x85
net.(*conn).Read(0xc0)
\t/go/src/net/net.go:179 +0x45
net/http.(*persistConn).Read(0xc0)
\t/go/src/net/http/transport.go:1954 +0x4a
bufio.(*Reader).Peek(0xc0, 0x1)
\t/go/src/bufio/bufio.go:148 +0x53
net/http.(*persistConn).readLoop(0xc0)
\t/go/src/net/http/transport.go:2118 +0x1b9
created by net/http.(*Transport).dialConn in goroutine 7
\t/go/src/net/http/transport.go:1776 +0x169f
`,
  );

/** Text of a count profile that shows the same stack. */
const counted = (count: number) => `goroutine profile: total ${count}
${count} @ 0x1 0x2 0x3 0x4 0x5
#\t0x1\tinternal/poll.runtime_pollWait+0x84\t/go/src/runtime/netpoll.go:343
#\t0x2\tnet.(*conn).Read+0x44\t/go/src/net/net.go:179
#\t0x3\tnet/http.(*persistConn).Read+0x49\t/go/src/net/http/transport.go:1954
#\t0x4\tbufio.(*Reader).Peek+0x52\t/go/src/bufio/bufio.go:148
#\t0x5\tnet/http.(*persistConn).readLoop+0x1b8\t/go/src/net/http/transport.go:2118

`;

const moment = (id: DumpId, at: number): DumpMoment => ({ id, name: id, takenAtMs: at * 60_000, phase: null });

describe('causes of a dump the analyst holds', () => {
  test('stand row for row beside its groups, and cross the thread as they are', async () => {
    const dumpId = await hold(traceback(connections(10)), 'a.txt');
    const { table } = analyst.groups({ dumpId, previousId: null, level: 'exact' });
    const causes = analyst.causes({ dumpId, level: 'exact', rising: [], dumps: 1 });
    expect(causes.causes.length).toBe(table.length);
    expect(causes.causes[0]).toMatchObject({ kind: 'benign', ruleId: 'B14' });
    expect(causes.expected).toEqual({ goroutines: 10, groups: 1, rules: 1 });
    expect(structuredClone(causes)).toEqual(causes);
  });

  test('change when the verdict calls a group rising, also by keys that two forms share', async () => {
    const ids = [
      await hold(counted(5), 'a.txt'),
      await hold(counted(200), 'b.txt'),
      await hold(traceback(connections(400)), 'c.txt'),
    ];
    const dumpId = ids[2]!;
    const verdict = analyst.verdict({ dumps: ids.map(moment), curves: [], level: 'exact', limit: null });
    const rising = risingIn(verdict, 2);
    expect(rising.length).toBe(1);
    const { table } = analyst.groups({ dumpId, previousId: null, level: 'exact' });
    expect(table.key).not.toContain(rising[0]);
    const { causes } = analyst.causes({ dumpId, level: 'exact', rising, dumps: 3 });
    expect(causes[0]).toMatchObject({ kind: 'leak', brokenGuardOf: 'B14' });
  });

  test('ask the rules of a team before the shipped ones', async () => {
    const dumpId = await hold(traceback([goroutine(1, 'select', 'shop.(*Cart).watch')]), 'a.txt');
    const own: LeakRule = {
      kind: 'leak',
      id: 'shop-1',
      title: 'cart that is never closed',
      family: 'loop',
      grade: 'weak',
      states: ['select'],
      stacks: [{ top: ['shop.(*Cart).watch'] }],
      needs: {},
      meaning: 'Each cart has a watcher.',
      check: ['Is Close called?'],
      example: { before: 'a', after: 'b' },
      sources: ['runbook'],
    };
    const ask = { dumpId, level: 'exact' as const, rising: [], dumps: 1 };
    expect(analyst.causes(ask).causes).toEqual([null]);
    expect(analyst.causes({ ...ask, ownRules: [own] }).causes[0]).toMatchObject({ ruleId: 'shop-1', family: 'loop' });
  });

  test('are of the own rule where it takes the place of a shipped one', async () => {
    const dumpId = await hold(traceback([goroutine(1, 'select', 'shop.(*Cart).watch')]), 'a.txt');
    const [shipped] = analyst.rules({ ids: ['L01'] });
    if (shipped === undefined) throw new Error('no L01');
    const own = {
      ...shipped,
      title: 'ours',
      states: ['select' as const],
      stacks: [{ top: ['shop.(*Cart).watch'] }],
      needs: {},
    };
    const ask = { dumpId, level: 'exact' as const, rising: [], dumps: 1, ownRules: [own] };
    expect(analyst.causes(ask).causes[0]).toMatchObject({ ruleId: 'L01', title: 'ours' });
    expect(analyst.rules({ ids: ['L01'], ownRules: [own] })).toEqual([own]);
    // The shipped one does not speak beside it.
    const sends = Array.from({ length: 40 }, (_, at) => goroutine(at + 1, 'chan send, 9 minutes', 'shop.send'));
    const other = await hold(traceback(sends), 'b.txt');
    expect(analyst.causes({ ...ask, dumpId: other, ownRules: [] }).causes[0]?.ruleId).toBe('L01');
    expect(analyst.causes({ ...ask, dumpId: other }).causes[0]?.ruleId).not.toBe('L01');
  });

  test('say what to do when the dump is gone', () => {
    expect(() => analyst.causes({ dumpId: 'x' as DumpId, level: 'exact', rising: [], dumps: 1 })).toThrow(
      'Open its file again',
    );
  });
});

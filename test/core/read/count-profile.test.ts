import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDump } from '../../support/print-dump.ts';
import { readAll, readOne } from '../../support/read-one.ts';

const WORKERS = `40 @ 0x43d3f6 0x6a1c55 0x46f181
# labels: {"pool":"read", "tenant":"a\\tb"}
#	0x6a1c54	main.worker+0x34		/srv/app/main.go:18
`;
const POLLER = `2 @ 0x43d3f6 0x46c165 0x4dd9a7 0x46f181
#	0x46c164	internal/poll.runtime_pollWait+0x84	/usr/local/go/src/runtime/netpoll.go:351
#	0x4dd9a6	internal/poll.(*pollDesc).wait+0x26	/usr/local/go/src/internal/poll/fd_poll_runtime.go:84
`;
const PROFILE = `goroutine profile: total 42\n${WORKERS}\n${POLLER}\n`;
const WORKERS_LINE = '40 x [unknown, {"pool":"read","tenant":"a\\tb"}] main.worker /srv/app/main.go:18';
const POLLER_LINE =
  '2 x [unknown] internal/poll.runtime_pollWait /usr/local/go/src/runtime/netpoll.go:351 < internal/poll.(*pollDesc).wait /usr/local/go/src/internal/poll/fd_poll_runtime.go:84';

describe('a count profile', () => {
  it('gives one row per record, with labels, and leaves what it does not say unknown', async () => {
    const dump = await readOne(PROFILE);
    expect(printDump(dump)).toEqual([WORKERS_LINE, POLLER_LINE]);
    expect(dump).toMatchObject({ format: 'count-profile', profile: 'goroutine', goroutines: 42, declared: 42 });
    expect(dump).toMatchObject({ truncated: false, problems: [], caveats: [] });
    expect(dump.rows).toMatchObject({ goroutineId: null, waitMinutes: null, flags: null, creatorId: null });
    expect(dump.provenance.formatReason).toBe('line 1 says “goroutine profile: total 42”');
  });

  it('of goroutineleak holds leaked goroutines only, and says so', async () => {
    const dump = await readOne(PROFILE.replace('goroutine profile', 'goroutineleak profile'));
    expect(dump).toMatchObject({ profile: 'goroutineleak', goroutines: 42 });
  });

  it('of no goroutines is a dump of none', async () => {
    const dump = await readOne('goroutineleak profile: total 0\n');
    expect(dump).toMatchObject({ goroutines: 0, declared: 0, truncated: false, caveats: [] });
  });

  it.each([
    ['CRLF', PROFILE.replaceAll('\n', '\r\n')],
    ['spaces for tabs', PROFILE.replaceAll('\t\t', '\t').replaceAll('\t', '        ')],
    ['more tabs between columns', PROFILE.replaceAll('\t', '\t\t')],
    ['an indent', PROFILE.replaceAll(/^(?=.)/gm, '    ')],
    ['a byte-order mark', `\ufeff${PROFILE}`],
    ['HTTP headers before it', `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n${PROFILE}`],
    ['legacy sections behind it', `${PROFILE}--- heap:\n1: 2 [3: 4] @ 0x1\n`],
    ['no line break at its end', PROFILE.trimEnd()],
    ['blank lines lost', PROFILE.replaceAll('\n\n', '\n')],
  ])('with %s reads the same', async (what, content) => {
    const dump = await readOne(content);
    expect(printDump(dump)).toEqual([WORKERS_LINE, POLLER_LINE]);
    expect(dump).toMatchObject({ goroutines: 42, truncated: false, problems: [], caveats: [] });
    // A mark, CRs and an indent are taken off before the text is read, as gzip is.
    const text = ['CRLF', 'an indent', 'a byte-order mark'].includes(what) ? PROFILE : content;
    expect(dump.bytes.read).toBe(new TextEncoder().encode(text).length);
    expect(dump.bytes.understood + dump.bytes.ignored).toBe(dump.bytes.read);
  });

  it.each([
    ['plain', PROFILE],
    ['after text with long characters', `größe 量 😀\n${PROFILE}`],
    ['after a byte-order mark', `\ufeff${PROFILE}`],
    ['CRLF', PROFILE.replaceAll('\n', '\r\n')],
  ])('knows where the text of a record stands: %s', async (_, content) => {
    const { rows } = await readOne(content);
    const bytes = new TextEncoder().encode(content.replace(/\ufeff|\r/g, ''));
    const texts = [0, 1].map((row) => {
      const from = rows.byteOffset![row]!;
      return new TextDecoder().decode(bytes.subarray(from, from + rows.byteLength![row]!)).replaceAll('\r', '');
    });
    expect(texts).toEqual([WORKERS.trimEnd(), POLLER.trimEnd()]);
  });

  it('marks functions that were inlined into the caller at the same address', async () => {
    const dump = await readOne(`goroutine profile: total 1
1 @ 0x10 0x21 0x31 0x46f181
#	0x20	main.inner+0x1	/m.go:1
#	0x20	main.middle+0x1	/m.go:2
#	0x20	main.outer+0x1	/m.go:3
#	0x30	main.main+0x1	/m.go:4

`);
    expect(printDump(dump)).toEqual([
      '1 x [unknown] main.inner /m.go:1 (inlined) < main.middle /m.go:2 (inlined) < main.outer /m.go:3 < main.main /m.go:4',
    ]);
  });

  it('does not take a recursion for inlining: its address stands in the record as often as it was called', async () => {
    const dump = await readOne(`goroutine profile: total 1
1 @ 0x21 0x21 0x46f181
#	0x20	main.small+0x1	/m.go:1
#	0x20	main.walk+0x1	/m.go:2
#	0x20	main.small+0x1	/m.go:1
#	0x20	main.walk+0x1	/m.go:2

`);
    expect(printDump(dump)).toEqual([
      '1 x [unknown] main.small /m.go:1 (inlined) < main.walk /m.go:2 < main.small /m.go:1 (inlined) < main.walk /m.go:2',
    ]);
  });

  it('keeps a frame that is an address only', async () => {
    const dump = await readOne(
      'goroutine profile: total 1\n1 @ 0x21 0x31 0x41\n#\t0x20\n#\t0x30\tmain.f+0x1\t/m.go:4\n\n',
    );
    expect(printDump(dump)).toEqual(['1 x [unknown] 0x20 (native) < main.f /m.go:4']);
    expect(dump.problems).toEqual([]);
  });

  it('without function names (Go 1.7, debug=0) names frames by their addresses and says so', async () => {
    const dump = await readOne('goroutine profile: total 5\n3 @ 0x42 0x43 0x44\n2 @ 0x42 0x45\n');
    expect(printDump(dump)).toEqual([
      '3 x [unknown] 0x42 (native) < 0x43 (native) < 0x44 (native)',
      '2 x [unknown] 0x42 (native) < 0x45 (native)',
    ]);
    expect(dump).toMatchObject({ goroutines: 5, truncated: false, problems: [] });
    expect(dump.caveats).toEqual([expect.stringContaining('names no functions')]);
  });

  it('keeps a goroutine that has not started: its only address is the one Go never prints', async () => {
    const dump = await readOne(`goroutine profile: total 43\n${WORKERS}\n${POLLER}\n1 @ 0x46f181\n\n`);
    expect(printDump(dump)[2]).toBe('1 x [unknown] ');
    expect(dump).toMatchObject({ goroutines: 43, truncated: false, problems: [] });
  });

  it('reads Windows paths, paths with spaces, generics and C++ names', async () => {
    const dump = await readOne(`goroutine profile: total 1
1 @ 0x11 0x21 0x31 0x41
#	0x10	main.(*List[...]).Push+0x2f	C:/Users/Jane Doe/app/main.go:12
#	0x20	std::map<int, char>::find(int)+0x2f	/usr/src/a b.cc:7
#	0x30	gopkg.in/yaml%2ev3.Unmarshal+0x2f	<autogenerated>:1

`);
    expect(printDump(dump)).toEqual([
      '1 x [unknown] main.(*List[...]).Push C:/Users/Jane Doe/app/main.go:12 < std::map<int, char>::find(int) /usr/src/a b.cc:7 < gopkg.in/yaml%2ev3.Unmarshal <autogenerated>:1',
    ]);
  });
});

describe('several profiles in one file', () => {
  it('are several dumps that share out all bytes', async () => {
    const content = `before\n${PROFILE}goroutine profile: total 2\n${POLLER}\n`;
    const dumps = await readAll(content);
    expect(dumps.map((dump) => dump.goroutines)).toEqual([42, 2]);
    expect(dumps.reduce((sum, dump) => sum + dump.bytes.read, 0)).toBe(content.length);
  });

  it('of which the last is cut are whole but for the last', async () => {
    const dumps = await readAll(`${PROFILE}goroutine profile: total 2\n${POLLER.slice(0, -30)}`);
    expect(dumps.map((dump) => dump.truncated)).toEqual([false, true]);
  });
});

describe('a damaged count profile', () => {
  it.each([
    ['a record line', WORKERS.replace('40 @', '4o @'), [POLLER_LINE], 2, 'Expected a record'],
    ['a missing record line', WORKERS.replace(/^.*\n/, ''), [POLLER_LINE], 2, 'first line is missing'],
    [
      'a frame',
      WORKERS.replace('main.go:18', 'main.go'),
      [
        WORKERS_LINE.replace(/ main\.worker.*/, ' 0x43d3f6 (native) < 0x6a1c55 (native) < 0x46f181 (native)'),
        POLLER_LINE,
      ],
      4,
      'Expected an address',
    ],
    [
      'its labels',
      WORKERS.replace('"pool"', 'pool"'),
      [WORKERS_LINE.replace(/\[.*?\]/, '[unknown]'), POLLER_LINE],
      3,
      'Expected labels',
    ],
  ])('keeps the neighbours of %s and names its line', async (_, workers, want, line, why) => {
    const dump = await readOne(`goroutine profile: total 42\n${workers}\n${POLLER}\n`);
    expect(printDump(dump)).toEqual(want);
    expect(dump.problems).toContainEqual(expect.objectContaining({ line, why: expect.stringContaining(why) }));
  });

  it('says when its records do not add up to the total it declares', async () => {
    const dump = await readOne(PROFILE.replace('total 42', 'total 50'));
    expect(dump).toMatchObject({ goroutines: 42, declared: 50, truncated: true });
    expect(dump.lowerBounds).toEqual([
      'The profile declares 50 goroutines, its records add up to 42. Records are missing or damaged.',
    ]);
    expect(dump.problems).toEqual([
      { line: 1, text: 'goroutine profile: total 50', why: 'The records that could be read add up to 42.' },
    ]);
  });

  it.each([
    ['inside a frame', -40],
    ['between two frames', -(POLLER.split('\n')[2]!.length + 2)],
    ['inside the record line', -(POLLER.length - 20)],
    ['inside the first record', -(POLLER.length + 20)],
  ])('that is cut %s counts what is left and says it is truncated', async (_, end) => {
    const dump = await readOne(PROFILE.slice(0, end));
    expect(dump.truncated).toBe(true);
    expect(dump.lowerBounds.length).toBeGreaterThan(0);
    expect(printDump(dump)[0]).toMatch(/^40 x/);
  });

  it('with goroutine stacks behind it is one dump, and they are another', async () => {
    const stacks = 'goroutine 1 [running]:\nmain.main()\n\t/m.go:1 +0x1\n';
    const [profile, traceback, ...others] = await readAll(`${PROFILE}${stacks}`);
    expect(others).toEqual([]);
    expect(printDump(profile!)).toEqual([WORKERS_LINE, POLLER_LINE]);
    expect(profile).toMatchObject({ truncated: false, problems: [], bytes: { read: PROFILE.length } });
    expect(printDump(traceback!)).toEqual(['1 [running] main.main /m.go:1']);
    expect(traceback).toMatchObject({ problems: [], bytes: { read: stacks.length, understood: stacks.length } });
  });

  it('with log lines behind it ends before them, though they say profile', async () => {
    const dump = await readOne(`${PROFILE}\n2026-11-23 02:41:07 served goroutine profile: total 42\nbye\n`);
    expect(dump).toMatchObject({ goroutines: 42, problems: [], truncated: false });
    expect(dump.bytes.understood).toBe(PROFILE.replaceAll(/^\n/gm, '').length);
  });

  it('passes over a line that is too long to hold', async () => {
    const content = `goroutine profile: total 42\n${WORKERS}\n${'9'.repeat(5_000_000)}\n\n${POLLER}\n`;
    const dump = await readOne(content);
    expect(await readOne(content, { chunkSizes: [100_000] })).toEqual(dump);
    expect(printDump(dump)).toEqual([WORKERS_LINE, POLLER_LINE]);
    expect(dump.problems).toEqual([expect.objectContaining({ line: 6, why: expect.stringContaining('too long') })]);
    expect(dump.bytes.understood + dump.bytes.ignored).toBe(dump.bytes.read);
  });

  it('behind a log prefix is read as if there was none', async () => {
    const dump = await readOne(PROFILE.trimEnd().replaceAll(/^/gm, '2026-11-23T02:41:07Z '));
    expect(printDump(dump)).toEqual([WORKERS_LINE, POLLER_LINE]);
    expect(dump.provenance).toMatchObject({ takenAtFrom: 'log-prefix', wrapper: { kinds: ['time (RFC 3339)'] } });
  });
});

describe('the reading of count profiles', () => {
  const content = `größe\n${PROFILE}`;

  it('is the same wherever chunks are cut', async () => {
    const whole = await readOne(content);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
        async (chunkSizes) => {
          expect(await readOne(content, { chunkSizes })).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never throws and keeps the records before and behind any damage', async () => {
    const bytes = new TextEncoder().encode(PROFILE);
    const first = bytes.indexOf(0x40, 30);
    const from = first + WORKERS.length;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: from, max: bytes.length - 2 }),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        async (at, rubbish) => {
          const damaged = bytes.slice();
          damaged.set(rubbish.subarray(0, bytes.length - at), at);
          // Colour codes and hard spaces would be taken for a wrapper's and mended before anything is counted.
          const dumps = await readAll(damaged, {}, { unwrap: false });
          expect(printDump(dumps[0]!)[0]).toBe(WORKERS_LINE);
          const read = dumps.reduce((sum, dump) => sum + dump.bytes.understood + dump.bytes.ignored, 0);
          expect(read).toBe(bytes.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never throws on a profile with bytes replaced anywhere', async () => {
    const bytes = new TextEncoder().encode(PROFILE);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), async (at, rubbish) => {
        const damaged = bytes.slice();
        damaged.set(rubbish.subarray(0, bytes.length - at), at);
        const last = await readAll(damaged).then(
          (dumps) => printDump(dumps.at(-1)!).at(-1),
          (error: Error) => error.message,
        );
        if (at > 40 && at < PROFILE.indexOf(POLLER) - 10) expect(last).toBe(POLLER_LINE);
        else expect(last).toBeTypeOf('string');
      }),
      { numRuns: 200 },
    );
  });
});

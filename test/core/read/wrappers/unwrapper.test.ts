import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUnwrapper } from '../../../../src/core/read/wrappers/create-unwrapper.ts';
import type { Lane } from '../../../../src/core/read/wrappers/unwrapper.ts';
import { WRAPS } from '../../../support/wrap.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

interface Read {
  readonly lanes: { lane: Lane; text: string }[];
  readonly kinds: readonly string[] | null;
  readonly example: readonly [string, string] | null;
  readonly encoding: string | null;
}

/** Takes the wrappers off `input`, pushed in chunks of these sizes in turn. */
function unwrap(input: string | Uint8Array, sizes: readonly number[] = [1 << 20], on = true): Read {
  const bytes = typeof input === 'string' ? encoder.encode(input) : input;
  const lanes: Read['lanes'] = [];
  const head = { bytes: bytes.subarray(0, 65_536), text: '', whole: bytes.length <= 65_536 };
  const unwrapper = createUnwrapper(
    head,
    {
      open: (lane) => {
        const taken = { lane, text: '' };
        lanes.push(taken);
        const stream = new TextDecoder('utf-8', { ignoreBOM: true });
        return {
          push: (chunk) => {
            taken.text += stream.decode(chunk, { stream: true });
          },
        };
      },
    },
    { decodeText: (part) => decoder.decode(part), unwrap: on, referenceMs: Date.UTC(2026, 10, 24) },
  );
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    unwrapper.push(bytes.slice(at, at + size));
    at += size;
  }
  unwrapper.finish();
  const { wrapper, encoding } = unwrapper;
  return {
    lanes,
    kinds: wrapper?.kinds ?? null,
    example: wrapper === null ? null : [wrapper.example, wrapper.exampleRead],
    encoding,
  };
}

const DUMP =
  'goroutine 1 [running]:\nmain.main()\n\t/srv/größe.go:7 +0x1d\n\ngoroutine 2 [select]:\nmain.f(...)\n\t/srv/f.go:3\n';
const corpus = (path: string): string =>
  readFileSync(new URL(`../../../fixtures/corpus/${path}`, import.meta.url), 'utf8');

describe('the unwrapper', () => {
  it('gives plain text on untouched, chunk by chunk', () => {
    const chunks: Uint8Array[] = [];
    const bytes = encoder.encode(DUMP.repeat(3));
    const unwrapper = createUnwrapper(
      { bytes, text: '', whole: true },
      { open: () => ({ push: (chunk) => void chunks.push(chunk) }) },
      { decodeText: (part) => decoder.decode(part), unwrap: true, referenceMs: null },
    );
    const pieces = [bytes.subarray(0, DUMP.length + 2), bytes.subarray(DUMP.length + 2, 200), bytes.subarray(200)];
    for (const piece of pieces) unwrapper.push(piece);
    unwrapper.finish();
    expect(chunks.slice(-1)[0]!.buffer).toBe(bytes.buffer);
    expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes));
    expect(unwrapper.wrapper).toBeNull();
  });

  it.each(Object.keys(WRAPS))('takes off what %s puts on, wherever chunks are cut', (name) => {
    const file = WRAPS[name]!(DUMP);
    expect(unwrap(file).lanes.map(({ text }) => text)).toEqual([DUMP]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        const read = unwrap(file, sizes);
        expect(read.lanes.map(({ text }) => text)).toEqual([DUMP]);
        expect(read).toEqual({ ...unwrap(file), lanes: expect.anything() });
      }),
      { numRuns: 10 },
    );
  });

  it.each(Object.keys(WRAPS).filter((name) => !/UTF|byte-order/.test(name)))(
    'leaves %s on when it is told to',
    (name) => {
      const file = WRAPS[name]!(DUMP);
      const { lanes, kinds } = unwrap(file, [100], false);
      expect(kinds).toBeNull();
      expect(lanes.map(({ text }) => text)).toEqual([decoder.decode(file)]);
    },
  );

  it.each([
    ['kubectl-timestamps.log'],
    ['kubectl-prefix.log'],
    ['kubectl-trimmed.log'],
    ['cri.log'],
    ['docker-json.log'],
    ['compose.log'],
    ['crlf.txt'],
    ['bom-crlf.txt'],
    ['indent4.txt'],
    ['journald-short.log'],
    ['journald.json.log'],
    ['json-string.json'],
  ])('reads the lines of the original out of the corpus file poolbugs.%s', (name) => {
    const lines = corpus('prog-poolbugs-go1.19/3-later.debug2.txt').trimEnd().split('\n');
    const file = readFileSync(new URL(`../../../fixtures/corpus/wrapped/poolbugs.${name}`, import.meta.url));
    const [only, ...others] = unwrap(file).lanes;
    expect(others).toEqual([]);
    expect(only!.text.trimEnd().split('\n')).toEqual(lines);
  });

  it('reads the lines without blank ones out of a journal', () => {
    const lines = corpus('prog-poolbugs-go1.19/3-later.debug2.txt')
      .split('\n')
      .filter((line) => line !== '');
    expect(unwrap(corpus('wrapped/poolbugs.journald-iso.log')).lanes[0]!.text.trimEnd().split('\n')).toEqual(lines);
  });

  it('finds a dump far behind a log that shows nothing, and what is around it', () => {
    const log = 'level=info msg="served"\n'.repeat(9000);
    const dump = DUMP.split('\n')
      .slice(0, -1)
      .map((line) => `> ${line}\n`)
      .join('');
    const { lanes, kinds } = unwrap(log + dump, [70_000]);
    expect(lanes.map(({ text }) => text)).toEqual([log + DUMP]);
    expect(kinds).toEqual(['quotation marks (>)']);
  });

  it('parts the lines of several processes and names them', () => {
    const lines = DUMP.split('\n').slice(0, -1);
    const both = lines.map((line) => `[pod/orders-1/app] ${line}\n[pod/orders-2/app] ${line}\n`).join('');
    const { lanes } = unwrap(both);
    expect(lanes.map(({ lane, text }) => [lane.key, lane.instance, text])).toEqual([
      ['orders-1/app', 'orders-1', DUMP],
      ['orders-2/app', 'orders-2', DUMP],
    ]);
    expect(lanes[1]!.lane.origins!.sourceLine(1)).toBe(2);
    expect(lanes[1]!.lane.origins!.sourceLine(7)).toBe(14);
  });

  it.each([
    ['2026-11-23T02:41:07.5Z ', Date.UTC(2026, 10, 23, 2, 41, 7, 500)],
    ['2026-11-23T02:41:07+02:00 ', Date.UTC(2026, 10, 23, 0, 41, 7)],
    ['Nov 23 02:41:07 web-3 shop[1]: ', Date.UTC(2026, 10, 23, 2, 41, 7)],
    ['Dec 23 02:41:07 web-3 shop[1]: ', Date.UTC(2025, 11, 23, 2, 41, 7)],
    ['E1123 02:41:07.250000       1 dump.go:88] ', Date.UTC(2026, 10, 23, 2, 41, 7, 250)],
    ['2026/11/23 02:41:07 ', Date.UTC(2026, 10, 23, 2, 41, 7)],
  ])('tells the time of a line behind %j', (prefix, ms) => {
    const { lanes } = unwrap(
      DUMP.split('\n')
        .slice(0, -1)
        .map((line) => `${prefix}${line}\n`)
        .join(''),
    );
    expect(lanes[0]!.lane.origins!.timeMs(1)).toBe(ms);
  });

  it('takes no word of a sentence before a dump for a prefix', () => {
    const text = `got dump ${DUMP}created by main.start\n`;
    expect(unwrap(text).lanes.map(({ lane, text: read }) => [lane.key, read])).toEqual([[null, text]]);
  });

  it('takes an indent off a leak profile', () => {
    const profile = 'goroutineleak profile: total 1\n1 @ 0x1\n#\t0x1\tmain.f+0x1\t/f.go:3\n';
    expect(unwrap(profile.replaceAll(/^/gm, '    ').trimEnd()).lanes[0]!.text.trimEnd()).toBe(profile.trimEnd());
  });

  it('shows an example line and what was read of it', () => {
    expect(unwrap(WRAPS['kubectl logs --prefix']!(DUMP)).example).toEqual([
      '[pod/orders-7f9c/app] goroutine 1 [running]:',
      'goroutine 1 [running]:',
    ]);
  });

  it.each([
    'what became of goroutine 5 [running]: nobody knows\n',
    '{"msg":"goroutine 5 [running]',
    'msg="goroutine 5 [running]:\\n',
    '{'.repeat(5000),
    '> '.repeat(3000),
    '[pod/a/b] '.repeat(500),
  ])('passes over hostile text %#', (line) => {
    const { lanes } = unwrap(`${line}\n`.repeat(3), [7]);
    expect(lanes.length).toBeGreaterThan(0);
  });
});

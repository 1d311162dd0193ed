import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LockReport } from '../../src/core/causes/locks/lock-report.ts';
import { createAnalyst } from '../../src/worker/analyst.ts';
import type { ReadId } from '../../src/worker/messages.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { ReadInput } from '../../src/worker/protocol.ts';
import { textReader } from '../../src/worker/raw-texts.ts';
import { dumpsOf, fixture, inputOf } from './dumps.ts';

const packed = new Uint8Array(readFileSync(new URL('../fixtures/causes/locks/dumps/go1.24.txt.gz', import.meta.url)));
const plain = new Uint8Array(gunzipSync(packed));

async function analystOf(input: ReadInput) {
  const analyst = createAnalyst(workerPlatform);
  const [summary] = analyst.deposit(1 as ReadId, input, await dumpsOf(input));
  if (summary === undefined) throw new Error('no dump');
  return { analyst, dumpId: summary.id };
}

async function locksOf(input: ReadInput): Promise<LockReport> {
  const { analyst, dumpId } = await analystOf(input);
  return analyst.locks({ dumpId });
}

/** As kubectl logs --timestamps prints it, CRLF as some collectors write it. */
function wrapped(text: string): string {
  const lines = text.split('\n').map((line, i) => {
    const at = new Date(Date.UTC(2026, 10, 23, 2, 41, 7) + i).toISOString().replace('Z', '000000Z');
    return `${at} ${line}\r\n`;
  });
  return lines.join('');
}

describe('locks are told from a file', () => {
  test('the same from a plain file, a packed one and a log', async () => {
    const reports = await Promise.all([
      locksOf(inputOf(plain)),
      locksOf(inputOf(packed, 'a.txt.gz')),
      locksOf(inputOf(wrapped(new TextDecoder().decode(plain)), 'pod.log')),
      locksOf(
        inputOf(
          new Uint8Array(Buffer.concat([gzipSync(plain.subarray(0, 9000)), gzipSync(plain.subarray(9000))])),
          'a.gz',
        ),
      ),
    ]);
    expect(reports[0]?.verdicts.map(({ kind }) => kind)).toContain('double-lock');
    for (const report of reports.slice(1)) expect(report).toEqual(reports[0]);
  });

  test('a form without text asks for a better dump', async () => {
    const report = await locksOf(inputOf(fixture('prog-lockbugs-go1.24/2-during.debug0.pb.gz').bytes, 'g.pb.gz'));
    expect(report.waiting).toBeGreaterThan(0);
    expect(report.notes.join(' ')).toContain('debug=2');
  });

  test('a file that became shorter gives no verdict from what is missing', async () => {
    const input = inputOf(plain);
    const [dump] = await dumpsOf(input);
    if (dump === undefined) throw new Error('no dump');
    const cut = { ...input, file: new Blob([plain.slice(0, 2000)]) };
    const rows = Array.from({ length: dump.rows.length }, (_, row) => row);
    const texts = await textReader(dump, cut, workerPlatform)(rows);
    expect(texts[0]).toMatch(/^goroutine 1 \[running\]/);
    expect(texts.at(-1)).toBeNull();
  });
});

describe('texts of many rows', () => {
  test('come in the order asked for, from neighbours and from far', async () => {
    const input = inputOf(plain);
    const [dump] = await dumpsOf(input);
    if (dump === undefined) throw new Error('no dump');
    const ids = dump.rows.goroutineId ?? [];
    const rows = [dump.rows.length - 1, 0, 5, 4, 60];
    for (const from of [input, inputOf(packed, 'a.gz')]) {
      const [own] = await dumpsOf(from);
      const texts = await textReader(own ?? dump, from, workerPlatform)(rows);
      expect(texts.map((text) => /^goroutine (\d+) /.exec(text ?? '')?.[1])).toEqual(
        rows.map((row) => String(ids[row])),
      );
    }
  });

  test('none are read for no rows', async () => {
    const input = inputOf(plain);
    const [dump] = await dumpsOf(input);
    if (dump === undefined) throw new Error('no dump');
    expect(await textReader(dump, input, workerPlatform)([])).toEqual([]);
  });
});

describe('lineage is told from a file', () => {
  test('tree and family', async () => {
    const { analyst, dumpId } = await analystOf(inputOf(packed, 'a.gz'));
    expect(analyst.lineage({ dumpId }).nodes[0]).toMatchObject({ entry: 'main.main', createdBy: '' });
    const family = await analyst.goroutineLineage({ dumpId, goroutineId: 1 });
    expect(family?.children?.count).toBeGreaterThan(50);
    expect(family?.creator).toBe('none');
    expect(await analyst.goroutineLineage({ dumpId, goroutineId: 1_000_000 })).toBeNull();
  });

  test('ancestors are read from the text of the one goroutine', async () => {
    const { bytes } = fixture('prog-exotic-go1.19-ancestors/1-all.debug2.txt');
    const { analyst, dumpId } = await analystOf(inputOf(bytes));
    const family = await analyst.goroutineLineage({ dumpId, goroutineId: 74 });
    expect(family?.ancestors.map(({ id }) => id)).toEqual([1]);
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { decodeInvestigation } from '../../../src/investigation/saved/decode.ts';
import { corpusFile } from '../../support/corpus.ts';

const SAVED = new URL('../../fixtures/investigations/v1.standstill.json.gz', import.meta.url);

test('a file saved by version 1 opens as it was saved', () => {
  const decoded = decodeInvestigation(readFileSync(SAVED));
  if (decoded.kind === 'wrong') throw new Error(decoded.why);
  const { dumps, marks, view } = decoded.investigation;
  expect(dumps.map(({ name, dump }) => [name, dump.goroutines])).toEqual([
    ['before the load', corpusFile('prog-tickerleak-go1.19/1-before.debug2.txt')?.expected.goroutines],
    ['2-during.debug2.txt', corpusFile('prog-tickerleak-go1.19/2-during.debug2.txt')?.expected.goroutines],
  ]);
  expect(marks).toMatchObject([{ mark: 'suspect', note: 'seen on Monday', frames: ['main.(*Session).heartbeat'] }]);
  expect(view).toMatchObject({ title: 'Tickers', level: 'functions', dumpId: 1, phases: [[0, 'before']] });
  // The chosen group is still found by its key: 350 heartbeats, as the expected counts say.
  const [, second] = dumps;
  if (second === undefined) throw new Error('two dumps');
  const table = groupDump(indexDump(second.dump), 'functions');
  expect(table.count[table.key.indexOf(view.groupKey ?? '')]).toBe(350);
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nameCauses } from '../../../src/core/causes/name-causes.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import type { Dump, DumpFormat } from '../../../src/core/model/dump.ts';
import { corpusFile } from '../../support/corpus.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { readOne } from '../../support/read-one.ts';

function pairsOf(dump: Dump): readonly string[] {
  const index = indexDump(dump);
  return nameCauses(index, groupDump(index, 'exact'), { rules: [], rising: new Set(), dumps: 1 }).pairs;
}
const drawn = (goroutines: readonly DrawnGoroutine[], format?: DumpFormat) => pairsOf(drawDump(goroutines, format));

const READ = 'net/http.(*persistConn).readLoop';
const WRITE = 'net/http.(*persistConn).writeLoop';
const poll = ['internal/poll.runtime_pollWait', 'net.(*conn).Read', 'bufio.(*Reader).Peek'];
const times = (count: number, frames: string[], state = 'select', createdBy?: string): DrawnGoroutine => ({
  state,
  frames,
  times: count,
  ...(createdBy === undefined ? {} : { createdBy }),
});

describe('pairs', () => {
  test.each<[string, DrawnGoroutine[], string[]]>([
    ['nothing to pair', [times(3, ['main.f'])], []],
    ['idle connections', [times(40, [...poll, READ], 'IO wait'), times(40, [WRITE])], []],
    [
      'bodies left open',
      [times(10, [...poll, READ], 'IO wait'), times(30, [READ]), times(40, [WRITE])],
      [
        'HTTP client connections: 40, one readLoop and one writeLoop each; 30 of them hold a response body that is neither read to its end nor closed.',
      ],
    ],
    [
      'half connections',
      [times(40, [READ]), times(12, [WRITE])],
      ['HTTP client connections: 40 readLoop against 12 writeLoop; each connection has one of both.'],
    ],
    ['one that just began', [times(41, [...poll, READ], 'IO wait'), times(40, [WRITE])], []],
    [
      'a pool used up by transactions',
      [times(5, ['database/sql.(*Tx).awaitDone']), times(80, ['database/sql.(*DB).conn', 'main.load'])],
      [
        'database/sql: 5 transactions are open, one awaitDone each; 80 goroutines wait for a connection: the pool is used up.',
      ],
    ],
    [
      'one open result set',
      [times(1, ['database/sql.(*Rows).awaitDone'])],
      ['database/sql: 1 result set is open, one awaitDone each.'],
    ],
    ['one database', [times(1, ['database/sql.(*DB).connectionOpener'])], []],
    [
      'a handle for each request',
      [times(7, ['database/sql.(*DB).connectionOpener'])],
      [
        'database/sql: 7 connectionOpener, one for each handle that was opened; a service needs one handle for each database.',
      ],
    ],
    [
      'a pipe without a reader',
      [times(5, ['io.(*pipe).write', 'io.(*PipeWriter).Write', 'main.pack'])],
      ['io.Pipe: 5 goroutines write and none reads.'],
    ],
    [
      'pumps of one side',
      [times(30, ['chat.(*Conn).readPump']), times(90, ['chat.(*Conn).writePump'])],
      [
        'Connections with pumps: 30 readPump against 90 writePump; where one of both has ended, the connection is half dead.',
      ],
    ],
  ])('%s', (_, goroutines, want) => {
    expect(drawn(goroutines)).toEqual(want);
  });

  test('need no state: the body left open shows in every form', () => {
    const goroutines = [times(30, [READ]), times(30, [WRITE])];
    expect(drawn(goroutines, 'count-profile')).toEqual(drawn(goroutines));
    const parked = goroutines.map(({ frames, ...rest }) => ({
      ...rest,
      frames: ['runtime.gopark', 'runtime.selectgo', ...frames],
    }));
    expect(drawn(parked, 'pprof')).toEqual(drawn(goroutines));
  });
});

describe('packs of one constructor', () => {
  const pool = (workers: number, dispatchers: number) => [
    times(workers, ['pool.(*Pool).take', 'pool.(*Pool).work'], 'chan receive', 'pool.New'),
    times(dispatchers, ['pool.(*Pool).dispatch'], 'select', 'pool.New'),
  ];
  test('are told by the ratio of their kinds', () => {
    expect(drawn(pool(480, 120))).toEqual([
      'pool.New started 120 packs that are still there, of 1 pool.(*Pool).dispatch and 4 pool.(*Pool).work each.',
    ]);
  });
  test.each([
    ['a ratio that is none', pool(481, 120)],
    ['few', pool(8, 2)],
    ['one kind', pool(480, 120).slice(0, 1)],
  ])('not by %s', (_, goroutines) => {
    expect(drawn(goroutines)).toEqual([]);
  });
});

test.each(['3-later.debug1.txt', '2-during.debug0.pb.gz'])(
  'a real client that never closes bodies: %s',
  async (name) => {
    const file = corpusFile(`prog-httpclient-go1.19/${name}`);
    const pairs = pairsOf(await readOne(readFileSync(file?.path ?? ''), { fileName: name }));
    expect(pairs.join('\n')).toMatch(
      /^HTTP client connections: [\d,]+, one readLoop and one writeLoop each; [\d,]+ of them hold/m,
    );
  },
);

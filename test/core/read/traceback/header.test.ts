import { describe, expect, it } from 'vitest';
import { FLAG, NO_MINUTES, NONE } from '../../../../src/core/model/rows.ts';
import { parseHeaderTail } from '../../../../src/core/read/formats/traceback/header.ts';

const plain = { state: 'select', waitMinutes: NO_MINUTES, flags: 0, bubble: NONE, labels: null };

describe('the part of a goroutine header after its id', () => {
  const readable: [text: string, want: Partial<ReturnType<typeof parseHeaderTail> & object>][] = [
    ['[select]:', {}],
    ['[select, 3 minutes, locked to thread]:', { waitMinutes: 3, flags: FLAG.lockedToThread }],
    ['[chan receive (nil chan) (leaked)]:', { state: 'chan receive (nil chan)', flags: FLAG.leaked }],
    [
      '[select (no cases) (leaked), locked to thread]:',
      { state: 'select (no cases)', flags: FLAG.leaked | FLAG.lockedToThread },
    ],
    ['[runnable (scan)]:', { state: 'runnable', flags: FLAG.scan }],
    ['[force gc (idle), 2 minutes]:', { state: 'force gc (idle)', waitMinutes: 2 }],
    [
      '[select (no cases) (durable), synctest bubble 3]:',
      { state: 'select (no cases)', flags: FLAG.durable, bubble: 3 },
    ],
    [
      '[sync.WaitGroup.Wait (durable), synctest bubble 2]:',
      { state: 'sync.WaitGroup.Wait (durable)', flags: FLAG.durable, bubble: 2 },
    ],
    [
      '[chan send (durable), 1 minutes, synctest bubble 9]:',
      { state: 'chan send (durable)', waitMinutes: 1, flags: FLAG.durable, bubble: 9 },
    ],
    [
      '[sleep (leaked) (scan) (durable), synctest group 5]:',
      { state: 'sleep', flags: FLAG.leaked | FLAG.scan | FLAG.durable, bubble: 5 },
    ],
    ['[running labels:{"a": "b, c"}]:', { state: 'running', labels: [['a', 'b, c']] }],
    [
      '[IO wait, 1 minutes labels:{"pool": "read", "tenant": "a ]: b"}]:',
      {
        state: 'IO wait',
        waitMinutes: 1,
        labels: [
          ['pool', 'read'],
          ['tenant', 'a ]: b'],
        ],
      },
    ],
    [
      '[IO wait, 1 minutes] {a: "x]: y", b: }:',
      {
        state: 'IO wait',
        waitMinutes: 1,
        labels: [
          ['a', 'x]: y'],
          ['b', ''],
        ],
      },
    ],
    [
      '[IO wait] {"quoted \\"key\\"": "\\u65e5\\x01", tenant: t0}:',
      {
        state: 'IO wait',
        labels: [
          ['quoted "key"', '日\x01'],
          ['tenant', 't0'],
        ],
      },
    ],
    [
      '[select, "k":"v]", "n":"1"]:',
      {
        labels: [
          ['k', 'v]'],
          ['n', '1'],
        ],
      },
    ],
    [
      '[select, 4 minutes, "k":"say "hi"", "n":""]:',
      {
        waitMinutes: 4,
        labels: [
          ['k', 'say "hi"'],
          ['n', ''],
        ],
      },
    ],
    ['[some reason of Go 1.40, 2 minutes, marked by aliens]:', { state: 'some reason of Go 1.40', waitMinutes: 2 }],
  ];
  it.each(readable)('%s', (text, want) => {
    expect(parseHeaderTail(text)).toEqual({ ...plain, ...want });
  });

  it.each(['[select', '[select]', 'select]:', '[x]: did something', '[x] {a: b:', ''])('%j is none', (text) => {
    expect(parseHeaderTail(text)).toBeNull();
  });
});

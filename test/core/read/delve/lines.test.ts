import { describe, expect, it } from 'vitest';
import * as lines from '../../../../src/core/read/formats/delve/lines.ts';

const main = { id: 1, shows: 'User', file: '/srv/app/main.go', line: 31, function: 'main.main', reason: null };

describe('a line of a list', () => {
  it.each<[string, string, unknown]>([
    ['a running goroutine', '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) (thread 4711)', main],
    ['the chosen one', '* Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55)', main],
    ['without its spaces', 'Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55)', main],
    ['in a group', '\t  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55)', main],
    [
      'a wait and its beginning',
      '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) [chan receive 83910000000]',
      { ...main, reason: 'chan receive' },
    ],
    [
      'the beginning as Delve 1.9 prints it',
      '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) [chan receive (nil chan) 471328h20m17.123456789s]',
      { ...main, reason: 'chan receive (nil chan)' },
    ],
    [
      'a thread and a wait',
      '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) (thread 15457) [preempted 15473785010507]',
      { ...main, reason: 'preempted' },
    ],
    [
      'a reason Delve does not know',
      '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) [unknown wait reason 47]',
      { ...main, reason: 'unknown wait reason 47' },
    ],
    [
      'a reason Delve does not know, with its beginning',
      '  Goroutine 1 - User: /srv/app/main.go:31 main.main (0x4a1c55) [unknown wait reason 47 83910000000]',
      { ...main, reason: 'unknown wait reason 47' },
    ],
    [
      'the go statement',
      '  Goroutine 1 - Go: /srv/app/main.go:31 main.main (0x4a1c55) [select]',
      { ...main, shows: 'Go', reason: 'select' },
    ],
    ['the start', '  Goroutine 1 - Start: /srv/app/main.go:31 main.main (0x4a1c55)', { ...main, shows: 'Start' }],
    [
      'the innermost',
      '  Goroutine 1 - Runtime: /srv/app/main.go:31 main.main (0x4a1c55)',
      { ...main, shows: 'Runtime' },
    ],
    [
      'a path with spaces and a drive, a generic method',
      '  Goroutine 1 - User: C:/Program Files/x y/z.go:12 main.(*T[go.shape.struct { a int }]).M (0x4a1c55) [select]',
      {
        ...main,
        file: 'C:/Program Files/x y/z.go',
        line: 12,
        function: 'main.(*T[go.shape.struct { a int }]).M',
        reason: 'select',
      },
    ],
    ['no file', '  Goroutine 1 - User: :0 ??? (0x0)', { ...main, file: '', line: 0, function: '???' }],
    ['an unknown file', '  Goroutine 1 - User: ?:-1 ??? (0x12)', { ...main, file: '', line: 0, function: '???' }],
    ['unreadable', '  Goroutine (unreadable could not read memory)', 'unreadable'],
    ['no address', '  Goroutine 1 - User: /srv/app/main.go:31 main.main', 'broken'],
    ['a header of a traceback', 'goroutine 1 [running]:', 'no'],
    ['a section of a race report', 'Goroutine 7 (running) created at:', 'no'],
    ['prose', 'Goroutine 5 - it hangs', 'no'],
  ])('%s', (_, text, want) => {
    expect(lines.parseGoroutineLine(text)).toEqual(want);
  });

  it('is read in no time when it is long and odd', () => {
    for (const odd of [' 1', '.1', ':1', ' (0x1', ' [', '1:1 ']) {
      const text = `  Goroutine 1 - User: ${odd.repeat(60_000 / odd.length)}`;
      for (const end of ['', ']', ' (0x1)', ' x (0x1) [y']) expect(lines.parseGoroutineLine(text + end)).toBeDefined();
    }
  });
});

describe('other lines of a list', () => {
  it.each<[string, unknown, unknown]>([
    ['the prompt', lines.afterPrompt('(dlv) goroutines -t'), 'goroutines -t'],
    ['a prompt with nothing behind', lines.afterPrompt('(dlv)'), ''],
    ['a command', lines.listCommand('goroutines -with user'), ['-with', 'user']],
    ['its short name', lines.listCommand('grs'), []],
    ['another command', lines.listCommand('goroutine 5'), null],
    ['the total', lines.parseTotal('[61 goroutines]'), 61],
    ['the total of a group', lines.parseGroupTotal('\tTotal: 44'), 44],
    ['a frame', lines.parseFrameFunction('\t 0  0x0000000000495511 in runtime.gopark'), 'runtime.gopark'],
    ['a frame without indent', lines.parseFrameFunction('10  0x0000000000495511 in main.f'), 'main.f'],
    ['a deferred call is no frame', lines.parseFrameFunction('\t    defer 1: 0x0000000000495511 in main.f'), null],
    ['its place', lines.parseAt('\t     at ./a b/main.go:34'), { file: './a b/main.go', line: 34 }],
    ['a place unknown', lines.parseAt('\t     at ?:-1'), { file: '', line: 0 }],
    ['colours', lines.withoutColours('\t 0  0x1 in \x1b[1mruntime.gopark\x1b[0m'), '\t 0  0x1 in runtime.gopark'],
    [
      'labels',
      lines.parseLabels('\tLabels: "tenant":"a b", "q\\"":"\\t"'),
      {
        labels: [
          ['q"', '\t'],
          ['tenant', 'a b'],
        ],
        more: false,
      },
    ],
    ['five of eight labels', lines.parseLabels('\tLabels: "a":"1"... (7 more)'), { labels: [['a', '1']], more: true }],
    ['broken labels', lines.parseLabels('\tLabels: "a'), 'broken'],
  ])('%s', (_, got, want) => {
    expect(got).toEqual(want);
  });
});

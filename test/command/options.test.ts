import { expect, test } from 'vitest';
import { parseOptions } from '../../src/command/options.ts';

const USUAL = { output: 'json', failOn: [], link: null, query: null, unwrap: true, countKeys: undefined };

test.each<[string[], unknown]>([
  [['--json', 'a.txt'], { kind: 'analyze', level: null, files: ['a.txt'], ...USUAL }],
  [
    ['a.txt', '--json', 'b.txt', '--level', 'place'],
    { kind: 'analyze', level: 'place', files: ['a.txt', 'b.txt'], ...USUAL },
  ],
  [['--json', '--level=created-by', '-'], { kind: 'analyze', level: 'created-by', files: ['-'], ...USUAL }],
  [['--json', '--', '--level', '-x'], { kind: 'analyze', level: null, files: ['--level', '-x'], ...USUAL }],
  [
    ['--json', '--no-unwrap', '--count-key', 'workers', '--count-key=jobs', 'a'],
    { kind: 'analyze', level: null, files: ['a'], ...USUAL, unwrap: false, countKeys: ['workers', 'jobs'] },
  ],
  [['--json', 'a', '--count-key'], { kind: 'wrong', why: '--count-key needs a key, as in --count-key num_goroutine.' }],
  [['--help', '--nonsense'], { kind: 'help' }],
  [['a.txt'], { kind: 'analyze', level: null, files: ['a.txt'], ...USUAL, output: 'text' }],
  [['--markdown', 'a.txt'], { kind: 'analyze', level: null, files: ['a.txt'], ...USUAL, output: 'markdown' }],
  [['--json', '--text', 'a.txt'], { kind: 'wrong', why: 'Choose one output: --json, --markdown or --text.' }],
  [
    ['--json', '--fail-on', 'growing, leaked', 'a'],
    { kind: 'analyze', level: null, files: ['a'], ...USUAL, failOn: ['leaked', 'growing'] },
  ],
  [
    ['--fail-on=bad', 'a'],
    { kind: 'wrong', why: expect.stringMatching(/^Unknown call "bad"\. Calls: leaked, growing, /) },
  ],
  [['a', '--fail-on'], { kind: 'wrong', why: expect.stringMatching(/^--fail-on needs calls\. Calls: leaked/) }],
  [
    ['--json', '--link', 'https://tools.example/s/', 'a'],
    { kind: 'analyze', level: null, files: ['a'], ...USUAL, link: 'https://tools.example/s/' },
  ],
  [['--link=javascript:alert(1)', 'a'], { kind: 'wrong', why: expect.stringContaining('--link needs the address') }],
  [['--json'], { kind: 'wrong', why: 'No files were named.' }],
  [['--json', '--'], { kind: 'wrong', why: 'No files were named.' }],
  [['--json', '--fast', 'a'], { kind: 'wrong', why: 'Unknown option "--fast".' }],
  [
    ['--json', 'a', '--level'],
    { kind: 'wrong', why: '--level needs one of: exact, functions, place, created-by, package, state.' },
  ],
  [
    ['--json', 'a', '--level', 'label'],
    { kind: 'wrong', why: 'Unknown level "label". Levels: exact, functions, place, created-by, package, state.' },
  ],
  [['--json', '-', '-'], { kind: 'wrong', why: 'The standard input can be read only once.' }],
])('%j', (args, options) => {
  expect(parseOptions(args)).toEqual(options);
});

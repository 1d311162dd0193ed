import { expect, test } from 'vitest';
import { parseOptions } from '../../src/command/options.ts';

const USUAL = { unwrap: true, countKeys: undefined };

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
    { kind: 'analyze', level: null, files: ['a'], unwrap: false, countKeys: ['workers', 'jobs'] },
  ],
  [['--json', 'a', '--count-key'], { kind: 'wrong', why: '--count-key needs a key, as in --count-key num_goroutine.' }],
  [['--help', '--nonsense'], { kind: 'help' }],
  [['a.txt'], { kind: 'wrong', why: 'JSON is the only output there is: add --json.' }],
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

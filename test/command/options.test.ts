import { expect, test } from 'vitest';
import { parseOptions } from '../../src/command/options.ts';

test.each<[string[], unknown]>([
  [['--json', 'a.txt'], { kind: 'analyze', level: 'exact', files: ['a.txt'] }],
  [['a.txt', '--json', 'b.txt', '--level', 'place'], { kind: 'analyze', level: 'place', files: ['a.txt', 'b.txt'] }],
  [['--json', '--level=created-by', '-'], { kind: 'analyze', level: 'created-by', files: ['-'] }],
  [['--json', '--', '--level', '-x'], { kind: 'analyze', level: 'exact', files: ['--level', '-x'] }],
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

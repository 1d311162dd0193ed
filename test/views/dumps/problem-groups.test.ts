import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupProblems } from '../../../src/views/dumps/problem-groups.ts';

const problem = (line: number, why: string) => ({ line, text: `text of ${line}`, why });

test('problems stand by reason, the most frequent first, each in order of line', () => {
  const groups = groupProblems([problem(3, 'no end'), problem(5, 'no file'), problem(9, 'no file')]);
  expect(groups.map(({ why, problems }) => [why, problems.map(({ line }) => line)])).toEqual([
    ['no file', [5, 9]],
    ['no end', [3]],
  ]);
});

test('no problem is lost or doubled', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ line: fc.nat(), text: fc.string(), why: fc.constantFrom('a', 'b', 'c') })),
      (all) => {
        const grouped = groupProblems(all).flatMap(({ problems }) => problems);
        expect(new Set(grouped)).toEqual(new Set(all));
        expect(grouped).toHaveLength(all.length);
      },
    ),
  );
});

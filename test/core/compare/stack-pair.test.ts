import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignFrames, pairStacks } from '../../../src/core/compare/stack-pair.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import type { Frame } from '../../../src/core/model/symbols.ts';
import { drawDump } from '../../support/dump-builder.ts';

const frames = (text: string): Frame[] =>
  text.split(' ').flatMap((each) => {
    const [name = '', line = '1'] = each.split(':');
    return name === '' ? [] : [{ function: name, file: '/a.go', line: Number(line), kind: 'go' as const }];
  });
const print = (pairs: ReturnType<typeof alignFrames>) =>
  pairs.map(({ a, b, match }) => `${a?.function ?? '-'} ${b?.function ?? '-'} ${match}`);

describe('two stacks against each other', () => {
  test.each([
    ['a b c', 'a b c', ['a a same', 'b b same', 'c c same']],
    ['a:1 b', 'a:2 b', ['a a line', 'b b same']],
    ['a b c', 'a x c', ['a a same', 'b - differs', '- x differs', 'c c same']],
    ['', 'a', ['- a differs']],
    ['a b c d', 'c d', ['a - differs', 'b - differs', 'c c same', 'd d same']],
  ])('%s beside %s', (a, b, want) => {
    expect(print(alignFrames(frames(a), frames(b)))).toEqual(want);
  });

  test('keep every frame of both, in order', () => {
    const some = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 }).map((names) => frames(names.join(' ')));
    fc.assert(
      fc.property(some, some, (a, b) => {
        const pairs = alignFrames(a, b);
        expect(pairs.flatMap((pair) => pair.a ?? [])).toEqual(a);
        expect(pairs.flatMap((pair) => pair.b ?? [])).toEqual(b);
        if (a.length === b.length && a.every((frame, at) => frame.function === b[at]?.function)) {
          expect(pairs).toHaveLength(a.length);
        }
      }),
    );
  });

  test('are the most frequent ones of the group, with counts, states and creators', () => {
    const dump = (line: number, times: number) =>
      indexDump(
        drawDump([
          { state: 'select', frames: [`main.f /a.go:${line}`], createdBy: 'main.main /m.go:1', times },
          { state: 'select', frames: ['main.f /a.go:99'], createdBy: 'main.main /m.go:1' },
        ]),
      );
    const [a, b] = [dump(1, 3), dump(2, 5)];
    const key = groupDump(a, 'functions').key[0]!;
    const pair = pairStacks(a, b, 'functions', key)!;
    expect([pair.a, pair.b]).toEqual([
      { count: 3, others: 1, state: 'select' },
      { count: 5, others: 1, state: 'select' },
    ]);
    expect(print([...pair.frames])).toEqual(['main.f main.f line']);
    expect(pair.createdBy?.match).toBe('same');
    const none = pairStacks(a, indexDump(drawDump([{ state: 'running', frames: ['main.g'] }])), 'functions', key)!;
    expect([none.b, none.frames[0]?.match]).toEqual([null, 'differs']);
    expect(pairStacks(a, b, 'functions', 'nonsense')).toBeNull();
  });
});

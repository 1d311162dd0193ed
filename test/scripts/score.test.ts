import { describe, expect, test } from 'vitest';
import {
  confusion,
  filesOf,
  isRight,
  judgeAims,
  neutralName,
  readVerdict,
  SUBSETS,
  tally,
  toMarkdown,
} from '../../scripts/score.mjs';

type Label = 'leak' | 'healthy' | 'stuck';

/** "leak growing" → a result of the subset with three dumps; a `!` behind the call: the culprit is named. */
function results(subset: string, words: string) {
  return words.split(', ').map((word, i) => {
    const [label, call = ''] = word.split(' ');
    const set = i % 2 === 0 ? 'seen' : 'held-out';
    return {
      name: `s${i}`,
      label: label as Label,
      set,
      subset,
      call: call.replace('!', ''),
      named: call.endsWith('!'),
    };
  });
}

const times = (count: number, word: string) => Array(count).fill(word).join(', ');

/** Meets the aims of every subset that has one, but for the words given. */
function perfectBut(subset: string, words: string) {
  return SUBSETS.filter(({ aim }) => aim).flatMap(({ name }) =>
    results(name, name === subset ? words : 'leak leaked, healthy spike'),
  );
}

describe('the score of the verdicts', () => {
  test('counts calls per label', () => {
    const counts = confusion(
      results('three dumps', 'leak growing, leak steady, leak growing, healthy spike, stuck stuck'),
    );
    expect(counts.leak).toMatchObject({ growing: 2, steady: 1, raised: 0 });
    expect(counts.healthy).toMatchObject({ spike: 1, growing: 0 });
    expect(counts.stuck).toMatchObject({ stuck: 1 });
  });

  test('a raised leak is found, but not strictly', () => {
    const numbers = tally(
      results('three dumps', 'leak growing!, leak raised, leak steady, stuck stuck!, stuck steady'),
    );
    expect(numbers).toMatchObject({
      found: { count: 2, of: 3 },
      strict: { count: 1, of: 3 },
      named: { count: 1, of: 3 },
      stuck: { count: 1, of: 2 },
      stuckNamed: { count: 1, of: 2 },
    });
  });

  test.each([
    ['leak', 'raised', false, true],
    ['leak', 'stuck', false, false],
    ['healthy', 'spike', false, true],
    ['healthy', 'raised', false, false],
    ['healthy', 'raised', true, true],
    ['healthy', 'growing', true, false],
    ['healthy', 'stuck', false, false],
    ['healthy', 'cannot-tell', false, true],
    ['stuck', 'growing', false, false],
  ] as const)('a series labelled %s and called %s (keeps: %s) is right: %s', (label, call, keeps, want) => {
    expect(isRight({ label, call, keeps })).toBe(want);
  });

  test.each([
    ['19 of 20 leaks with three dumps', 'three dumps', `healthy spike, ${times(19, 'leak raised')}, leak steady`, []],
    [
      '18 of 20 leaks with three dumps',
      'three dumps',
      `healthy spike, ${times(18, 'leak raised')}, ${times(2, 'leak steady')}`,
      ['leaks found, three dumps'],
    ],
    ['4 of 5 leaks with two dumps', 'load and after', `healthy spike, ${times(4, 'leak raised')}, leak spike`, []],
    [
      '3 of 4 leaks with two dumps',
      'before and after',
      `${times(3, 'leak raised')}, leak spike`,
      ['leaks found, before and after'],
    ],
    ['no leak at all', 'three dumps', 'healthy spike', ['leaks found, three dumps']],
    ['a false alarm', 'three dumps', 'leak growing, healthy growing', ['healthy series called leaked or growing']],
  ])('%s: the aims missed are named', (_title, subset, words, missed) => {
    const aims = judgeAims(perfectBut(subset, words));
    expect(aims.filter(({ met }) => !met).map(({ what }) => what)).toEqual(missed);
  });

  test('no results meet no aim', () => {
    expect(judgeAims([]).some(({ met }) => met)).toBe(false);
  });

  test('a false alarm on counted dumps counts too', () => {
    const alarm = results('three dumps, pprof', 'healthy leaked');
    expect(judgeAims([...perfectBut('', ''), ...alarm])[0]).toMatchObject({ met: false });
  });

  test('the report names what is wrong, per set, and is the same each time', () => {
    const few = results('three dumps', 'leak steady, leak growing!, healthy growing, stuck stuck');
    const report = toMarkdown(few);
    expect(report).toContain('- `s0` (leak, seen) steady\n- `s2` (healthy, seen) growing\n');
    expect(report).toContain('Right, culprit not named:\n\n- `s3` (stuck, held-out) stuck\n');
    expect(report).toContain('| held-out | leaked | growing |');
    expect(report).toContain('| healthy called leaked or growing | 1 of 1 (100 %) | 1 of 1 (100 %) | – |');
    expect(toMarkdown(few)).toBe(report);
  });
});

describe('what is analysed of a series', () => {
  const series = {
    name: 'short',
    label: 'leak' as const,
    set: 'seen' as const,
    dir: 'corpus/short',
    dumps: [
      { moment: 'before', phase: 'before', debug2: '1.txt', debug1: '1.d1' },
      { moment: 'load', phase: 'load', debug1: '2.d1' },
      { moment: 'after', phase: 'after', debug2: '3.txt', debug1: '3.d1' },
    ],
  };
  const files = (name: string) =>
    filesOf(series, SUBSETS.find((subset) => subset.name === name)!)?.map((file) => file.replace(/^.*[\\/]/, ''));

  test('other moments stand in for those it does not have, in the same form', () => {
    expect(files('three dumps, debug=1')).toEqual(['1.d1', '2.d1', '3.d1']);
    expect(files('before and after')).toEqual(['1.txt', '3.txt']);
  });

  test('a subset with a dump missing is left out', () => {
    expect(files('three dumps')).toBeUndefined();
    expect(files('three dumps, pprof')).toBeUndefined();
  });
});

describe('reading a verdict', () => {
  const series = {
    name: 'orders',
    label: 'leak' as const,
    set: 'seen' as const,
    culprit: ['series/orders.(*Publisher).Publish.func1'],
    dir: '',
    dumps: [],
  };
  const group = (name: string, leaf: string) => ({ name, frames: [{ function: leaf }] });
  const dumps = [
    { groups: [group('Publish → chan send', 'series/orders.(*Publisher).Publish.func2'), group('a', 'a.b')] },
  ];
  const analysis = (...groups: { name: string; call: string }[]) => ({ dumps, verdict: { call: 'growing', groups } });

  test('a culprit is known by its function, whatever its closure is numbered', () => {
    const named = { name: 'Publish → chan send', call: 'growing' };
    expect(readVerdict(analysis(named), series)).toEqual({ call: 'growing', named: true });
  });

  test('only the first three groups with such a call count', () => {
    const other = { name: 'a', call: 'growing' };
    const last = { name: 'Publish → chan send', call: 'raised' };
    expect(readVerdict(analysis({ name: 'a', call: 'spike' }, other, other, last), series).named).toBe(true);
    expect(readVerdict(analysis(other, other, other, last), series).named).toBe(false);
    expect(readVerdict(analysis({ ...last, call: 'spike' }), series).named).toBe(false);
  });

  test('a missing verdict and an unknown call are errors', () => {
    expect(() => readVerdict({ dumps }, series)).toThrow('orders: the analysis holds no verdict');
    expect(() => readVerdict({ dumps, verdict: { call: 'fine', groups: [] } }, series)).toThrow('unknown call "fine"');
  });
});

describe('names of files', () => {
  test.each([
    ['orders-2026-11-25T23-08-35Z-before.debug2.txt.gz', 0, '1-2026-11-25T23-08-35Z.txt.gz'],
    ['orders-2026-11-25T23-08-35Z-after.debug0.pb.gz', 4, '5-2026-11-25T23-08-35Z.pb.gz'],
    ['1-before.debug1.txt', 1, '2.txt'],
  ])('%s says only when it was taken', (file, at, want) => {
    expect(neutralName(file, at)).toBe(want);
  });
});

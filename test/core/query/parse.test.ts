import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteValue, withTerm } from '../../../src/core/query/complete.ts';
import { parseQuery } from '../../../src/core/query/parse.ts';
import type { Query } from '../../../src/core/query/query.ts';

/** A query as a short text, so that a table can say what is meant. */
function spell(query: Query): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return `${query.kind}(${query.parts.map(spell).join(' ')})`;
    case 'not':
      return `not(${spell(query.of)})`;
    case 'text':
      return `${query.field}${match(query.match)}`;
    case 'label':
      return `label.${query.key ?? '*'}${match(query.match)}`;
    case 'wait':
      return `wait[${query.minutes.from},${query.minutes.to}]`;
    case 'count':
      return `count[${query.goroutines.from},${query.goroutines.to}]`;
    case 'id':
      return `id${query.ids.map(({ from, to }) => `[${from},${to}]`).join('')}`;
  }
}

function match(one: (Query & { kind: 'text' })['match']): string {
  if (one.kind === 'pattern') return `/${one.pattern.source}/`;
  return `${one.kind === 'equals' ? '=' : '~'}${one.text}`;
}

const parsed = (source: string): string => {
  const result = parseQuery(source);
  return result.kind === 'query'
    ? spell(result.query)
    : `${result.error.at}+${result.error.length} ${result.error.why}`;
};

describe('a query', () => {
  test.each([
    ['', 'and()'],
    ['   ', 'and()'],
    ['Publish', 'any~publish'],
    ['publish send', 'and(any~publish any~send)'],
    ['publish and send', 'and(any~publish any~send)'],
    ['a or b c', 'or(any~a and(any~b any~c))'],
    ['(a or b) c', 'and(or(any~a any~b) any~c)'],
    ['not a b', 'and(not(any~a) any~b)'],
    ['-a -(b or c)', 'and(not(any~a) not(or(any~b any~c)))'],
    ['not not a', 'not(not(any~a))'],
    ['NOT a OR b', 'or(not(any~a) any~b)'],
    ['"or"', 'any~or'],
    ['"chan send"', 'any~chan send'],
    ['"a \\"b\\" \\\\"', 'any~a "b" \\'],
    ['state:select', 'state~select'],
    ['State:"chan send"', 'state~chan send'],
    ['state:=select', 'state=select'],
    ['state:="chan receive (nil chan)"', 'state=chan receive (nil chan)'],
    ['-state:"IO wait"', 'not(state~io wait)'],
    ['orders.(*Publisher).publish', 'any~orders.(*publisher).publish'],
    ['(*Publisher).publish', 'any~(*publisher).publish'],
    ['(func:orders.(*P).run)', 'func~orders.(*p).run'],
    ['func:/^main\\./', 'func/^main\\./'],
    ['/pub(lish)?$/', 'any/pub(lish)?$/'],
    ['/srv/app/main.go', 'any~/srv/app/main.go'],
    ['file:/srv/app', 'file~/srv/app'],
    ['file:publish.go:88', 'file~publish.go:88'],
    ['label:acme', 'label.*~acme'],
    ['label.tenant:acme', 'label.tenant~acme'],
    ['label.app.kubernetes.io/name:=x', 'label.app.kubernetes.io/name=x'],
    ['wait:>10m', 'wait[11,Infinity]'],
    ['wait:>=2h', 'wait[120,Infinity]'],
    ['wait:<5', 'wait[-Infinity,4]'],
    ['wait:<=1d', 'wait[-Infinity,1440]'],
    ['wait:5m..20m', 'wait[5,20]'],
    ['wait:=7', 'wait[7,7]'],
    ['count:>100', 'count[101,Infinity]'],
    ['id:7', 'id[7,7]'],
    ['id:7,12..40', 'id[7,7][12,40]'],
    ['goroutine:7', 'id[7,7]'],
    ['fn:x by:y package:z', 'and(func~x created~y pkg~z)'],
    ['cause:L01 mark:none', 'and(cause~l01 mark~none)'],
    [
      'http://x',
      '0+5 There is no field “http”. Fields are state, func, file, pkg, created, label, wait, name, count, id, cause, mark. To search for the text, put it in quotes.',
    ],
    ['a -> b', 'and(any~a any~-> any~b)'],
    ['a - b', 'and(any~a any~- any~b)'],
  ])('%s', (source, expected) => {
    expect(parsed(source)).toBe(expected);
  });
});

describe('what is wrong is told with its column', () => {
  test.each([
    ['a "b', 2, 2, 'quote has no end'],
    ['state:"x', 6, 2, 'quote has no end'],
    ['(a or b', 0, 1, 'not closed'],
    ['a )', 2, 1, 'closes nothing'],
    ['a ()', 3, 1, 'missing before'],
    ['a or', 2, 2, 'must follow'],
    ['or a', 0, 2, 'must stand before'],
    ['a and', 2, 3, 'must follow'],
    ['a and or b', 6, 2, 'must stand before'],
    ['not', 0, 3, 'must follow'],
    ['x stat:y', 2, 5, 'no field “stat”'],
    ['x state: y', 2, 6, 'value must follow “state:”, for example state:"chan send"'],
    ['wait:soon', 5, 4, '“soon” is not understood'],
    ['wait:10s', 5, 3, '“10s” is not understood'],
    ['wait:>5..7', 5, 5, 'is not understood'],
    ['wait:9..2', 5, 4, 'is not understood'],
    ['count:"5"', 6, 3, 'is not understood'],
    ['count:-5', 6, 2, 'is not understood'],
    ['id:1,x', 3, 3, 'goroutine ids'],
    ['a /[/', 2, 3, 'no regular expression'],
    ['/(a+)+/', 0, 7, 'run for ever'],
    ['/(a)\\1/', 0, 7, 'run for ever'],
    [`/${'a'.repeat(201)}/`, 0, 203, '200 characters'],
    ['a'.repeat(1001), 1000, 1, '1000 characters'],
    [`${'('.repeat(51)}a${')'.repeat(51)}`, 50, 1, 'At most 50'],
  ])('%s', (source, at, length, why) => {
    const result = parseQuery(source);
    expect(result).toEqual({ kind: 'wrong', error: { at, length, why: expect.stringContaining(why) } });
  });
});

test('no text throws, and an error stands inside of it', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        ' ',
        '"',
        '/',
        '-',
        'or',
        'and ',
        'not ',
        'state:',
        'wait:>',
        '..',
        '=',
        '\\',
        'label.',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const source = parts.join('');
      const result = parseQuery(source);
      if (result.kind === 'query') return;
      const { at, length } = result.error;
      expect(length).toBeGreaterThan(0);
      expect(at + length).toBeLessThanOrEqual(source.length);
    }),
    { numRuns: 2000 },
  );
});

test('any value can be asked for, alone and beside anything else', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), (value) => {
      expect(parsed(`func:=${quoteValue(value)}`)).toBe(`func=${value.toLowerCase()}`);
      expect(parsed(withTerm('a or b', 'func', value, false))).toBe(
        `and(not(func=${value.toLowerCase()}) or(any~a any~b))`,
      );
    }),
  );
});

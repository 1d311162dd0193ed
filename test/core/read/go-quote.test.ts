import { describe, expect, it } from 'vitest';
import { parseLabelSet, unquoteGo } from '../../../src/core/read/go-quote.ts';

describe('unquoteGo', () => {
  it.each([
    ['plain text', '"read"', 'read'],
    ['nothing', '""', ''],
    ['a quote and a backslash', String.raw`"a\"b\\c"`, 'a"b\\c'],
    ['the letters Go escapes', String.raw`"\a\b\f\n\r\t\v"`, '\x07\b\f\n\r\t\v'],
    ['a byte below 0x80', String.raw`"\x1b[31m\x00"`, '\x1b[31m\0'],
    ['an invalid byte', String.raw`"\xff"`, '\ufffd'],
    ['a short code point', String.raw`"na\u00efve"`, 'naïve'],
    ['a long code point', String.raw`"\U0001f600!"`, '😀!'],
    ['printable Unicode as %q keeps it', '"größe 量"', 'größe 量'],
    ['a code point beyond Unicode', String.raw`"\U00110000"`, '\ufffd'],
    ['a lone surrogate', String.raw`"\ud800"`, '\ufffd'],
    ['an escape Go does not know, as written', String.raw`"\q"`, String.raw`\q`],
    ['hex digits cut short, as written', String.raw`"\x1"`, String.raw`\x1`],
    ['a closing brace and a comma', String.raw`"a}, \"b\":"`, 'a}, "b":'],
  ])('reads %s', (_, quoted, want) => {
    expect(unquoteGo(quoted)).toBe(want);
  });

  it.each([
    ['bare', 'read'],
    ['unclosed', '"read'],
    ['closed by an escaped quote only', String.raw`"read\"`],
    ['followed by more', '"a" b'],
    ['empty', ''],
  ])('is null for text that is %s', (_, text) => {
    expect(unquoteGo(text)).toBeNull();
  });
});

describe('parseLabelSet', () => {
  it.each<[string, string, [string, string][]]>([
    [
      'of a count profile',
      String.raw`{"pool":"read", "tenant":"a\tb"}`,
      [
        ['pool', 'read'],
        ['tenant', 'a\tb'],
      ],
    ],
    [
      'of Go 1.26',
      `{"pool": "read", "tenant": "a b"}`,
      [
        ['pool', 'read'],
        ['tenant', 'a b'],
      ],
    ],
    [
      'of Go 1.27',
      `{pool: read, tenant: "a b"}`,
      [
        ['pool', 'read'],
        ['tenant', 'a b'],
      ],
    ],
    [
      'with an empty value in the middle',
      '{empty: , pool: read}',
      [
        ['empty', ''],
        ['pool', 'read'],
      ],
    ],
    [
      'with an empty value at the end',
      '{a: "x]: y", b: }',
      [
        ['a', 'x]: y'],
        ['b', ''],
      ],
    ],
    ['with an empty key', '{: read}', [['', 'read']]],
    ['with dots and slashes', '{path: /v1/a.b_c}', [['path', '/v1/a.b_c']]],
    [
      'with marks inside quotes',
      String.raw`{"a\":":"}, \"", "b":":,{"}`,
      [
        ['a":', '}, "'],
        ['b', ':,{'],
      ],
    ],
    ['without labels', '{}', []],
    [
      'in another order, sorted by key',
      '{"b":"1", "a":"2"}',
      [
        ['a', '2'],
        ['b', '1'],
      ],
    ],
  ])('reads a set %s', (_, text, want) => {
    expect(parseLabelSet(text)).toEqual(want);
  });

  it.each([
    '',
    '{',
    '}',
    'pool: read',
    '{pool}',
    '{pool: read',
    '{"a":"b" "c":"d"}',
    '{"a":"b}',
    '{"a":"b"} x',
    '{a: b,}',
    '{,}',
  ])('is null for %s', (text) => {
    expect(parseLabelSet(text)).toBeNull();
  });

  it('costs one pass on a hostile set', () => {
    const hostile = `{${'"a":"b", '.repeat(100_000)}`;
    const start = performance.now();
    expect(parseLabelSet(hostile)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

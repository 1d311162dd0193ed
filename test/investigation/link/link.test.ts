import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHANGE_KINDS, FATES } from '../../../src/core/compare/comparison.ts';
import { LEVELS } from '../../../src/core/group/levels.ts';
import { PHASES } from '../../../src/core/trend/phase.ts';
import { fromBase64Url, toBase64Url } from '../../../src/investigation/link/base64url.ts';
import { formatLink } from '../../../src/investigation/link/format-link.ts';
import { LINK_LIMITS, type Link } from '../../../src/investigation/link/link.ts';
import { type LinkFields, type ParsedLink, parseLink } from '../../../src/investigation/link/parse-link.ts';
import {
  CHANGE_COLUMNS,
  COMPARE_MODES,
  DEFAULT_VIEW,
  GROUP_COLUMNS,
  MARK_FILTERS,
  TABS,
} from '../../../src/investigation/view.ts';

const words = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/\p{Cs}/u.test(text));
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const sort = <const C extends string>(columns: readonly C[]) =>
  fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() });

const drawnLink: fc.Arbitrary<Link> = fc
  .array(fc.record({ hash: fc.stringMatching(/^[a-z0-9]{8,26}$/), goroutines: fc.nat(), name: words }), {
    maxLength: 5,
  })
  .chain((dumps) => {
    const place = dumps.length === 0 ? fc.constant(null) : orNull(fc.nat(dumps.length - 1));
    const phases =
      dumps.length === 0
        ? fc.constant([])
        : fc.uniqueArray(fc.tuple(fc.nat(dumps.length - 1), fc.constantFrom(...PHASES)), {
            selector: ([dump]) => dump,
          });
    return fc.record({
      dumps: fc.constant(dumps),
      sources: fc.array(fc.webUrl(), { maxLength: 3 }),
      data: orNull(fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes))),
      view: fc.record({
        title: words,
        tab: fc.constantFrom(...TABS),
        dumpId: place,
        level: fc.constantFrom(...LEVELS),
        search: words,
        states: fc.array(words, { maxLength: 3 }),
        groupSort: sort(GROUP_COLUMNS),
        groupKey: orNull(fc.stringMatching(/^[a-z0-9]{1,26}$/)),
        a: place,
        b: place,
        changeSort: sort(CHANGE_COLUMNS),
        changeKinds: fc.subarray([...CHANGE_KINDS]),
        compareMode: fc.constantFrom(...COMPARE_MODES),
        fate: orNull(fc.constantFrom(...FATES)),
        phases,
        limit: orNull(fc.integer({ min: 1, max: 1e9 })),
        showExpected: orNull(fc.boolean()),
        marks: fc.subarray([...MARK_FILTERS]),
        onlySuspects: fc.boolean(),
      }),
    });
  });

test('a link says all that it was made of', () => {
  fc.assert(
    fc.property(drawnLink, (link) => {
      const text = formatLink(link);
      expect(parseLink(`#${text}`)).toEqual({ kind: 'link', link });
      // Nothing that ends a link in text, nor what a browser would write otherwise.
      expect(text).toMatch(/^[A-Za-z0-9&=+%/:@,._~-]*$/);
      expect(new URL(`http://host/page#${text}`).hash).toBe(`#${text}`);
    }),
  );
});

test('what is usual is left out', () => {
  expect(formatLink({ view: DEFAULT_VIEW, dumps: [], sources: [], data: null })).toBe('v=1&level=exact');
});

test('bytes as text for addresses', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(new Uint8Array(bytes));
    }),
  );
  const large = new Uint8Array(200_000).map((_, at) => at);
  expect(toBase64Url(large)).toBe(Buffer.from(large).toString('base64url'));
});

const RELEASED: readonly { readonly fragment: string; readonly link: unknown }[] = JSON.parse(
  readFileSync(new URL('../../fixtures/links/v1.json', import.meta.url), 'utf8'),
);

describe('a released link means what it meant', () => {
  test.each(RELEASED.map(({ fragment, link }) => [fragment, link]))('%s', (fragment, link) => {
    const parsed = parseLink(String(fragment));
    if (parsed.kind !== 'link') throw new Error(JSON.stringify(parsed));
    const { data, view, ...rest } = parsed.link;
    const changed = Object.entries(view).filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(Object.entries(DEFAULT_VIEW).find(([key]) => key === name)?.[1]),
    );
    expect({ ...rest, view: Object.fromEntries(changed), data: data === null ? null : [...data] }).toEqual(link);
  });
});

const why = (parsed: ParsedLink): string => (parsed.kind === 'wrong' ? parsed.why : parsed.kind);

describe('what is wrong is told', () => {
  test.each([
    ['', 'none'],
    ['#', 'none'],
    ['#main', 'none'],
    ['#groups=1', 'none'],
    ['#v=1&tab=admin', 'view.tab: found "admin"'],
    ['#v=1&dump=0', 'view.dump: found 0'],
    ['#v=1&a=-1', 'view.a: found -1'],
    ['#v=1&a=1e3', 'view.a: found "1e3"'],
    ['#v=1&level=strict', 'view.level: found "strict"'],
    ['#v=1&sort=name.sideways', 'view.groupSort.descending: found "sideways"'],
    ['#v=1&sort=__proto__.up', 'view.groupSort.column: found "__proto__"'],
    ['#v=1&suspects=maybe', 'view.onlySuspects: found "maybe"'],
    ['#v=1&expected=maybe', 'expected: found "maybe"'],
    ['#v=1&limit=0', 'view.limit: found 0'],
    ['#v=1&phase=0.before', 'view.phases: found a list of 1'],
    ['#v=1&d=abc~many~a.txt', 'd[0] (goroutines): found "many"'],
    ['#v=1&d=abc', 'd[0] (goroutines): found nothing'],
    ['#v=1&d=~1~x', 'd[0] (hash): found ""'],
    ['#v=1&tab=groups&tab=compare', 'tab: found it 2 times, wanted it once.'],
    ['#v=1&constructor=x', 'constructor: found a field of this name'],
    ['#v=1&data=%00', 'data: found something else'],
    ['#v=1&data=a', 'data: found something else'],
    ['#v=one', 'v: found "one", wanted 1.'],
    ['#src=', 'src[0]: found ""'],
    [`#v=1&q=${'x'.repeat(1001)}`, 'view.search: found a text of 1001 characters'],
    [`#v=1&q=${'x'.repeat(LINK_LIMITS.characters)}`, `at most ${LINK_LIMITS.characters}`],
    [`#v=1&data=${'x'.repeat(LINK_LIMITS.data + 1)}`, `at most ${LINK_LIMITS.data}`],
    [`#v=1${'&src=a'.repeat(101)}`, 'src: found a list of 101'],
  ])('%.60s', (fragment, told) => {
    expect(why(parseLink(fragment))).toContain(told);
  });

  test('any junk ends in words, and any link cut anywhere does too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (junk) => void parseLink(`#v=1&${junk}`)));
    fc.assert(
      fc.property(drawnLink, fc.nat(), (link, at) => {
        const text = formatLink(link);
        parseLink(text.slice(0, at % text.length));
      }),
    );
  });

  test('a link of a version to come is told apart', () => {
    expect(parseLink('#v=2&tab=groups&new=field')).toEqual({ kind: 'newer', version: 2, known: 1 });
  });

  test('upgraders take old links to the newest version', () => {
    const upgraders = [
      (old: LinkFields): LinkFields => {
        const { search, ...rest } = Object.fromEntries(old);
        return new Map(Object.entries({ ...rest, q: search ?? [] }));
      },
    ];
    expect(parseLink('v=1&search=orders', upgraders)).toMatchObject({
      kind: 'link',
      link: { view: { search: 'orders' } },
    });
  });
});

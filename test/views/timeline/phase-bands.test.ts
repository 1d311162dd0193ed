import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Phase } from '../../../src/core/trend/phase.ts';
import {
  borderStops,
  borderWords,
  moveBorder,
  type PhaseAt,
  phaseBands,
  phaseBorders,
  withMark,
} from '../../../src/views/timeline/phase-bands.ts';

const LETTERS: Readonly<Record<string, Phase | null>> = { b: 'before', l: 'load', a: 'after', '-': null };
/** "bbl-" → phases; capitals are guessed. */
const read = (drawing: string): PhaseAt[] =>
  [...drawing].map((letter) => ({
    phase: LETTERS[letter.toLowerCase()] ?? null,
    guessed: letter !== letter.toLowerCase(),
  }));
const draw = (phases: readonly PhaseAt[]): string => phases.map(({ phase }) => phase?.charAt(0) ?? '-').join('');
/** "before|load at 2 (0 to 4)" */
const print = (drawing: string): string[] =>
  phaseBorders(phaseBands(read(drawing))).map(
    ({ left, right, place, least, most }) => `${left}|${right} at ${place} (${least} to ${most})`,
  );

test('dumps of one phase in a row are one band, which counts the guesses', () => {
  expect(phaseBands(read('BBbLL-a'))).toEqual([
    { phase: 'before', from: 0, to: 3, guessed: 2 },
    { phase: 'load', from: 3, to: 5, guessed: 2 },
    { phase: null, from: 5, to: 6, guessed: 0 },
    { phase: 'after', from: 6, to: 7, guessed: 0 },
  ]);
  expect(phaseBands([])).toEqual([]);
});

describe('borders', () => {
  test.each([
    // A band at the end may vanish, one in the middle keeps a dump.
    ['bbllaa', ['before|load at 2 (0 to 3)', 'load|after at 4 (3 to 6)']],
    // What is missing can be moved in from either end.
    ['lll', ['before|load at 0 (0 to 3)', 'load|after at 3 (0 to 3)']],
    ['---', ['before|null at 0 (0 to 3)', 'null|load at 3 (0 to 3)']],
    ['bb', ['before|load at 2 (0 to 2)']],
    ['aa', ['load|after at 0 (0 to 2)']],
    // A band without a phase may be moved over.
    ['b--l', ['before|null at 1 (0 to 3)', 'null|load at 3 (1 to 4)', 'load|after at 4 (4 to 4)']],
    ['bal', ['before|after at 1 (0 to 1)', 'after|load at 2 (2 to 3)', 'load|after at 3 (3 to 3)']],
    ['', []],
  ])('of %s', (drawing, wanted) => {
    expect(print(drawing)).toEqual(wanted);
  });

  test('keep their key wherever they are moved', () => {
    const key = (drawing: string) => phaseBorders(phaseBands(read(drawing))).find(({ right }) => right === 'load')?.key;
    expect(key('bbll')).toBe(key('blll'));
    expect(key('bbll')).toBe(key('llll'));
    expect(key('bbll')).toBe(key('bbbb'));
  });

  test('say what begins before which dump', () => {
    const [begins, ends] = phaseBorders(phaseBands(read('bla')));
    const names = ['before.txt', 'load-1.txt', 'after.txt'];
    expect(begins && borderWords(begins, names)).toBe('load begins before load-1.txt');
    expect(ends && borderWords(ends, names)).toBe('load ends before after.txt');
    expect(ends && borderWords({ ...ends, place: 3 }, names)).toBe('load ends after the last dump');
  });

  test('stop between dumps of different moments only', () => {
    const [border] = phaseBorders(phaseBands(read('----')));
    expect(border && borderStops(border, [1, 2, 2, 3])).toEqual([0, 1, 3, 4]);
  });
});

describe('moving a border', () => {
  const move = (drawing: string, which: number, place: number) => {
    const phases = read(drawing);
    const border = phaseBorders(phaseBands(phases))[which];
    const mark = border === undefined ? null : moveBorder(border, place);
    return mark === null ? null : draw(withMark(phases, mark));
  };

  test.each([
    ['to the right, the left phase takes the dumps', 'bbllaa', 0, 3, 'bbblaa'],
    ['to the left, the right phase takes them', 'bbllaa', 1, 3, 'bblaaa'],
    ['to the end, the last band vanishes', 'bbllaa', 1, 6, 'bbllll'],
    ['never over the load in the middle', 'bbllaa', 0, 6, 'bbblaa'],
    ['in from the edge, a phase begins', '----', 1, 2, '--ll'],
    ['over a band that is not known', 'b--l', 0, 3, 'bbbl'],
  ])('%s', (_, drawing, which, place, wanted) => {
    expect(move(drawing, which, place)).toBe(wanted);
  });

  test('to where it stands marks nothing', () => {
    expect(move('bbll', 0, 2)).toBeNull();
    expect(move('bla', 0, 99)).toBeNull();
  });

  test('leaves no gap, and every dump outside of the move as it was', () => {
    const drawings = fc.string({
      unit: fc.constantFrom('b', 'l', 'a', '-', 'B', 'L', 'A'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(drawings, fc.nat(20), fc.integer({ min: -3, max: 15 }), (drawing, which, place) => {
        const phases = read(drawing);
        const borders = phaseBorders(phaseBands(phases));
        const border = borders[which % Math.max(1, borders.length)];
        if (border === undefined) return;
        const mark = moveBorder(border, place);
        if (mark === null) return;
        const moved = withMark(phases, mark);
        // Bands still hold every dump once, in order.
        let next = 0;
        for (const { from, to } of phaseBands(moved)) {
          expect(from).toBe(next);
          expect(to).toBeGreaterThan(from);
          next = to;
        }
        expect(next).toBe(phases.length);
        // All dumps between the old and the new place, and no other, changed.
        const target = Math.min(border.most, Math.max(border.least, place));
        const [low, high] = [Math.min(target, border.place), Math.max(target, border.place)];
        moved.forEach((each, at) => {
          if (at < low || at >= high) expect(each).toBe(phases[at]);
          else expect(each.phase).toBe(target < border.place ? border.right : border.left);
        });
        // And it can be moved back.
        const back = phaseBorders(phaseBands(moved)).find((each) => each.place === target);
        expect(back === undefined || (back.least <= border.place && back.most >= target)).toBe(true);
      }),
    );
  });
});

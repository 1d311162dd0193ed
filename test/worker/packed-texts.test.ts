import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTexts, unpackTexts } from '../../src/worker/packed-texts.ts';

/** As one thread sends it and another one gets it. */
const sent = (value: unknown): unknown => unpackTexts(structuredClone(packTexts(value)));

it('gives back what was packed', () => {
  const words = fc.array(fc.constantFrom('select', 'chan send', '', 'IO wait'), {
    minLength: 900,
    maxLength: 1300,
    size: 'max',
  });
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), {
    minLength: 900,
    maxLength: 1300,
    size: 'max',
  });
  fc.assert(
    fc.property(words, texts, fc.anything(), (state, key, beside) => {
      const answer = { table: { state, key, count: new Float64Array(2), nested: [{ key }] }, beside };
      expect(sent(answer)).toEqual(structuredClone(answer));
    }),
    { numRuns: 40 },
  );
});

it('packs long columns of texts and nothing else', () => {
  const names = Array.from({ length: 2000 }, (_, row) => `name ${row}`);
  const states = names.map((_, row) => (row % 2 === 0 ? 'select' : 'IO wait'));
  const few = names.slice(0, 999);
  const mixed = [...names, null];
  const answer = { table: { names, states }, few, mixed };
  expect(packTexts(answer)).toEqual({
    table: {
      names: { packed: 'texts', text: names.join(''), ends: expect.any(Uint32Array) },
      states: { packed: 'words', words: ['select', 'IO wait'], of: expect.any(Uint32Array) },
    },
    few,
    mixed,
  });
  expect(answer.table.names).toBe(names);
});

it('leaves alone what only looks packed', () => {
  const odd = { packed: 'texts', text: 5, ends: [] };
  expect(unpackTexts({ odd })).toEqual({ odd });
});

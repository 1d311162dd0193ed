import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTexts, type TextChunk, unpackChunk, unpackTexts } from '../../src/worker/packed-texts.ts';

function packed(answer: unknown): { readonly value: unknown; readonly chunks: readonly TextChunk[] } {
  const chunks: TextChunk[] = [];
  const value = packTexts(answer, (chunk) => chunks.push(chunk));
  return { value, chunks };
}

/** As one thread sends it and another one gets it. */
function sent(answer: unknown): unknown {
  const { value, chunks } = structuredClone(packed(answer));
  return unpackTexts(value, chunks.map(unpackChunk));
}

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
  expect(packed(answer)).toEqual({
    value: {
      table: {
        names: { packed: 'texts', chunks: 1 },
        states: { packed: 'texts', chunks: 1 },
      },
      few,
      mixed,
    },
    chunks: [
      { kind: 'joined', text: names.join(''), ends: expect.any(Uint32Array) },
      { kind: 'words', words: ['select', 'IO wait'], of: expect.any(Uint32Array) },
    ],
  });
  expect(answer.table.names).toBe(names);
});

it('sends long columns in chunks of some two megabytes', () => {
  const keys = Array.from({ length: 3000 }, (_, row) => `${row}`.padEnd(400, 'x'));
  const names = Array.from({ length: 3000 }, (_, row) => `${row} → `.padEnd(900, 'y'));
  const { chunks } = packed({ keys, names });
  expect(chunks.map((chunk) => unpackChunk(chunk).length).reduce((sum, rows) => sum + rows, 0)).toBe(6000);
  expect(chunks).toHaveLength(2 + 3);
  for (const chunk of chunks) expect(unpackChunk(chunk).join('').length).toBeLessThan(2 ** 20 + 900);
  expect(sent({ keys, names })).toEqual({ keys, names });
});

it('leaves alone what only looks packed', () => {
  const odd = { packed: 'texts', chunks: '1' };
  expect(unpackTexts({ odd }, [['a']])).toEqual({ odd });
});

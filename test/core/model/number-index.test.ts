import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NOWHERE, NumberIndex } from '../../../src/core/model/number-index.ts';
import { SymbolBuilder } from '../../../src/core/model/symbol-builder.ts';
import { FRAME_KINDS, NO_FRAME } from '../../../src/core/model/symbols.ts';

it('numbers of a hash are found in the order in which they were added, however many there are', () => {
  const hash = fc.oneof(fc.integer({ min: 250, max: 260 }), fc.integer());
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 2000, size: 'max' }), (hashes) => {
      const index = new NumberIndex();
      const model = new Map<number, number[]>();
      hashes.forEach((one, number) => {
        index.add(one, number);
        model.set(one, [...(model.get(one) ?? []), number]);
      });
      expect(index.size).toBe(hashes.length);
      for (const [one, numbers] of model) {
        const found: number[] = [];
        for (let number = index.first(one); number !== NOWHERE; number = index.next(one)) found.push(number);
        expect(found).toEqual(numbers);
      }
      // No hash is one half, but its slot is taken.
      expect(index.first(251.5)).toBe(NOWHERE);
    }),
    { numRuns: 50 },
  );
});

it('frames and stacks get one number each, as their texts say', () => {
  const frame = fc.record({
    name: fc.constantFrom('a.f', 'a.g', 'b.f', ''),
    file: fc.constantFrom('', '/a.go', '/b.go'),
    line: fc.constantFrom(0, 1, -1, 70000),
    kind: fc.constantFrom(...FRAME_KINDS),
  });
  const stack = fc.record({ frames: fc.array(frame, { maxLength: 5 }), creator: fc.option(frame) });
  fc.assert(
    fc.property(fc.array(stack, { maxLength: 300, size: 'max' }), (stacks) => {
      const builder = new SymbolBuilder();
      const byText = new Map<string, number>();
      const numberOf = ({ name, file, line, kind }: (typeof stacks)[0]['frames'][0]) =>
        builder.frame(name, file, line, kind);
      for (const { frames, creator } of stacks) {
        const number = builder.stack(frames.map(numberOf), creator === null ? NO_FRAME : numberOf(creator));
        const text = JSON.stringify([frames, creator]);
        expect(number).toBe(byText.get(text) ?? byText.size);
        byText.set(text, number);
      }
      expect(builder.stackCount).toBe(byText.size);
      const { frameLine } = builder.finish();
      const texts = new Set(
        stacks.flatMap(({ frames, creator }) => [...frames, creator ?? []].flat()).map((one) => JSON.stringify(one)),
      );
      expect(frameLine).toHaveLength(texts.size);
    }),
    { numRuns: 50 },
  );
});

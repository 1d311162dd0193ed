import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SymbolBuilder } from '../../../../src/core/model/symbol-builder.ts';
import { toWindow } from '../../../../src/core/read/formats/traceback/bytes.ts';
import { parseHeaderTail } from '../../../../src/core/read/formats/traceback/header.ts';
import { HeaderTails, NO_TAIL } from '../../../../src/core/read/formats/traceback/header-tails.ts';

/** A table of tails that counts how many texts it made, and the answer to one text. */
function makeTable() {
  const symbols = new SymbolBuilder();
  const decoder = new TextDecoder();
  const made = { texts: 0 };
  const tails = new HeaderTails(symbols, (bytes) => {
    made.texts++;
    return decoder.decode(bytes);
  });
  const ask = (text: string) => {
    const window = toWindow(new TextEncoder().encode(`xx${text}yy`));
    const tail = tails.find(window, 2, window.bytes.length - 2);
    if (tail === NO_TAIL) return null;
    const { states, labelSets } = symbols.finish();
    const [state, labels] = [tails.state[tail] ?? -1, tails.labels[tail] ?? -1];
    return {
      state: states[state],
      waitMinutes: tails.waitMinutes,
      flags: tails.flags[tail],
      bubble: tails.bubble[tail],
      labels: labels < 0 ? null : labelSets[labels],
    };
  };
  return { ask, made };
}

const minutes = fc
  .oneof(fc.nat(12), fc.nat(2_000_000_000), fc.constantFrom('007', '12a', ''))
  .map((n) => ` ${n} minutes`);
const field = fc.oneof(
  { weight: 3, arbitrary: minutes },
  fc.constantFrom(' locked to thread', ' synctest bubble 3', ' "pool":"a, 5 minutes"', ' 3 minutesx', '4 minutes', ''),
);
const after = fc.constantFrom(
  ']:',
  ']:',
  '] {pool: "a, 3 minutes]:"}:',
  ' labels:{"a": "b, 7 minutes"}]:',
  ']',
  '] x:',
);
const tailText = fc
  .tuple(
    fc.constantFrom('select', 'chan receive (nil chan)', 'IO wait (scan)', 'wäit', 'a"b', 'sleep', ''),
    fc.array(field, { maxLength: 3 }),
    after,
  )
  .map(([state, fields, end]) => `[${[state, ...fields].join(',')}${end}`);

it('a tail is found as it is read alone, whatever was found before', () => {
  fc.assert(
    fc.property(fc.array(tailText, { minLength: 1, maxLength: 40 }), (texts) => {
      const { ask } = makeTable();
      for (const text of [...texts, ...texts]) {
        const alone = parseHeaderTail(text);
        const labels = alone?.labels?.length === 0 ? null : alone?.labels;
        expect(ask(text), text).toEqual(alone === null ? null : { ...alone, labels });
      }
    }),
    { numRuns: 300 },
  );
});

it('tails that differ in their minutes alone are read once', () => {
  const { ask, made } = makeTable();
  for (let n = 1; n <= 5000; n++) {
    expect(ask(`[IO wait, ${n} minutes, locked to thread]:`)).toMatchObject({ state: 'IO wait', waitMinutes: n });
  }
  expect(made.texts).toBe(1);
});

it('a second field of minutes is not taken for the first', () => {
  const { ask } = makeTable();
  expect(ask('[select, 5 minutes, 5 minutes]:')?.waitMinutes).toBe(5);
  expect(ask('[select, 7 minutes, 5 minutes]:')?.waitMinutes).toBe(5);
  expect(ask('[select, 5 minutes, 9 minutes]:')?.waitMinutes).toBe(9);
});

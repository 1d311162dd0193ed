import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { neutralName } from '../../../scripts/score.mjs';
import type { CauseTable } from '../../../src/core/causes/causes.ts';
import { nameCauses } from '../../../src/core/causes/name-causes.ts';
import { ownRisingKeys, risingIn } from '../../../src/core/causes/rising.ts';
import type { Cause } from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { CANCEL_LEAKS } from '../../../src/core/causes/rules/cancel.ts';
import { LOCK_LEAKS } from '../../../src/core/causes/rules/lock.ts';
import { LOOP_LEAKS } from '../../../src/core/causes/rules/loop.ts';
import { NETWORK_LEAKS } from '../../../src/core/causes/rules/network.ts';
import { POOL_LEAKS } from '../../../src/core/causes/rules/pool.ts';
import { PROVEN_LEAKS } from '../../../src/core/causes/rules/proven.ts';
import { SEND_LEAKS } from '../../../src/core/causes/rules/send.ts';
import type { DumpIndex } from '../../../src/core/group/cells.ts';
import { normaliseFunctionName } from '../../../src/core/group/function-name.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import type { GroupTable } from '../../../src/core/group/group-table.ts';
import { commonBasis } from '../../../src/core/group/keys.ts';
import { printedFunctions } from '../../../src/core/group/symbol-index.ts';
import { judge } from '../../../src/core/trend/judge.ts';
import { momentOf } from '../../support/moments.ts';
import { readOne } from '../../support/read-one.ts';

/** An entry of causes.json: dumps of one program in time order, and what is to be said of the last one. */
interface Fixture {
  readonly dir: string;
  /** A function in the stacks that are meant. */
  readonly function: string;
  /** Null for a near miss: the same code, or one like it, in a healthy program. */
  readonly ruleId: string | null;
  readonly family: string;
  /** Of a near miss, the rule that must not speak. */
  readonly near?: string;
  /** Where a form prints less: the rule that remains, or null. */
  readonly other?: Readonly<Partial<Record<Form, string | null>>>;
}

const FORMS = ['debug2', 'debug1', 'debug0'] as const;
type Form = (typeof FORMS)[number];

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const { fixtures }: { fixtures: readonly Fixture[] } = JSON.parse(
  readFileSync(join(FIXTURES, 'causes/causes.json'), 'utf8'),
);
const OWN = [
  ...SEND_LEAKS,
  ...CANCEL_LEAKS,
  ...LOOP_LEAKS,
  ...POOL_LEAKS,
  ...LOCK_LEAKS,
  ...NETWORK_LEAKS,
  ...PROVEN_LEAKS,
];

interface Named {
  readonly index: DumpIndex;
  readonly table: GroupTable;
  readonly causes: CauseTable['causes'];
}

const LEVEL = 'exact';
const named = new Map<string, Promise<Named | null>>();

/** The causes in the last of `files`, as the page finds them: what rises is for the verdict to say. */
async function nameLast(files: readonly string[]): Promise<Named> {
  const moments = await Promise.all(
    files.map(async (file, at) => {
      const fileName = neutralName(file, at);
      return momentOf(await readOne(readFileSync(file), { fileName }), { name: fileName });
    }),
  );
  const indexes = moments.map(({ index }) => index);
  const last = indexes.at(-1);
  if (last === undefined) throw new Error('no dumps');
  const verdict = judge({ moments, curves: [], level: LEVEL, limit: null });
  const table = groupDump(last, LEVEL);
  const rising = ownRisingKeys(last, LEVEL, risingIn(verdict, moments.length - 1), [commonBasis(indexes, LEVEL).basis]);
  const { causes } = nameCauses(last, table, { rules: ALL_RULES, rising, dumps: moments.length });
  return { index: last, table, causes };
}

/** Null where the program was not dumped in this form. */
function nameFixture(dir: string, form: Form): Promise<Named | null> {
  const key = `${dir} ${form}`;
  let result = named.get(key);
  if (result === undefined) {
    const files = readdirSync(join(FIXTURES, dir))
      .filter((file) => file.includes(`.${form}.`) && !file.endsWith('.json'))
      .sort()
      .map((file) => join(FIXTURES, dir, file));
    result = files.length === 0 ? Promise.resolve(null) : nameLast(files);
    named.set(key, result);
  }
  return result;
}

/** Causes of the groups whose main stack holds a function, the largest group first. */
function causesAt({ index, table, causes }: Named, functionName: string): (Cause | null)[] {
  const wanted = normaliseFunctionName(functionName);
  return causes.filter((_, row) =>
    printedFunctions(index.dump.symbols, table.mainStack[row] ?? 0).some(
      (printed) => normaliseFunctionName(printed) === wanted,
    ),
  );
}

const say = (cause: Cause | null | undefined): string | null => cause?.ruleId ?? null;
const titled = (each: Fixture) => [`${each.dir.replace(/^.*\//, '')} at ${each.function}`, each] as const;

describe('leaks whose cause is known from the program', () => {
  const positives = fixtures.filter(({ ruleId }) => ruleId !== null);

  test.each(positives.map(titled))('%s', async (_, { dir, function: at, ruleId, family, other }) => {
    for (const form of FORMS) {
      const result = await nameFixture(dir, form);
      if (result === null) continue;
      const causes = causesAt(result, at);
      expect(causes.length, `${form} has the stack`).toBeGreaterThan(0);
      const expected = other?.[form] === undefined ? ruleId : other[form];
      expect(say(causes[0]), form).toBe(expected);
      if (expected === ruleId) expect(causes[0]?.family).toBe(family);
    }
  });
});

describe('healthy programs that look like a leak', () => {
  const nearMisses = fixtures.filter(({ ruleId }) => ruleId === null);

  test.each(nearMisses.map(titled))('%s', async (_, { dir, function: at }) => {
    let seen = 0;
    for (const form of FORMS) {
      const result = await nameFixture(dir, form);
      if (result === null) continue;
      seen += causesAt(result, at).length;
      const leaks = result.causes.filter((cause) => cause?.kind === 'leak' || (cause?.brokenGuardOf ?? null) !== null);
      expect(leaks.map(say), form).toEqual([]);
    }
    expect(seen, 'the stack is there').toBeGreaterThan(0);
  });
});

describe('every leak rule', () => {
  // A guard that breaks also names its leak rule, so an id alone does not show that the rule's own stacks fit.
  test.each(OWN.map((rule) => [rule.id, rule] as const))('%s fits its leaks by its own stacks', async (id, rule) => {
    for (const { dir, function: at } of fixtures.filter(({ ruleId }) => ruleId === id)) {
      const result = await nameFixture(dir, 'debug2');
      if (result === null) throw new Error(`${dir} has no debug2`);
      const { index, table } = result;
      const alone = { rules: [{ ...rule, needs: {} }], rising: new Set<string>(), dumps: 1 };
      const { causes } = nameCauses(index, table, alone);
      expect(say(causesAt({ index, table, causes }, at)[0]), dir).toBe(id);
    }
  });

  test.each(OWN.map(({ id }) => id))('%s is held to a real leak and to a near miss', (id) => {
    expect(fixtures.some(({ ruleId }) => ruleId === id)).toBe(true);
    expect(fixtures.some(({ near }) => near === id)).toBe(true);
  });
});

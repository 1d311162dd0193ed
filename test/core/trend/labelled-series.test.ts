import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { neutralName } from '../../../scripts/score.mjs';
import { judge } from '../../../src/core/trend/judge.ts';
import { momentOf } from '../../support/moments.ts';
import { readOne } from '../../support/read-one.ts';

interface LabelledSeries {
  readonly name: string;
  readonly label: 'leak' | 'healthy' | 'stuck';
  readonly dir: string;
  readonly dumps: readonly { readonly moment: string; readonly debug2?: string }[];
}

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const { series }: { series: readonly LabelledSeries[] } = JSON.parse(
  readFileSync(join(FIXTURES, 'series/labels.json'), 'utf8'),
);
const ALARMS = ['leaked', 'growing'];
const FOUND = [...ALARMS, 'raised'];

/** The call on the debug=2 dumps of a series that `keep`, in names that say nothing but their time. */
async function callOn({ dir, dumps }: LabelledSeries, keep: (at: number, of: number) => boolean): Promise<string> {
  const files = dumps.flatMap(({ debug2 }) => debug2 ?? []);
  const moments = await Promise.all(
    files
      .filter((_, at) => keep(at, files.length))
      .map(async (file, at) => {
        const fileName = neutralName(basename(file), at);
        return momentOf(await readOne(readFileSync(join(FIXTURES, dir, file)), { fileName }), { name: fileName });
      }),
  );
  return judge({ moments, curves: [], level: 'exact', limit: null }).call;
}

// What the programs do is known from their source; `npm run score` prints how often the calls are right.
describe('series of programs whose bugs are known', () => {
  const of = (label: LabelledSeries['label']) =>
    series.filter((each) => each.label === label && each.dumps.filter(({ debug2 }) => debug2 !== undefined).length > 2);

  test('are as many as the aims ask for', () => {
    expect(of('leak').length).toBeGreaterThanOrEqual(20);
    expect(of('healthy').length).toBeGreaterThanOrEqual(20);
    expect(of('stuck').length).toBeGreaterThanOrEqual(10);
  });

  test.each(of('healthy').map((each) => [each.name, each] as const))(
    '%s is healthy: never leaked or growing',
    async (_, each) => {
      for (const keep of [
        () => true,
        (at: number) => at % 2 === 0,
        (at: number) => at < 2,
        (at: number, all: number) => at >= all - 2,
      ]) {
        expect(ALARMS).not.toContain(await callOn(each, keep));
      }
    },
  );

  test('nearly all leaks are found with all dumps, and no stuck series is called a leak', async () => {
    const calls = await Promise.all(of('leak').map((each) => callOn(each, () => true)));
    const found = calls.filter((call) => FOUND.includes(call)).length;
    expect(found / calls.length).toBeGreaterThanOrEqual(0.95);
    const stuck = await Promise.all(of('stuck').map((each) => callOn(each, () => true)));
    expect(stuck.filter((call) => ALARMS.includes(call))).toEqual([]);
    expect(stuck.filter((call) => call === 'stuck').length / stuck.length).toBeGreaterThanOrEqual(0.9);
  });
});

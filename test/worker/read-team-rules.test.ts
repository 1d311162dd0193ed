import { describe, expect, test } from 'vitest';
import { formatRuleFile } from '../../src/core/triage/rule-file.ts';
import { readTeamRules } from '../../src/worker/read-team-rules.ts';

const GOOD = formatRuleFile({
  rules: [],
  marks: [{ id: 'a-b', mark: 'done', name: 'main.run', note: '', states: [], frames: ['main.run'], createdBy: null }],
});

describe('a file given to the reader', () => {
  test('is known as team rules by its content', async () => {
    expect(await readTeamRules(new Blob([GOOD]))).toMatchObject({ kind: 'rules', file: { marks: [{ id: 'a-b' }] } });
  });

  test('is refused with the field that is wrong', async () => {
    expect(await readTeamRules(new Blob([GOOD.replace('"done"', '"fine"')]))).toEqual({
      kind: 'rejected',
      why: 'This is a team rule file that cannot be taken. marks[0].mark: found "fine", wanted one of expected, suspect, done.',
      isOwnFile: true,
    });
  });

  test('is refused when it is too large, whatever it holds', async () => {
    const large = GOOD.replace('"main.run"', `"${'x'.repeat(9 * 2 ** 20)}"`);
    expect(await readTeamRules(new Blob([large]))).toMatchObject({
      kind: 'rejected',
      why: expect.stringContaining('more than 8 MiB'),
    });
  });

  test.each([
    'goroutine 1 [running]:\nmain.main()\n',
    '{"log":"goroutine 1 [running]:"}\n{"log":"main.main()"}\n',
    `{"log":${JSON.stringify(GOOD)}}\n{"log":"goroutine 1 [running]:"}\n`,
    '',
  ])('is left to the reader of dumps when it is none: %j', async (text) => {
    expect(await readTeamRules(new Blob([text]))).toBe(null);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLAG } from '../../../../src/core/model/rows.ts';
import { readOne } from '../../../support/read-one.ts';

const FORMS = new URL('../../../fixtures/forms/runtime/', import.meta.url);
/** Counted by grep in make.sh. */
const EXPECTED: Readonly<Record<string, { readonly goroutines: number; readonly tests: number }>> = JSON.parse(
  readFileSync(new URL('expected.json', FORMS), 'utf8'),
);

const REASONS: readonly (readonly [name: RegExp, reason: RegExp])[] = [
  [/^deadlock/, /^fatal error: all goroutines are asleep - deadlock!$/],
  [/^mapwrite/, /^fatal error: concurrent map writes$/],
  [/^repanic/, /^panic: /],
  [/^sigquit/, /^SIGQUIT: quit$/],
  [/^gotest-timeout/, /^panic: test timed out after 1s$/],
];

describe('what Go 1.21 to 1.27 print', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, { goroutines, tests }) => {
    const dump = await readOne(readFileSync(new URL(name, FORMS)));
    expect(dump).toMatchObject({ format: 'traceback', goroutines, truncated: false, problems: [] });
    expect(dump.provenance.reason).toMatch(REASONS.find(([pattern]) => pattern.test(name))![1]);
    expect(dump.bytes.understood + dump.bytes.ignored).toBe(dump.bytes.read);
    if (!name.includes('timeout')) return;
    expect(dump.runningTests).toHaveLength(tests);
    expect(dump.runningTests[0]).toBe('TestHang (1s)');
  });

  it.each(['mapwrite-ancestors-go1.21.txt', 'mapwrite-ancestors-go1.27.txt'])(
    '%s keeps ancestors apart',
    async (name) => {
      const text = readFileSync(new URL(name, FORMS), 'utf8');
      const blocks = text.split('\n\n').filter((block) => block.includes('[originating from goroutine'));
      const dump = await readOne(text);
      expect(Array.from(dump.rows.flags!).filter((flags) => (flags & FLAG.ancestors) !== 0)).toHaveLength(
        blocks.length,
      );
    },
  );

  it('a test timeout in JSON holds what the same one in text does', async () => {
    const dump = await readOne(readFileSync(new URL('gotest-timeout-json-go1.27.jsonl', FORMS)));
    expect(dump.provenance).toMatchObject({
      wrapper: { kinds: ['go test -json'] },
      instance: 'crash/deadtest',
      takenAtFrom: 'log-prefix',
    });
  });
});

import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/core/causes/rule.ts';
import type { Analysis } from '../../src/core/report/analysis.ts';
import type { Investigation } from '../../src/investigation/investigation.ts';
import { DEFAULT_REDACTION, type RedactionChoice } from '../../src/investigation/redaction/choice.ts';
import { redact } from '../../src/investigation/redaction/redact.ts';
import { encodeInvestigation } from '../../src/investigation/saved/encode.ts';
import { exportInvestigation } from '../../src/worker/export-as.ts';
import { EXPORT_FORMATS } from '../../src/worker/protocol.ts';
import { plantedInvestigation } from '../support/planted.ts';

const EVERYTHING: RedactionChoice = {
  arguments: true,
  paths: true,
  hosts: true,
  labels: true,
  modules: ['example.com/canary', 'canaryshop'],
};

/** The text of a file, unpacked where it is packed. */
function textOf(bytes: Uint8Array): string {
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : Buffer.from(bytes)).toString('latin1');
}

describe.each([...EXPORT_FORMATS, 'saved'] as const)('a canary in %s', (format) => {
  const textAfter = async (choice: RedactionChoice): Promise<string> => {
    const investigation = redact(await plantedInvestigation(), choice);
    return textOf(format === 'saved' ? encodeInvestigation(investigation) : exportInvestigation(investigation, format));
  };

  test('does not come out when all is taken out', async () => {
    expect((await textAfter(EVERYTHING)).match(/.{0,40}(?:canar|c0ffee).{0,20}/gi)).toBeNull();
  });

  test('comes out otherwise', async () => {
    expect(await textAfter(DEFAULT_REDACTION)).toMatch(/canary/);
  });
});

test('what people said counts in the JSON: rules of their own, phases', async () => {
  const planted = await plantedInvestigation();
  const [rule] = planted.rules;
  if (rule?.kind !== 'leak') throw new Error('no rule');
  const stacks = [{ top: ['example.com/canary/queue.(*Q).send'] }];
  const rules: Rule[] = [{ ...rule, grade: 'strong', needs: {}, states: ['chan send'], stacks }];
  const [dump] = planted.dumps;
  if (dump === undefined) throw new Error('no dump');
  const investigation: Investigation = {
    ...planted,
    rules,
    dumps: [dump, { ...dump, name: 'later', takenAtMs: 60_000 }],
    view: { ...planted.view, dumpId: 0, phases: [[1, 'after']] },
  };
  const analysis: Analysis = JSON.parse(textOf(exportInvestigation(investigation, 'json')));
  expect(analysis.dumps[0]).toMatchObject({
    groups: expect.arrayContaining([expect.objectContaining({ cause: expect.objectContaining({ id: 'T1' }) })]),
  });
  expect(JSON.stringify(analysis.verdict)).toContain('"phase":"after"');
});

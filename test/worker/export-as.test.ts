import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
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

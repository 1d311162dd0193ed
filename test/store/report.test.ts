import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { composePage } from '../../src/investigation/one-file.ts';
import { readReportData } from '../../src/investigation/report.ts';
import { createStandstill } from '../../src/store/create-store.ts';
import { createScriptedClient } from '../support/in-process-client.ts';

const html = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
const template = composePage(html, { script: 'let a = "ä";', style: '', policy: "default-src 'none'" });
const packed = Uint8Array.from({ length: 3000 }, (_, i) => i & 255);

test('a report is the page as one file with the packed investigation inside it', async () => {
  const oneFilePage = vi.fn(async () => template);
  const { actions, dispose } = createStandstill({ client: createScriptedClient(), oneFilePage });
  // Nothing is fetched before a report is asked for.
  expect(oneFilePage).not.toHaveBeenCalled();
  const { name, type, bytes } = await actions.makeReport(packed, 'Orders <leak>', 'orders-leak');
  expect([name, type]).toEqual(['orders-leak.html', 'text/html']);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  expect(text).toContain('<title>Orders &lt;leak> – Standstill</title>');
  expect(text).toContain('let a = "ä";');
  const [, data = ''] = /id="standstill-data">([^<]*)</.exec(text) ?? [];
  expect(readReportData(data).flatMap((piece) => [...piece])).toEqual([...packed]);
  dispose();
});

test('why no report can be made is told', async () => {
  const gone = createStandstill({
    client: createScriptedClient(),
    oneFilePage: () => Promise.reject(new Error('The server is gone.')),
  });
  await expect(gone.actions.makeReport(packed, '', 'x')).rejects.toThrow('The server is gone.');
  const wrong = createStandstill({ client: createScriptedClient(), oneFilePage: async () => '<form>Sign in</form>' });
  await expect(wrong.actions.makeReport(packed, '', 'x')).rejects.toThrow('login page');
  gone.dispose();
  wrong.dispose();
});

test('what the page carries is opened like a dropped file; damage is said, and nothing carried is no message', () => {
  const client = createScriptedClient();
  const { openCarried, store, dispose } = createStandstill({ client });
  openCarried(() => null);
  expect(store.getState()).toMatchObject({ pending: [], notices: [] });
  openCarried(() => new Blob(['goroutine 1 [running]:']));
  expect(store.getState().pending).toMatchObject([{ name: 'The investigation inside this page' }]);
  openCarried(() => {
    throw new Error('no base64');
  });
  expect(store.getState().notices).toMatchObject([{ tone: 'error', text: expect.stringContaining('is damaged') }]);
  dispose();
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { composePage } from '../../src/investigation/one-file.ts';
import { makeReport } from '../../src/investigation/report.ts';
import { carriedFile } from '../../src/page/carried-file.ts';
import { fetchOneFile } from '../../src/page/fetch-one-file.ts';
import { ownSource } from '../../src/page/own-source.ts';

const html = readFileSync(`${process.cwd()}/index.html`, 'utf8');
const template = composePage(html, {
  script: 'const a = "&amp; \\x3c/script>";',
  style: 'p > b { content: "&" }',
  policy: "default-src 'none'; script-src 'sha256-abc='",
});

const parse = (text: string): Document => new DOMParser().parseFromString(text, 'text/html');

describe('a page as one file', () => {
  test('knows its own source, whatever was changed in it since', () => {
    const page = parse(makeReport(template, new Uint8Array([1, 2, 3]), 'Leak'));
    page.title = 'Growing: 500';
    page.documentElement.setAttribute('data-theme', 'dark');
    page.head.append(page.createElement('style'));
    page.getElementById('root')?.append('text');
    expect(ownSource(page, html)).toBe(template);
  });

  test('says when a part of it is gone', () => {
    const page = parse(template);
    page.getElementById('standstill-style')?.remove();
    expect(() => ownSource(page, html)).toThrow('was changed');
  });

  test('gives the file inside it once, and none when there is none', async () => {
    const page = parse(makeReport(template, new Uint8Array([1, 2, 3]), 'Leak'));
    const file = carriedFile(page);
    expect([...new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer())]).toEqual([1, 2, 3]);
    expect(carriedFile(page)).toBeNull();
    expect(carriedFile(parse(template))).toBeNull();
    expect(carriedFile(parse(html))).toBeNull();
  });
});

describe('the page as one file, fetched', () => {
  test('is taken from the folder of the page', async () => {
    const asked: unknown[] = [];
    const text = await fetchOneFile(async (address) => {
      asked.push(address);
      return new Response(template);
    });
    expect(text).toBe(template);
    expect(asked).toEqual(['standstill.html']);
  });

  test('or the error says what the server did', async () => {
    await expect(fetchOneFile(async () => new Response('', { status: 404 }))).rejects.toThrow('answered 404');
    await expect(fetchOneFile(() => Promise.reject(new TypeError('Failed to fetch')))).rejects.toThrow('still there');
  });
});

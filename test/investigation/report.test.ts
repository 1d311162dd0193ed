import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { asInlineScript, asInlineStyle, composePage } from '../../src/investigation/one-file.ts';
import { MAX_REPORT_BYTES, makeReport, readReportData } from '../../src/investigation/report.ts';

const html = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
// A script that names the data block and its title, as the real one does.
const script = `const start = '<script type="application/octet-stream" id="standstill-data">', title = '<title>x\\x3c/title>';`;
const template = composePage(html, { script, style: 'p { color: red }', policy: "default-src 'none'" });
const at = '<script type="application/octet-stream" id="standstill-data">';

/** What a browser takes for the text of the data block: all up to the next end tag of a script. */
function blockOf(report: string): string {
  const start = report.lastIndexOf(at) + at.length;
  return report.slice(start, report.toLowerCase().indexOf('</script', start));
}

function bytesOf(report: string): number[] {
  return readReportData(blockOf(report)).flatMap((piece) => [...piece]);
}

describe('a report', () => {
  test('carries any bytes, and gives them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100_000 }), fc.string({ unit: 'binary' }), (packed, title) => {
        expect(bytesOf(makeReport(template, packed, title))).toEqual([...packed]);
      }),
      { numRuns: 50 },
    );
  });

  test('is the template but for its title and its data, also when it is made from another report', () => {
    const first = makeReport(template, new Uint8Array([1, 2, 3]), 'First');
    expect(first).toBe(
      template
        .replace(`${at}</script>`, `${at}AQID</script>`)
        .replace('<title>Standstill<', '<title>First – Standstill<'),
    );
    expect(makeReport(first, new Uint8Array([4]), '')).toBe(template.replace(`${at}</script>`, `${at}BA==</script>`));
  });

  test('has the same base64 as Node, over the borders of its slices', () => {
    const packed = Uint8Array.from({ length: 200_001 }, (_, i) => (i * 7 + (i >> 8)) & 255);
    expect(blockOf(makeReport(template, packed, 'x'))).toBe(Buffer.from(packed).toString('base64'));
  });

  test('of any title begins as the template does and closes no element early', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const report = makeReport(template, new Uint8Array([1]), `</title><script>${title}`);
        const [, shown = ''] = /<title>([\s\S]*?)<\/title>/i.exec(report) ?? [];
        expect(shown).toMatch(/^[^<]+ – Standstill$/);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(report.replace(shown, 'Standstill')).toBe(template.replace(`${at}</script>`, `${at}AQ==</script>`));
      }),
    );
  });

  test.each(['', '<!doctype html><title>Sign in</title>', at])('is not made from another page: %j', (page) => {
    expect(() => makeReport(page, new Uint8Array(1), 'x')).toThrow('login page');
  });

  test('that would be too large is refused with the numbers', () => {
    const length = MAX_REPORT_BYTES + 1;
    // Nothing of that size is made here.
    const packed = new Proxy(new Uint8Array(0), { get: (_, name) => (name === 'length' ? length : undefined) });
    expect(() => makeReport(template, packed, 'x')).toThrow('201 MB, of at most 200 MB');
  });

  test.each(['A', 'AQ=ID', '<b>'])('whose data is no base64 is an error: %j', (text) => {
    expect(() => readReportData(text)).toThrow();
  });

  test('without data holds nothing', () => {
    expect(readReportData(' \n')).toEqual([]);
  });
});

describe('the page as one file', () => {
  test('says its encoding within the first 1024 bytes, and its policy before any script or style', () => {
    const policy = "default-src 'none'";
    expect(Buffer.from(template).indexOf('<meta charset="utf-8" />')).toBeLessThan(1000);
    const order = [policy, '<title>', '<style', '<script', '</head>', 'id="root"', at].map((part) =>
      template.indexOf(part),
    );
    order[order.length - 1] = template.lastIndexOf(at);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  test('is not composed from an index.html without its parts', () => {
    expect(() => composePage('<!doctype html>', { script, style: '', policy: '' })).toThrow('exactly one');
  });

  test.each([
    ['const a = "</script>";', '</script>'],
    ['const a = "</SCRIPT >";', '</SCRIPT >'],
    ['const a = `<!-- <script> -->`;', '<!-- <script> -->'],
    ['const a = /<\\/script|<!--/u.test("<!--") ? "yes" : "no";', 'yes'],
    ['const a = /[</script]/u.source.length > 0 ? "</script" : "";', '</script'],
  ])('%s between tags is the same program and ends no script', (code, value) => {
    const inline = asInlineScript(code);
    expect(inline).not.toMatch(/<!--|<\/script/i);
    expect(new Function(`${inline} return a`)()).toBe(value);
  });

  test.each(['a<!--b', 'x = a</script/.exec(b)'])(
    '%s, where the escape would be code, does not parse any more',
    (code) => {
      const { errors } = parseSync('a.js', asInlineScript(code), { sourceType: 'module' });
      expect(errors).not.toEqual([]);
    },
  );

  test('a style sheet ends no style', () => {
    expect(asInlineStyle('p::after { content: "</style>" }')).toBe('p::after { content: "\\3c /style>" }');
  });
});

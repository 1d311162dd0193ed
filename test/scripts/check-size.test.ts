import { expect, test } from 'vitest';
import { firstLoad, namedFiles, staticImports } from '../../scripts/check-size.mjs';

test('static imports and re-exports count, dynamic imports and text do not', () => {
  const code = [
    'import{a as b}from"./a.js";import"./b.js";export{c}from"../c.js";export*from"./d.js";',
    'const later=()=>import("./lazy.js");const text=\'import"./text.js"\';',
  ].join('\n');
  expect(staticImports('assets/index.js', code)).toEqual(['assets/a.js', 'assets/b.js', 'c.js', 'assets/d.js']);
});

test('the page names its scripts, preloads, style sheets and icons, and no address elsewhere', () => {
  const html = `<link rel="icon" href="data:,"><link rel="stylesheet" crossorigin href="./assets/a.css">
    <link rel="modulepreload" href='./assets/b.js'><script type="module" crossorigin src="./assets/c.js"></script>
    <a href="./help.html">help</a><script src="https://example.com/d.js"></script>`;
  expect(namedFiles(html)).toEqual(['assets/a.css', 'assets/b.js', 'assets/c.js']);
});

test('the first load follows static imports through several files and ends in a circle', () => {
  const files = new Map([
    ['index.html', '<script type="module" src="./assets/index.js"></script>'],
    ['assets/index.js', 'import "./shared.js"; import("./chart.js");'],
    ['assets/shared.js', 'import "./deep.js"; import "./index.js";'],
    ['assets/deep.js', 'export const deep = 1;'],
    ['assets/chart.js', 'import "./only-chart.js";'],
  ]);
  const read = (name: string): string => files.get(name) ?? expect.fail(`${name} was not asked for`);
  expect([...firstLoad(read)]).toEqual(['index.html', 'assets/index.js', 'assets/shared.js', 'assets/deep.js']);
});

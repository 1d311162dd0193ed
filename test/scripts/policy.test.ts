import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folderPolicy, oneFilePolicy } from '../../scripts/vite/policy.ts';

const WITH_FRAMES = `${folderPolicy()}; frame-ancestors 'none'`;

test.each(['nginx.conf', 'Caddyfile'])('docs/hosting/%s sends the policy that the page carries', (name) => {
  const text = readFileSync(new URL(`../../docs/hosting/${name}`, import.meta.url), 'utf8');
  expect(text.split(`"${WITH_FRAMES}"`)).toHaveLength(2);
});

test('docs/hosting.md shows that policy', () => {
  const text = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
  expect(text.replace(/\s+/g, ' ')).toContain(WITH_FRAMES);
});

test.each([
  ['of the folder', folderPolicy(['https://dumps.example'])],
  ['of the one file', oneFilePolicy('let a;', 'p {}')],
])('the policy %s allows no inline code, no eval and nothing of anywhere', (_, policy) => {
  expect(policy).toMatch(/^default-src 'none'; base-uri 'none'; form-action 'none'; worker-src blob:; /);
  expect(policy).not.toMatch(/unsafe|\*|https?:(?!\/\/dumps\.example;)/);
});

test('the policy of the one file names the hashes that browsers compute', () => {
  // printf %s 'let a;' | openssl dgst -sha256 -binary | base64
  expect(oneFilePolicy('let a;', 'p {}')).toContain(
    `connect-src 'none'; img-src data:; script-src 'sha256-81WALLbUROF1pWdYjuQYKuIcGgY/+TqVJr8UsV6Tkvo='`,
  );
  expect(oneFilePolicy('let a;', 'p {}')).toContain(`style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='`);
});

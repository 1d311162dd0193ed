import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What holds for every form of the page. Workers are carried inside it: one loaded from a URL would not inherit the policy. */
const COMMON = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", 'worker-src blob:'];

/**
 * Origins beside the page's own that it may fetch dumps from: the environment variable FETCH_ORIGINS at build time, such as
 * "https://dumps.example:8443". Throws when one is no origin, so that no other word gets into the policy.
 */
export function fetchOrigins(variable = process.env.FETCH_ORIGINS ?? ''): readonly string[] {
  return variable
    .split(/[\s,]+/)
    .filter((origin) => origin !== '')
    .map((origin) => {
      const isOrigin =
        URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol) && new URL(origin).origin === origin;
      if (!isOrigin) throw new Error(`FETCH_ORIGINS: "${origin}" is no origin such as https://dumps.example:8443`);
      return origin;
    });
}

/**
 * The policy of the page in its folder: it may fetch only from the server it came from (the sample incident, the page as
 * one file, dumps beside it), and `origins` that were allowed at build time.
 */
export function folderPolicy(origins: readonly string[] = []): string {
  return [
    ...COMMON,
    ['connect-src', "'self'", ...origins].join(' '),
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
  ].join('; ');
}

/** The policy of the page as one file: nothing can be fetched, and only this script and this style sheet apply. */
export function oneFilePolicy(script: string, style: string): string {
  return [
    ...COMMON,
    "connect-src 'none'",
    'img-src data:',
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Puts the policy first in the head of the built page. The dev server needs inline scripts, so it goes without. */
export function contentSecurityPolicy(policy: string): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  };
}

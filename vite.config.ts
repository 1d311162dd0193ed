import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The page may fetch only its own folder (the sample incident) and start only workers it carries inside itself. The
 * worker is inlined as a blob because a worker loaded from a URL would not inherit this policy.
 */
const POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "connect-src 'self'",
  "img-src 'self' data:",
  'worker-src blob:',
  "script-src 'self'",
  "style-src 'self'",
].join('; ');

/** Puts the policy first in the head of the built page. The dev server needs inline scripts, so it goes without. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  // A module worker made from a blob does not start on file:// pages; iife does, everywhere.
  worker: { format: 'iife' },
  build: { modulePreload: { polyfill: false }, reportCompressedSize: false },
});

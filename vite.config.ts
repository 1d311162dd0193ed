import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { buildFacts } from './scripts/vite/build-facts.ts';
import { laterParts } from './scripts/vite/later-parts.ts';
import { oneFile } from './scripts/vite/one-file.ts';
import { contentSecurityPolicy, fetchOrigins, folderPolicy } from './scripts/vite/policy.ts';
import { pageAddress, socialPreview } from './scripts/vite/social-preview.ts';

/** `vite build` makes the page in its folder, `vite build --mode one-file` adds standstill.html to it: the page as one file. */
export default defineConfig(({ mode }) => {
  const isOneFile = mode === 'one-file';
  const origins = isOneFile ? [] : fetchOrigins();
  return {
    base: './',
    define: buildFacts(isOneFile, origins),
    plugins: [
      react(),
      ...(isOneFile
        ? [oneFile('standstill.html')]
        : [laterParts(), contentSecurityPolicy(folderPolicy(origins)), socialPreview(pageAddress())]),
    ],
    // A module worker made from a blob does not start on file:// pages; iife does, everywhere.
    worker: { format: 'iife' as const },
    build: {
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      ...(isOneFile && {
        emptyOutDir: false,
        copyPublicDir: false,
        cssCodeSplit: false,
        rolldownOptions: { input: 'src/main.tsx', output: { codeSplitting: false } },
      }),
    },
  };
});

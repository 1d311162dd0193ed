import type { Plugin } from 'vite';
import { PARTS_META } from '../../src/page/later-parts.ts';

/** Names the scripts and style sheets that the page does not load at first, so that it can fetch them while there is a connection. */
export function laterParts(): Plugin {
  return {
    name: 'later-parts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = Object.keys(bundle).filter((name) => /\.(?:js|css)$/.test(name) && !html.includes(name));
        if (files.length === 0) return [];
        return [{ tag: 'meta', attrs: { name: PARTS_META, content: files.sort().join(' ') }, injectTo: 'head' }];
      },
    },
  };
}

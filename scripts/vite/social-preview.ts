import type { HtmlTagDescriptor, Plugin } from 'vite';

/** What a chat says of a link to the page. */
const TITLE = 'Standstill: where do the goroutines stand still?';
const DESCRIPTION =
  'Opens goroutine dumps of Go programs: grouped stacks, a comparison of two dumps, counts over time. Nothing leaves the browser.';
/** In public/, made by `npm run screenshots -- --readme`. */
const IMAGE = { file: 'preview.png', width: '1200', height: '630' };

/**
 * Where the page will be served: the environment variable PAGE_ADDRESS at build time, such as
 * "https://tools.example/standstill/"; null when there is none. Throws when it is no address of a folder or a page.
 */
export function pageAddress(variable = process.env.PAGE_ADDRESS ?? ''): URL | null {
  if (variable === '') return null;
  const address = URL.canParse(variable) ? new URL(variable) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new Error(`PAGE_ADDRESS: "${variable}" is no address such as https://tools.example/standstill/`);
  }
  return address;
}

/**
 * Tags of the Open Graph protocol. The picture needs a whole address (ogp.me), so there is one only where the page's own is
 * known; the rest holds everywhere.
 */
export function previewTags(address: URL | null): HtmlTagDescriptor[] {
  const property = (name: string, content: string): HtmlTagDescriptor => ({
    tag: 'meta',
    attrs: { property: name, content },
    injectTo: 'head',
  });
  const tags = [
    property('og:type', 'website'),
    property('og:site_name', 'Standstill'),
    property('og:title', TITLE),
    property('og:description', DESCRIPTION),
  ];
  if (address === null) return tags;
  return [
    ...tags,
    property('og:url', address.href),
    property('og:image', new URL(IMAGE.file, address).href),
    property('og:image:width', IMAGE.width),
    property('og:image:height', IMAGE.height),
    property('og:image:alt', 'The groups of a dump, and the stack of the largest one'),
    { tag: 'meta', attrs: { name: 'twitter:card', content: 'summary_large_image' }, injectTo: 'head' },
  ];
}

/** Puts the tags into the head of the built page. */
export function socialPreview(address: URL | null): Plugin {
  return { name: 'social-preview', apply: 'build', transformIndexHtml: () => previewTags(address) };
}

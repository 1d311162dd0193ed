/** Name of the meta element in which the build lists scripts and style sheets that are not loaded at first. */
export const PARTS_META = 'standstill-parts';

/**
 * Fetches what the page may need later, when nothing else is to be done: an incident may take the connection away.
 * Scripts are fetched, not run. Without the list (page as one file, dev server) it does nothing.
 */
export function fetchLaterParts(page: Document, whenIdle: (run: () => void) => void): void {
  const list = page.querySelector<HTMLMetaElement>(`meta[name="${PARTS_META}"]`)?.content ?? '';
  const names = list.split(' ').filter((name) => name !== '');
  const fetchNext = (): void => {
    const name = names.shift();
    if (name === undefined) return;
    const link = page.createElement('link');
    // A style sheet that is there already is not asked for again by the part that needs it.
    link.rel = name.endsWith('.css') ? 'stylesheet' : 'modulepreload';
    link.crossOrigin = '';
    const goOn = (): void => whenIdle(fetchNext);
    link.addEventListener('load', goOn, { once: true });
    link.addEventListener('error', goOn, { once: true });
    link.href = new URL(name, page.baseURI).href;
    page.head.append(link);
  };
  whenIdle(fetchNext);
}

/** Runs something when the page has nothing to do, a second later in browsers that cannot tell. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run);
  else setTimeout(run, 1000);
}

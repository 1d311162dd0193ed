import { composePage, POLICY_ID, SCRIPT_ID, STYLE_ID } from '../investigation/one-file.ts';

/**
 * The source of the page as one file, from its parts in `page`: what React and browser extensions changed is not in it.
 * `html` is index.html. Throws an Error with a message for people when a part is gone.
 */
export function ownSource(page: Document, html: string): string {
  const part = (id: string): Element => {
    const found = page.getElementById(id);
    if (found === null) throw new Error('This page was changed after it was loaded. Load it again.');
    return found;
  };
  return composePage(html, {
    script: part(SCRIPT_ID).textContent,
    style: part(STYLE_ID).textContent,
    policy: part(POLICY_ID).getAttribute('content') ?? '',
  });
}

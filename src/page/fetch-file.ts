import type { Fetched, FetchFile } from '../store/surroundings.ts';
import { BUILD } from '../ui/build.ts';

/** Bytes fetched from one address. */
const MAX_BYTES = 2 ** 31;
const DROP = 'Fetch it yourself (curl -o dump.txt ADDRESS) and drop the file here.';

/** Origins beside the page's own that were allowed when it was built (FETCH_ORIGINS, scripts/vite/policy.ts). */
export function allowedOrigins(): readonly string[] {
  return (import.meta.env.STANDSTILL_ORIGINS ?? '').split(' ').filter((origin) => origin !== '');
}

/**
 * Fetches files for a page at `base`, from its own server and from `origins` that its policy allows. Every way in which it
 * fails has a sentence of its own.
 */
export function createFetchFile(base: string, origins: readonly string[]): FetchFile {
  return async (address, { signal, onProgress }) => {
    const failed = (why: string): Fetched => ({ kind: 'failed', why });
    let url: URL;
    try {
      url = new URL(address, base);
    } catch {
      return failed('This is no address of a file.');
    }
    const own = new URL(base);
    if (BUILD.isOneFile || own.protocol === 'file:') {
      return failed(`This page is one file, and its policy lets it fetch nothing. ${DROP}`);
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      return failed('Only http and https addresses are fetched.');
    if (url.origin !== own.origin && !origins.includes(url.origin)) {
      return failed(`This page may fetch only from ${[own.origin, ...origins].join(', ')}. ${DROP}`);
    }
    try {
      const response = await fetch(url, {
        signal,
        credentials: 'same-origin',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      if (!response.ok) return failed(statusWords(response.status, url));
      return await takeBody(response, url, onProgress);
    } catch (error) {
      if (signal.aborted) return failed('Cancelled.');
      const message = error instanceof Error ? error.message : String(error);
      return failed(
        url.origin === own.origin
          ? `The server of this page did not answer (${message}). Is the network there?`
          : `${url.origin} did not answer, or does not let this page read it (CORS: it must send Access-Control-Allow-Origin). ${DROP}`,
      );
    }
  };
}

async function takeBody(
  response: Response,
  url: URL,
  onProgress: (bytesRead: number, totalBytes: number) => void,
): Promise<Fetched> {
  const total = Number(response.headers.get('content-length') ?? 0) || 0;
  if (total > MAX_BYTES) return { kind: 'failed', why: `It is larger than 2 GB. ${DROP}` };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (value !== undefined) {
      parts.push(value);
      read += value.length;
      onProgress(read, total);
    }
    if (read > MAX_BYTES) {
      await reader?.cancel();
      return { kind: 'failed', why: `It is larger than 2 GB. ${DROP}` };
    }
    if (done) break;
  }
  const file = new Blob(parts);
  if (read === 0) return { kind: 'failed', why: 'The server answered with nothing.' };
  if (/^\s*<(?:!doctype\s+html|html)\b/i.test(await file.slice(0, 500).text())) {
    const why =
      'The server answered with a web page, not with a dump. Is there a login before it? Log in in another tab, then try again.';
    return { kind: 'failed', why };
  }
  const modified = Date.parse(response.headers.get('last-modified') ?? '');
  return { kind: 'file', file, name: nameOf(url), modifiedMs: Number.isNaN(modified) ? null : modified };
}

function nameOf({ pathname, host }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function statusWords(status: number, url: URL): string {
  if (status === 404)
    return `There is nothing at ${url.pathname} (404). Check the address: upper and lower case count.`;
  if (status === 401 || status === 403) {
    return `The server does not give it away without a login (${status}). Log in in another tab, then try again.`;
  }
  return `The server answered with an error (${status}).`;
}

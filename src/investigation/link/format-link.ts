import { DEFAULT_VIEW, type Sort } from '../view.ts';
import { toBase64Url } from './base64url.ts';
import { LINK_VERSION, type Link, type LinkedDump } from './link.ts';

/** The fragment of a link, without "#": fields as in a query, those left out that say nothing. `parseLink` gives the link back. */
export function formatLink({ view, dumps, sources, data }: Link): string {
  const fields: [name: string, value: string][] = [['v', String(LINK_VERSION)]];
  const put = (name: string, value: string | null, usual: string | null = null): void => {
    if (value !== null && value !== usual) fields.push([name, value]);
  };
  const place = (at: number | null): string | null => (at === null ? null : String(at));
  const list = (name: string, values: readonly string[]): void => {
    for (const value of values) put(name, value);
  };
  const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? 'yes' : 'no');
  put('title', view.title, '');
  put('tab', view.tab, DEFAULT_VIEW.tab);
  put('level', view.level);
  put('dump', place(view.dumpId));
  put('a', place(view.a));
  put('b', place(view.b));
  put('group', view.groupKey);
  put('q', view.search, '');
  list('state', view.states);
  put('sort', sortText(view.groupSort), sortText(DEFAULT_VIEW.groupSort));
  put('mode', view.compareMode, DEFAULT_VIEW.compareMode);
  put('changes', sortText(view.changeSort), sortText(DEFAULT_VIEW.changeSort));
  list('kind', view.changeKinds);
  put('fate', view.fate);
  list(
    'phase',
    view.phases.map(([dump, phase]) => `${dump}.${phase}`),
  );
  put('limit', place(view.limit));
  put('expected', yesNo(view.showExpected));
  list('mark', view.marks);
  put('suspects', view.onlySuspects ? 'only' : null);
  list('d', dumps.map(dumpText));
  list('src', sources);
  if (data !== null) put('data', toBase64Url(data));
  return fields.map(([name, value]) => `${name}=${escapeField(value)}`).join('&');
}

function sortText({ column, descending }: Sort<string>): string {
  return `${column}.${descending ? 'down' : 'up'}`;
}

/** The name comes last, as it may hold the sign between. */
function dumpText({ hash, goroutines, name }: LinkedDump): string {
  return `${hash}~${goroutines}~${name}`;
}

/**
 * As in a query string, but readable: what chat tools and mail keep inside a link stays as it is (RFC 3986 fragment), what
 * ends a link at its border for some of them does not.
 */
function escapeField(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replace(/%20/g, '+')
    .replace(/%(2F|3A|40|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

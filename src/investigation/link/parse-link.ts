import { FieldError, listOf, plainList, type Read, text, wholeNumber } from '../../core/triage/fields.ts';
import { readView, toViewDocument } from '../read-view.ts';
import { DEFAULT_VIEW } from '../view.ts';
import { fromBase64Url } from './base64url.ts';
import { LINK_LIMITS, type Link, type LinkedDump } from './link.ts';

/**
 * What a fragment holds. `none`: it is no link of ours (empty, or an anchor). `newer`: of a version that this page does not
 * know. `wrong`: it is one of ours, with one sentence on what is wrong.
 */
export type ParsedLink =
  | { readonly kind: 'link'; readonly link: Link }
  | { readonly kind: 'none' }
  | { readonly kind: 'newer'; readonly version: number; readonly known: number }
  | { readonly kind: 'wrong'; readonly why: string };

/** Fields of a link by name, in order; versions differ in what they mean. */
export type LinkFields = ReadonlyMap<string, readonly string[]>;

/** Step n makes fields of version n + 1 from those of version n. There was no version before the first. */
const UPGRADERS: readonly ((fields: LinkFields) => LinkFields)[] = [];

const NAMES: ReadonlySet<string> = new Set([
  'v',
  'title',
  'tab',
  'level',
  'dump',
  'a',
  'b',
  'group',
  'q',
  'state',
  'sort',
  'mode',
  'changes',
  'kind',
  'fate',
  'phase',
  'limit',
  'expected',
  'mark',
  'suspects',
  'd',
  'src',
  'data',
]);
const LISTS: ReadonlySet<string> = new Set(['state', 'kind', 'phase', 'mark', 'd', 'src']);

/** Reads a fragment, with or without "#". Never throws. A link of its own may be `src=` alone, as people write by hand. */
export function parseLink(fragment: string, upgraders = UPGRADERS): ParsedLink {
  const plain = fragment.replace(/^#/, '');
  if (!/^(?:v|src)=/.test(plain)) return { kind: 'none' };
  const known = upgraders.length + 1;
  try {
    const fields = fieldsOf(plain);
    const version = versionOf(fields, known);
    if (version > known) return { kind: 'newer', version, known };
    return { kind: 'link', link: toLink(upgraders.slice(version - 1).reduce((older, step) => step(older), fields)) };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return { kind: 'wrong', why: error.message };
  }
}

function fieldsOf(plain: string): LinkFields {
  const data = /(?:^|&)data=([^&]*)/.exec(plain)?.[1]?.length ?? 0;
  if (data > LINK_LIMITS.data) throw new FieldError('data', `${data} characters`, `at most ${LINK_LIMITS.data}`);
  if (plain.length - data > LINK_LIMITS.characters) {
    throw new FieldError('The link', `${plain.length - data} characters`, `at most ${LINK_LIMITS.characters}`);
  }
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(plain)) fields.set(name, [...(fields.get(name) ?? []), value]);
  return fields;
}

/** Without a version fields are of the newest one. */
function versionOf(fields: LinkFields, newest: number): number {
  const [said = String(newest)] = fields.get('v') ?? [];
  if (!/^[1-9]\d{0,5}$/.test(said)) throw new FieldError('v', JSON.stringify(said.slice(0, 60)), `${newest}`);
  return Number(said);
}

function toLink(fields: LinkFields): Link {
  for (const [name, values] of fields) {
    const shown = name.slice(0, 60);
    if (!NAMES.has(name)) throw new FieldError(shown, 'a field of this name', 'only fields of a link');
    if (values.length > 1 && !LISTS.has(name)) throw new FieldError(shown, `it ${values.length} times`, 'it once');
  }
  const one = (name: string): string | null => fields.get(name)?.[0] ?? null;
  const all = (name: string): readonly string[] => fields.get(name) ?? [];
  const dumps = listOf(toLinkedDump, LINK_LIMITS.dumps)(all('d'), 'd');
  const usual = toViewDocument(DEFAULT_VIEW);
  // In the form of a saved view, so that one reader checks both.
  const view = readView(dumps.length)(
    {
      ...usual,
      title: one('title') ?? usual.title,
      tab: one('tab') ?? usual.tab,
      level: one('level') ?? usual.level,
      dump: numberOr(one('dump'), null),
      a: numberOr(one('a'), null),
      b: numberOr(one('b'), null),
      groupKey: one('group'),
      search: one('q') ?? usual.search,
      states: all('state'),
      groupSort: sortOf(one('sort')) ?? usual.groupSort,
      compareMode: one('mode') ?? usual.compareMode,
      changeSort: sortOf(one('changes')) ?? usual.changeSort,
      changeKinds: all('kind'),
      fate: one('fate'),
      phases: all('phase').map(phaseOf),
      limit: numberOr(one('limit'), null),
      showExpected: yesNo('expected', one('expected')),
      marks: all('mark'),
      onlySuspects: one('suspects') === null ? false : one('suspects') === 'only' ? true : one('suspects'),
    },
    'view',
  );
  const sources = listOf(text(LINK_LIMITS.text), LINK_LIMITS.sources)(all('src'), 'src');
  const packed = one('data');
  const data = packed === null ? null : fromBase64Url(packed);
  if (packed !== null && data === null) throw new FieldError('data', 'something else', 'the data of a link, whole');
  return { view, dumps, sources, data };
}

const hash = text(60);
const name = text(LINK_LIMITS.text, 0);
const goroutines = wholeNumber(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

const toLinkedDump: Read<LinkedDump> = (value, path) => {
  const parts = typeof value === 'string' ? value.split('~') : plainList(value, path, 0);
  const [first, second, ...rest] = parts;
  return {
    hash: hash(first, `${path} (hash)`),
    goroutines: goroutines(numberOr(typeof second === 'string' ? second : null, second), `${path} (goroutines)`),
    name: name(rest.join('~'), `${path} (name)`),
  };
};

/** The number a text is; the text itself when it is none, so that the reader says so. */
function numberOr(value: string | null, otherwise: unknown): unknown {
  if (value === null) return otherwise;
  return /^-?\d{1,16}$/.test(value) ? Number(value) : value;
}

function sortOf(value: string | null): unknown {
  if (value === null) return null;
  const [column = '', direction = ''] = value.split('.');
  return { column, descending: direction === 'down' ? true : direction === 'up' ? false : direction };
}

function phaseOf(value: string): unknown {
  const [dump = '', phase = ''] = value.split('.');
  return { dump: numberOr(dump, null), phase };
}

function yesNo(path: string, value: string | null): boolean | null {
  if (value === null || value === 'yes' || value === 'no') return value === null ? null : value === 'yes';
  throw new FieldError(path, JSON.stringify(value.slice(0, 60)), 'yes or no');
}

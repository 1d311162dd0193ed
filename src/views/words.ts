import type { Level } from '../core/group/levels.ts';
import type { DumpFormat } from '../core/model/dump.ts';
import type { Provenance, TakenAtSource, TextEncoding } from '../core/model/provenance.ts';
import { UNKNOWN_STATE } from '../core/model/symbols.ts';
import type { Tab, ViewState } from '../store/state.ts';

/** Words of the page for the words of the model. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  exact: 'Exact stack',
  functions: 'Functions',
  place: 'Waiting place',
  'created-by': 'Created by',
  package: 'Package',
  state: 'State',
};

/** What must match at a level, for a tooltip. */
export const LEVEL_HINTS: Readonly<Record<Level, string>> = {
  exact: 'Same state and the same function, file and line in every frame.',
  functions: 'Same state and the same functions; lines may differ, so it survives a redeploy.',
  place: 'Same state and the same first frame that is not runtime, sync or poll code.',
  'created-by': 'Started by the same function.',
  package: 'Waiting in the same package.',
  state: 'In the same state.',
};

/** Short names of formats. */
export const FORMAT_WORDS: Readonly<Record<DumpFormat, string>> = {
  traceback: 'traceback',
  'count-profile': 'count profile',
  pprof: 'pprof',
  delve: 'Delve list',
};

/** How the time of a dump was learned. */
export const TIME_SOURCES: Readonly<Record<TakenAtSource, string>> = {
  'file-name': 'from the file name',
  'log-prefix': 'from the log lines',
  profile: 'from the profile',
  'http-date': 'from the HTTP response',
  'file-time': 'when the file was last changed',
  user: 'set by you',
};

const ENCODING_WORDS: Readonly<Record<TextEncoding, string>> = {
  'utf-8-bom': 'UTF-8 byte-order mark',
  'utf-16le': 'UTF-16 (little-endian)',
  'utf-16be': 'UTF-16 (big-endian)',
};

/** What was taken off to get at the text, outermost first: "gzip", "UTF-16 (little-endian)", "RFC 3339 time". */
export function takenOff({ containers, encoding, wrapper }: Provenance): readonly string[] {
  return [...containers, ...(encoding === null ? [] : [ENCODING_WORDS[encoding]]), ...(wrapper?.kinds ?? [])];
}

/** How the instance of a dump was learned, as far as the dump's place shows it; empty when it does not. */
export function instanceSource({ instance, lane, entry, path, wrapper }: Provenance): string {
  if (instance === null || instance === '') return '';
  if (lane?.includes(instance) || wrapper?.example.includes(instance)) return 'from the log lines';
  if (entry?.includes(instance)) return 'from the path in the archive';
  return path.includes(instance) ? 'from the path of the file' : '';
}

/** The end of a long name, cut before a slash where one is near: "…/nodes/1/stacks.txt". Names up to `most` characters stay whole. */
export function tailOf(name: string, most = 46): string {
  if (name.length <= most) return name;
  const tail = name.slice(name.length - most + 1);
  const slash = tail.search(/[/\\]/);
  return `…${slash >= 0 && slash < most / 2 ? tail.slice(slash) : tail}`;
}

/** Names of the tabs. */
export const TAB_WORDS: Readonly<Record<Tab, string>> = {
  groups: 'Groups',
  compare: 'Compare',
  timeline: 'Timeline',
  instances: 'Instances',
  locks: 'Locks',
  lineage: 'Lineage',
  flame: 'Flame',
};

/** A state for reading: as printed, or what frames betray, or that nothing tells. `inferred` must be shown beside it. */
export function stateWords(
  state: string,
  inferredState: string,
): { readonly text: string; readonly inferred: boolean } {
  if (state !== UNKNOWN_STATE) return { text: state, inferred: false };
  return inferredState === '' ? { text: 'not printed', inferred: false } : { text: inferredState, inferred: true };
}

/**
 * Shows the groups in one state. A group of several states is listed under its main one, so levels that mix states give
 * way to one that keeps them apart.
 */
export function showState(state: string, level: Level): Partial<ViewState> {
  const mixes = level === 'created-by' || level === 'package';
  return {
    tab: 'groups',
    states: [state],
    search: '',
    marks: [],
    onlySuspects: false,
    ...(mixes ? { level: 'place' } : {}),
  };
}

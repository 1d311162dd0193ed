import type { Level } from '../core/group/levels.ts';
import type { DumpFormat } from '../core/model/dump.ts';
import type { TakenAtSource } from '../core/model/provenance.ts';
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

/** Names of the tabs. */
export const TAB_WORDS: Readonly<Record<Tab, string>> = {
  groups: 'Groups',
  compare: 'Compare',
  timeline: 'Timeline',
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
  return { tab: 'groups', states: [state], search: '', ...(mixes ? { level: 'place' } : {}) };
}

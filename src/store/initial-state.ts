import { DEFAULT_VIEW } from '../investigation/view.ts';
import { FLAME_SETTINGS } from './flame-questions.ts';
import type { Answer, AppState, ViewState } from './state.ts';

/** Nothing asked. */
export const NO_ANSWER: Answer<never> = { status: 'none', value: null, error: null };

/** No raw text asked for. */
export const NO_RAW_TEXT: AppState['rawText'] = { ...NO_ANSWER, row: null };

/** No raw lines asked for. */
export const NO_RAW_LINES: AppState['rawLines'] = { ...NO_ANSWER, dumpId: null, line: 0 };

/** Nothing chosen. */
export const INITIAL_VIEW: ViewState = DEFAULT_VIEW;

/** Nothing loaded. */
export const INITIAL_STATE: AppState = {
  pending: [],
  dumps: [],
  counts: [],
  races: [],
  fileNotes: [],
  asTheyStand: [],
  countKeys: null,
  view: INITIAL_VIEW,
  groups: NO_ANSWER,
  matches: NO_ANSWER,
  facets: NO_ANSWER,
  instances: NO_ANSWER,
  wantsFacets: false,
  savedQueries: [],
  sourceRules: [],
  detail: NO_ANSWER,
  rawText: NO_RAW_TEXT,
  rawLines: NO_RAW_LINES,
  comparison: NO_ANSWER,
  series: NO_ANSWER,
  verdict: NO_ANSWER,
  levelAdvice: NO_ANSWER,
  stackPair: NO_ANSWER,
  births: NO_ANSWER,
  causes: NO_ANSWER,
  verdictCauses: NO_ANSWER,
  locks: NO_ANSWER,
  lineage: NO_ANSWER,
  flame: NO_ANSWER,
  flameSettings: FLAME_SETTINGS,
  family: NO_ANSWER,
  ruleFiles: [],
  ownRules: [],
  marks: [],
  markTargets: NO_ANSWER,
  marked: NO_ANSWER,
  rulesView: null,
  ruleTrials: NO_ANSWER,
  link: null,
  watch: null,
  kept: { status: 'none', why: '', offers: [] },
  notices: [],
};

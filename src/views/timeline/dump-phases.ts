import type { Phase } from '../../core/trend/phase.ts';
import type { AppState, ViewState } from '../../store/state.ts';
import type { DumpId } from '../../worker/protocol.ts';

/** Words of the page for the phases. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  before: 'before load',
  load: 'under load',
  after: 'after load',
};

/** The same in one word, beside much else. */
export const SHORT_PHASE_WORDS: Readonly<Record<Phase, string>> = { before: 'before', load: 'load', after: 'after' };

/** Keys that mark the chosen dump; null goes back to the guess. */
export const PHASE_KEYS: readonly (readonly [key: string, phase: Phase | null])[] = [
  ['q', 'before'],
  ['w', 'load'],
  ['e', 'after'],
  ['r', null],
];

/** The phase of a dump, and who says so. */
export interface DumpPhase {
  readonly phase: Phase;
  readonly guessed: boolean;
}

export type PhaseMap = ReadonlyMap<DumpId, DumpPhase>;

let last: { readonly verdict: AppState['verdict']['value']; readonly marks: ViewState['phases'] } | null = null;
let lastMap: PhaseMap = new Map();

/**
 * Phases of all dumps that have one: as marked at this moment, else as the last verdict has it. A mark need not wait for
 * the verdict that heeds it.
 */
export function selectPhases({ verdict: { value }, view: { phases: marks } }: AppState): PhaseMap {
  if (last === null || last.verdict !== value || last.marks !== marks) {
    last = { verdict: value, marks };
    lastMap = phaseMap(value, marks);
  }
  return lastMap;
}

function phaseMap(value: AppState['verdict']['value'], marks: ViewState['phases']): PhaseMap {
  const map = new Map<DumpId, DumpPhase>();
  value?.dumpIds.forEach((id, place) => {
    const phase = value.verdict.phases[place] ?? null;
    if (phase !== null) map.set(id, { phase, guessed: true });
  });
  for (const [id, phase] of marks) map.set(id, { phase, guessed: false });
  return map;
}

/** "under load", "under load, guessed"; empty when nothing tells. */
export function phaseWords(known: DumpPhase | undefined): string {
  if (known === undefined) return '';
  return known.guessed ? `${PHASE_WORDS[known.phase]}, guessed` : PHASE_WORDS[known.phase];
}

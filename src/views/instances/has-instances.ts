import type { AppState } from '../../store/state.ts';

/** Whether there is anything to tell apart: several instances, or one before and after a restart. */
export function selectHasInstances({ verdict: { value } }: AppState): boolean {
  return value !== null && (value.verdict.fleet !== null || value.verdict.processes.length > 1);
}

import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `proven` (LEAKS.md). */
export const PROVEN_LEAKS: readonly LeakRule[] = [];

import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `cancel` (LEAKS.md). */
export const CANCEL_LEAKS: readonly LeakRule[] = [];

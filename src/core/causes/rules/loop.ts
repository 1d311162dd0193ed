import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `loop` (LEAKS.md). */
export const LOOP_LEAKS: readonly LeakRule[] = [];

import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `lock` (LEAKS.md). */
export const LOCK_LEAKS: readonly LeakRule[] = [];

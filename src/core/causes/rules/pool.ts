import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `pool` (LEAKS.md). */
export const POOL_LEAKS: readonly LeakRule[] = [];

import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `network` (LEAKS.md). */
export const NETWORK_LEAKS: readonly LeakRule[] = [];

import type { LeakRule } from '../rule.ts';

/** Shapes of leaks of the family `send` (LEAKS.md). */
export const SEND_LEAKS: readonly LeakRule[] = [];

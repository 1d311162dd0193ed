/**
 * What the service was doing when a dump was taken. The brief's test needs all three: a count that rises under load and
 * falls with it is a burst; one that stays up after the load fell is not.
 */
export const PHASES = ['before', 'load', 'after'] as const;
export type Phase = (typeof PHASES)[number];

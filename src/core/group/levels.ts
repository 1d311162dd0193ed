/**
 * How strictly goroutines are judged alike, strict to loose. No level looks at arguments, offsets, addresses, goroutine
 * ids, the creator's goroutine id or minutes.
 * - `exact`: same state and same stack: function, file and line of every frame and of the creator
 * - `functions`: same state, same functions after normalising closure numbers, generics and version suffixes: survives a redeploy
 * - `place`: same state and same waiting place: the first frame that is not runtime, sync or poll plumbing
 * - `created-by`: same creating function
 * - `package`: same package of the waiting place
 * - `state`: same state
 */
export const LEVELS = ['exact', 'functions', 'place', 'created-by', 'package', 'state'] as const;
export type Level = (typeof LEVELS)[number];

/** True for a word that names a level; for text from a link, a file or the command line. */
export function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text);
}

/** Limits of a saved investigation. What is over one is refused with its name, when saving and when opening. */
export const SAVED_LIMITS = {
  /** Characters of the JSON text: strings of browsers end at 512 Mi. */
  characters: 128 * 2 ** 20,
  /** Bytes of the packed file. */
  packedBytes: 64 * 2 ** 20,
  dumps: 500,
  /** Rows of all dumps together. */
  rows: 5_000_000,
  /** Frames of all stacks of all dumps together. */
  frames: 20_000_000,
  counts: 2000,
  races: 500,
  notes: 500,
  /** Characters of one text: a function, a file, a label, a line of a log. */
  text: 1_000_000,
  list: 1_000_000,
} as const;

/** Which build of the page this is. `commit` is empty when it was built outside of its repository. */
export const BUILD = {
  version: import.meta.env.STANDSTILL_VERSION ?? '',
  commit: import.meta.env.STANDSTILL_COMMIT ?? '',
  /** True in the page as one file: it has no folder beside it to fetch anything from. */
  isOneFile: import.meta.env.MODE === 'one-file',
} as const;

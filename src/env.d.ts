/** What the build puts in (scripts/vite/build-facts.ts); not there in tests. */
interface ImportMetaEnv {
  readonly STANDSTILL_VERSION?: string;
  readonly STANDSTILL_COMMIT?: string;
  /** index.html, in the page as one file only. */
  readonly STANDSTILL_INDEX?: string;
  /** Origins that the page may fetch from beside its own, with spaces between. */
  readonly STANDSTILL_ORIGINS?: string;
}

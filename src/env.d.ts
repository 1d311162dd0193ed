/** What the build puts in (scripts/vite/build-facts.ts); not there in tests. */
interface ImportMetaEnv {
  readonly STANDSTILL_VERSION?: string;
  readonly STANDSTILL_COMMIT?: string;
}

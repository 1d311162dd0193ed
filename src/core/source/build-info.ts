/** What a program says of its own code. */
export interface BuildInfo {
  /** Import path of the main module. */
  readonly module: string;
  /** Commit, or the tag of a released module; '' when it says neither. */
  readonly ref: string;
  /** It was built with changes that are in no commit. */
  readonly modified: boolean;
}

/** `v0.0.0-20260102030405-0123456789ab`, also behind a tag; golang.org/ref/mod, pseudo-versions. */
const PSEUDO_VERSION = /[-.]\d{14}-([0-9a-f]{12})(?:\+|$)/;

/**
 * The main module in what `go version -m PROGRAM` prints, or `debug.ReadBuildInfo` as text (runtime/debug/mod.go): lines of
 * words with tabs between them. Null when no line names a module. The commit is stamped since Go 1.18.
 */
export function readBuildInfo(text: string): BuildInfo | null {
  let module = '';
  let version = '';
  let revision = '';
  let modified = false;
  for (const line of text.split(/\r?\n/)) {
    // Copied from a terminal, tabs may have become spaces.
    const [kind = '', name = '', value = ''] = line.trim().split(/\s+/);
    if (kind === 'mod' && module === '') {
      module = name;
      version = value;
    } else if (kind === 'build' && name.startsWith('vcs.revision=')) {
      revision = name.slice('vcs.revision='.length);
    } else if (kind === 'build' && name === 'vcs.modified=true') modified = true;
  }
  if (module === '') return null;
  return { module, ref: revision === '' ? refOf(version) : revision, modified };
}

/** `v1.4.0` → itself, a pseudo-version → its commit, `(devel)` → ''. */
function refOf(version: string): string {
  const commit = PSEUDO_VERSION.exec(version)?.[1];
  if (commit !== undefined) return commit;
  return /^v\d/.test(version) ? version.replace(/\+.*$/, '') : '';
}

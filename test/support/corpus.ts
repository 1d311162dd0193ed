import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURES = join(ROOT, 'test/fixtures/corpus');
const SHARED = join(ROOT, '../shared/corpus');

/** What a corpus file is, by its expected record. `debug2` and `crash` are tracebacks. */
export type CorpusKind = 'debug0' | 'debug1' | 'debug2' | 'crash' | 'multi' | 'not-a-goroutine-dump';

/** What other tools counted in a corpus file (NAME.expected.json). Which keys it has depends on the kind. */
export interface Expected {
  readonly file: string;
  readonly kind: CorpusKind;
  readonly goroutines: number;
  readonly what?: string;
  readonly profile?: string;
  readonly headerTotal?: number;
  readonly entries?: number;
  readonly samples?: number;
  readonly distinctStacks?: number;
  readonly topStacks?: readonly { readonly count: number; readonly functions: readonly string[] }[];
  readonly labels?: {
    readonly goroutinesWithLabels: number;
    readonly distinctLabelSets: number;
    readonly sets: Readonly<Record<string, number>>;
  };
  readonly durationNanos?: number;
  readonly negativeSamples?: number;
  readonly delta?: boolean;
  readonly wrapped?: unknown;
  readonly segments?: readonly Expected[];
  readonly states?: Readonly<Record<string, number>>;
  readonly waitMinutes?: Readonly<Record<string, number>>;
  readonly createdBy?: Readonly<Record<string, number>>;
  readonly lockedToThread?: number;
  readonly distinctIds?: number;
  readonly elided?: number;
  readonly withAncestors?: number;
  readonly bubbles?: Readonly<Record<string, number>>;
  readonly reason?: string;
  readonly capturedAt?: string;
}

export interface CorpusFile {
  /** Path below the corpus, with `/`. */
  readonly name: string;
  readonly path: string;
  readonly expected: Expected;
}

/** True when the shared corpus lies beside the repository. Its public/ part may not be copied, so its tests need it. */
export const hasSharedCorpus = existsSync(SHARED);

/** Title of a test that is skipped without the shared corpus. */
export const NEEDS_SHARED = 'needs ../shared/corpus, which is not part of this repository';

/** All files of a kind: the copies in test/fixtures/corpus, then those only ../shared/corpus has. Sorted by name. */
export function corpusFiles(kind: CorpusKind): CorpusFile[] {
  return allFiles().filter((file) => file.expected.kind === kind);
}

/** One file by name; undefined when neither place has it. */
export function corpusFile(name: string): CorpusFile | undefined {
  return allFiles().find((file) => file.name === name);
}

let found: CorpusFile[] | null = null;

function allFiles(): CorpusFile[] {
  if (found !== null) return found;
  const byName = new Map<string, CorpusFile>();
  for (const root of [FIXTURES, SHARED]) {
    for (const file of existsSync(root) ? filesBelow(root) : [])
      if (!byName.has(file.name)) byName.set(file.name, file);
  }
  found = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return found;
}

function filesBelow(root: string): CorpusFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.expected.json'))
    .flatMap((name) => {
      const expected: Expected = JSON.parse(readFileSync(join(root, name), 'utf8'));
      const path = join(root, dirname(name), expected.file);
      return existsSync(path) ? [{ name: relative(root, path).split(sep).join('/'), path, expected }] : [];
    });
}

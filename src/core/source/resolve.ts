import { packageOf } from '../group/function-name.ts';

/** Where a frame stands in the world of modules. */
export interface SourcePlace {
  /** Import path of its directory: `github.com/acme/orders/internal/publish`, `net/http`. */
  readonly directory: string;
  /** `publish.go` */
  readonly file: string;
  /** 1-based; 0 when none is printed. */
  readonly line: number;
  /** Module with its version, when the path tells it: `v1.2.3`. */
  readonly module: { readonly path: string; readonly version: string } | null;
  /** Of Go's own library; `version` is its tag or branch when the path tells it. */
  readonly standard: { readonly version: string | null } | null;
  /** As printed. */
  readonly printed: string;
}

/** A frame as it is printed. */
export interface PrintedFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

const MAX_PATH = 2000;
const TOOLCHAIN = /(?:^|\/)(?:golang\.org\/toolchain@v[\d.]+-)?go-?(1\.\d+)(\.\d+)?((?:rc|beta)\d+)?(?:[./][^/]*)?\//;

/**
 * Reads a printed path: module cache, vendor folder, GOPATH, paths of `-trimpath` builds, Go's library, and the tree of the
 * program itself, whose folder is found by the package of the function. Null where nothing of these fits. `\` counts as `/`.
 */
export function resolveFrame({ function: name, file: printed, line }: PrintedFrame): SourcePlace | null {
  if (printed === '' || printed.length > MAX_PATH || /[\0-\x1f]/.test(printed)) return null;
  const path = printed.replaceAll('\\', '/');
  const slash = path.lastIndexOf('/');
  const file = path.slice(slash + 1);
  if (!/\.(?:go|s|c|h|cc|cpp)$/.test(file)) return null;
  const folder = path.slice(0, Math.max(0, slash));
  if (folder.split('/').includes('..')) return null;
  const place = { file, line, printed, module: null, standard: null };
  return (
    inModule(folder, place) ?? inStandard(folder, packageOf(name), place) ?? inTree(folder, packageOf(name), place)
  );
}

type Place = Omit<SourcePlace, 'directory'>;

/** `…/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/decode.go`, and the same without what stands before in `-trimpath` builds. */
function inModule(folder: string, place: Place): SourcePlace | null {
  const cached = /(?:^|\/)pkg\/mod\/(.+)$/.exec(folder)?.[1] ?? (isRooted(folder) ? null : folder);
  const [, escaped, version, rest = ''] = /^([^@]+)@(v[^/@]+)(?:\/(.*))?$/.exec(cached ?? '') ?? [];
  if (escaped === undefined || version === undefined || escaped === 'golang.org/toolchain') return null;
  const path = escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (!isHosted(path)) return null;
  return { ...place, directory: rest === '' ? path : `${path}/${rest}`, module: { path, version } };
}

/** Go's library: the folder ends with `src/` and the package, or is the package itself. */
function inStandard(folder: string, pkg: string, place: Place): SourcePlace | null {
  const inSource = /(?:^|\/)src\/(.+)$/.exec(folder)?.[1];
  const directory = isRooted(folder) ? inSource : folder;
  if (directory === undefined || directory === '' || pkg === '') return null;
  const vendored = directory.startsWith('vendor/golang.org/x/');
  // Some functions stand in the file of another package: time.Sleep is in runtime/time.go.
  const isOwn = isStandard(pkg) && isStandard(directory);
  if (!isOwn && !vendored) return null;
  return { ...place, directory, standard: { version: versionOf(folder) } };
}

/** The tag of a toolchain's folder; where it tells no patch release the branch of its releases. */
function versionOf(folder: string): string | null {
  const [, minor, patch = '', early = ''] = TOOLCHAIN.exec(`${folder}/`) ?? [];
  if (minor === undefined) return null;
  return patch === '' && early === '' ? `release-branch.go${minor}` : `go${minor}${patch}${early}`;
}

/** First parts of import paths in Go's library (go1.27, src). */
const STANDARD: ReadonlySet<string> = new Set(
  'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text time unicode unique unsafe weak'.split(
    ' ',
  ),
);

function isStandard(path: string): boolean {
  return STANDARD.has(path.split('/')[0] ?? '');
}

/** Vendor folders, GOPATH, `-trimpath` paths of the main module, and its own tree wherever it lies. */
function inTree(folder: string, pkg: string, place: Place): SourcePlace | null {
  const vendored = /(?:^|\/)vendor\/(.+)$/.exec(folder)?.[1];
  if (vendored !== undefined && isHosted(vendored)) return { ...place, directory: vendored };
  const inPath = /(?:^|\/)src\/([^/]+\.[^/]+\/.+)$/.exec(folder)?.[1];
  if (inPath !== undefined && isHosted(inPath)) return { ...place, directory: inPath };
  if (!isRooted(folder) && isHosted(folder)) return { ...place, directory: folder };
  // The folder of a package ends as its import path does; a main package does not say its path.
  const last = pkg.split('/').at(-1) ?? '';
  if (!isHosted(pkg) || !pkg.includes('/') || !folder.endsWith(`/${last.replace(/\.v\d+$/, '')}`)) return null;
  return { ...place, directory: pkg };
}

function isRooted(folder: string): boolean {
  return folder.startsWith('/') || /^[A-Za-z]:/.test(folder);
}

/** Import paths that name a host begin with a domain: a dot in the first part. */
function isHosted(path: string): boolean {
  return /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\/|$)/.test(path);
}

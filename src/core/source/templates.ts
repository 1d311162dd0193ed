/** A way from a directory of code to its repository. */
export interface Repository {
  /** `github.com/golang/go` */
  readonly repo: string;
  /** What stands after the repository in the import path: the folder in it. */
  readonly folder: string;
}

/** Templates of hosts that anybody can reach. `{ref}` is a tag, a commit, or HEAD. */
export const HOSTS: readonly { readonly host: string; readonly template: string }[] = [
  { host: 'github.com', template: 'https://{repo}/blob/{ref}/{path}#L{line}' },
  { host: 'gitlab.com', template: 'https://{repo}/-/blob/{ref}/{path}#L{line}' },
  { host: 'bitbucket.org', template: 'https://{repo}/src/{ref}/{path}#lines-{line}' },
  { host: 'codeberg.org', template: 'https://{repo}/src/{ref}/{path}#L{line}' },
];

/** Templates to begin with, by what they are for. */
export const PRESETS: readonly { readonly name: string; readonly template: string }[] = [
  { name: 'GitHub', template: 'https://github.com/OWNER/REPO/blob/{ref}/{path}#L{line}' },
  { name: 'GitLab', template: 'https://gitlab.example/GROUP/REPO/-/blob/{ref}/{path}#L{line}' },
  { name: 'Bitbucket', template: 'https://bitbucket.org/OWNER/REPO/src/{ref}/{path}#lines-{line}' },
  { name: 'Gitea', template: 'https://gitea.example/OWNER/REPO/src/commit/{ref}/{path}#L{line}' },
  { name: 'Sourcegraph', template: 'https://sourcegraph.example/{module}@{ref}/-/blob/{path}?L{line}' },
  { name: 'VS Code', template: 'vscode://file/FOLDER/{path}:{line}' },
  { name: 'VS Code, the printed path', template: 'vscode://file{file}:{line}' },
  { name: 'GoLand, IntelliJ', template: 'idea://open?file=FOLDER/{path}&line={line}' },
];

/** Import paths whose host sends `go get` elsewhere, by their beginning. `$1` is what a `*` stood for. */
const VANITY: readonly { readonly prefix: RegExp; readonly repo: string }[] = [
  { prefix: /^golang\.org\/x\/([^/]+)/, repo: 'github.com/golang/$1' },
  { prefix: /^google\.golang\.org\/grpc(?=\/|$)/, repo: 'github.com/grpc/grpc-go' },
  { prefix: /^google\.golang\.org\/protobuf(?=\/|$)/, repo: 'github.com/protocolbuffers/protobuf-go' },
  { prefix: /^google\.golang\.org\/api(?=\/|$)/, repo: 'github.com/googleapis/google-api-go-client' },
  { prefix: /^cloud\.google\.com\/go(?=\/|$)/, repo: 'github.com/googleapis/google-cloud-go' },
  { prefix: /^sigs\.k8s\.io\/([^/]+)/, repo: 'github.com/kubernetes-sigs/$1' },
  { prefix: /^k8s\.io\/([^/]+)/, repo: 'github.com/kubernetes/$1' },
  { prefix: /^go\.uber\.org\/([^/]+)/, repo: 'github.com/uber-go/$1' },
  { prefix: /^go\.etcd\.io\/([^/]+)/, repo: 'github.com/etcd-io/$1' },
  { prefix: /^go\.opentelemetry\.io\/otel(?=\/|$)/, repo: 'github.com/open-telemetry/opentelemetry-go' },
  { prefix: /^gopkg\.in\/([^/.]+)\/([^/]+)\.v\d+/, repo: 'github.com/$1/$2' },
  { prefix: /^gopkg\.in\/([^/.]+)\.v\d+/, repo: 'github.com/go-$1/$1' },
];

/** The repository of an import path on a known host; null for others. A major version (`/v2`) is no folder. */
export function repositoryOf(directory: string): Repository | null {
  for (const { prefix, repo } of VANITY) {
    const match = prefix.exec(directory);
    if (match === null) continue;
    const name = repo.replace(/\$(\d)/g, (_, at: string) => match[Number(at)] ?? '');
    return { repo: name, folder: withoutMajor(directory.slice(match[0].length)) };
  }
  const parts = directory.split('/');
  const isKnown = HOSTS.some(({ host }) => host === parts[0]);
  if (!isKnown || parts.length < 3) return null;
  return { repo: parts.slice(0, 3).join('/'), folder: withoutMajor(`/${parts.slice(3).join('/')}`) };
}

function withoutMajor(rest: string): string {
  return rest.replace(/^\/+/, '').replace(/^v\d+(?:\/|$)/, '');
}

/** Parts of a path that name the process, by the bundles that have them. First match wins. */
const PLACES: readonly (readonly [pattern: RegExp, name: (found: RegExpExecArray) => string])[] = [
  // kubectl cluster-info dump: cluster-dump/<namespace>/<pod>/<container>/logs.txt
  [/(?:^|\/)cluster-(?:dump|state|info)[^/]{0,60}\/[^/]+\/([^/]+)\/[^/]/, ([, pod = '']) => pod],
  // the kubelet: /var/log/pods/<namespace>_<pod>_<uid>/<container>/0.log
  [/(?:^|\/)[a-z0-9-]+_([a-z0-9][a-z0-9.-]*)_[0-9a-f-]{32,36}\/[^/]+\/[^/]+$/, ([, pod = '']) => pod],
  // the kubelet: /var/log/containers/<pod>_<namespace>_<container>-<64 hex>.log
  [/(?:^|\/)([a-z0-9][a-z0-9.-]*)_[a-z0-9-]+_[a-z0-9-]+-[0-9a-f]{64}\.log/, ([, pod = '']) => pod],
  // must-gather and support bundles: …/pods/<pod>/… or pod-logs/<namespace>/<pod>/…
  [/(?:^|\/)pods\/([a-z0-9][a-z0-9.-]*)\/[^/]/, ([, pod = '']) => pod],
  [/(?:^|\/)(?:pod-logs|podlogs)\/[^/]+\/([a-z0-9][a-z0-9.-]*)[/.]/, ([, pod = '']) => pod],
  // CockroachDB debug zip: debug/nodes/1/stacks.txt
  [/(?:^|\/)nodes\/(\d{1,6})\/(?:stacks|goroutine)/, ([, node = '']) => `node ${node}`],
  // Nomad operator debug: server/<name>/goroutine-debug2.txt
  [/(?:^|\/)(?:server|client)s?\/([^/]+)\/goroutines?[^/]*$/, ([, id = '']) => id],
  // A folder called as Kubernetes calls pods of a deployment: orders-7f9c5d8b4-x2x4q
  [/(?:^|\/)([a-z][a-z0-9-]*-[0-9a-f]{8,10}-[a-z0-9]{5})\/[^/]/, ([, pod = '']) => pod],
];

/**
 * The pod, node or server that the path of a file names, by the folders of known bundles; null in doubt, as a wrong name
 * would part the dumps of one process.
 */
export function instanceFromPath(path: string): string | null {
  for (const [pattern, name] of PLACES) {
    const found = pattern.exec(path);
    if (found !== null) return name(found).slice(0, 253);
  }
  return null;
}

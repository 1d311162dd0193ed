/** Characters of a path that are looked at, from its end: a longer one is hostile. */
const MAX_PATH = 1000;

/** Words that people put before the name of a pod when they name a file. */
const MOMENT_WORDS = /^(?:(?:before|during|after|load|peak|dump|goroutines?|stacks?|pprof|pod)-)+/;

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
  // The same in the name of a file: orders-7f9c5d8b4-x2x4q-before.txt. The letters are those Kubernetes draws from
  // (apimachinery/pkg/util/rand, no vowels), so that words and dates in names are not taken for them.
  [
    /(?<![a-z0-9-])([a-z][a-z0-9-]*-(?:[b-df-hj-np-tv-xz24-9]{6,10}|(?=[0-9]*[a-f])[0-9a-f]{8,10})-[b-df-hj-np-tv-xz24-9]{5})(?![a-z0-9])[^/]*$/,
    ([, pod = '']) => pod.replace(MOMENT_WORDS, ''),
  ],
  // An IPv4 address, with a port or not: 10.2.3.4_6060.txt
  [
    /(?:^|\/)(?:[^/]*[^0-9./])?((?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3})(?:[:_](\d{2,5}))?(?![.:_]?\d)[^/]*$/,
    ([, address = '', port]) => (port === undefined ? address : `${address}:${port}`),
  ],
];

/**
 * The pod, node or server that the path of a file names, by the folders of known bundles; null in doubt, as a wrong name
 * would part the dumps of one process.
 */
export function instanceFromPath(path: string): string | null {
  const end = path.slice(-MAX_PATH);
  for (const [pattern, name] of PLACES) {
    const found = pattern.exec(end);
    if (found !== null) return name(found).slice(0, 253);
  }
  return null;
}

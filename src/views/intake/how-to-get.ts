/** One way to get a dump out of a running program. `steps` are commands to copy; `note` says what they cost. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly steps: readonly { readonly label: string; readonly command: string }[];
  readonly note: string;
  readonly careful: boolean;
}

/** The line to run first, and the one to run again for a comparison. */
export const CURL_BEFORE = "curl -s 'http://HOST:6060/debug/pprof/goroutine?debug=2' > before.txt";
export const CURL_AFTER = "curl -s 'http://HOST:6060/debug/pprof/goroutine?debug=2' > after.txt";

const CAPTURE_LOOP = `for i in 1 2 3; do
  curl -s 'http://HOST:6060/debug/pprof/goroutine?debug=2' > "dump-$(date -u +%Y%m%dT%H%M%SZ).txt"
  [ "$i" = 3 ] || sleep 180
done`;

/** Ordered by how often they are the right one. Replace the words in capitals. */
export const RECIPES: readonly Recipe[] = [
  {
    id: 'curl',
    title: 'curl',
    when: 'The program imports net/http/pprof and you can reach its port.',
    steps: [{ label: 'Save a dump', command: CURL_BEFORE }],
    note: 'debug=2 holds goroutine ids, states and wait minutes. It stops the program while the stacks are copied: milliseconds for thousands of goroutines. debug=1 and debug=0 work too, without ids.',
    careful: false,
  },
  {
    id: 'loop',
    title: 'Three dumps',
    when: 'To tell a leak from a burst: three dumps, three minutes apart, the time in the file name.',
    steps: [{ label: 'Capture loop', command: CAPTURE_LOOP }],
    note: 'Take one of them after the load has fallen. Drop all three on the page together, or as one zip or tar.gz.',
    careful: false,
  },
  {
    id: 'kubectl',
    title: 'kubectl',
    when: 'The program runs in a pod.',
    steps: [
      {
        label: 'Forward the port, then curl',
        command: `kubectl port-forward pod/POD 6060:6060 &
sleep 2
curl -s 'http://localhost:6060/debug/pprof/goroutine?debug=2' > POD.txt
kill %1`,
      },
      {
        label: 'Or inside the pod, when its image has wget',
        command: "kubectl exec POD -- wget -qO- 'http://localhost:6060/debug/pprof/goroutine?debug=2' > POD.txt",
      },
      {
        label: 'Or from a debug container, when its image has no shell',
        command:
          "kubectl debug POD --image=busybox --target=CONTAINER -q -i -- wget -qO- 'http://localhost:6060/debug/pprof/goroutine?debug=2' > POD.txt",
      },
    ],
    note: 'Name the file after the pod: the dumps of several pods are then easy to tell apart.',
    careful: false,
  },
  {
    id: 'sigquit',
    title: 'SIGQUIT',
    when: 'There is no pprof port. Every Go program prints all its stacks on SIGQUIT.',
    steps: [
      { label: 'A process', command: 'kill -QUIT PID' },
      { label: 'A container', command: 'docker kill -s QUIT CONTAINER && docker logs CONTAINER > dump.txt 2>&1' },
      {
        label: 'A pod',
        command: `kubectl exec POD -- kill -QUIT 1
kubectl logs --previous POD > dump.txt`,
      },
    ],
    note: 'The program ends after printing. The stacks are on its standard error: save the log. Drop the log as it is: other lines around the dump and prefixes before its lines (--timestamps, --prefix) are fine.',
    careful: true,
  },
  {
    id: 'gops',
    title: 'gops',
    when: 'The program runs the gops agent.',
    steps: [{ label: 'Save a dump', command: 'gops stack PID > dump.txt' }],
    note: 'Run gops alone to list the programs it can see.',
    careful: false,
  },
  {
    id: 'counts',
    title: 'Counts',
    when: 'To see when the goroutines rose: counts over time, which stand beside the dumps.',
    steps: [
      {
        label: 'From Prometheus, the last six hours',
        command: `curl -sG 'http://PROMETHEUS:9090/api/v1/query_range' \\
  --data-urlencode 'query=go_goroutines{job="JOB"}' \\
  -d "start=$(date -d '-6 hours' +%s)" -d "end=$(date +%s)" -d step=30 > counts.json`,
      },
      {
        label: 'From a log that prints them',
        command: "grep -E 'goroutines|num_goroutine' app.log > counts.log",
      },
    ],
    note: 'Counts have no stacks: they say when, a dump says where. Drop both.',
    careful: false,
  },
];

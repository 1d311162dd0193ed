import type { BenignRule, Guard } from '../rule.ts';
import { NAME_RESOLUTION } from './shapes.ts';

/**
 * How many goroutines per connection are nothing to ask about. A server without an idle timeout (Go's default) keeps what
 * its clients keep: thousands behind a load balancer. A client's own pool is small: 2 idle connections per host, 100 in all
 * unless somebody raised it (net/http.Transport).
 */
const SERVED: Guard = { kind: 'pool', count: 4000, fills: 100 };
const DIALLED: Guard = { kind: 'pool', count: 500, fills: 100 };
/** One connection carries all requests to a host, so that few are opened for load. */
const MULTIPLEXED: Guard = { kind: 'pool', count: 500, fills: 20 };
const LISTENERS: Guard = { kind: 'pool', count: 64 };

/** HTTP/2 lives in three packages: bundled into net/http to Go 1.26, net/http/internal/http2 from 1.27, the module. */
const http2 = (bundled: string, own: string): readonly string[] => [
  `net/http.${bundled}`,
  `net/http/internal/http2.${own}`,
  `golang.org/x/net/http2.${own}`,
];

const MEASURED = 'test/fixtures/causes/http-body: Go 1.19 to 1.27';
const SERVER = 'net/http/server.go';
const TRANSPORT = 'net/http/transport.go';

/** What net/http keeps for connections and listeners, on both sides. */
export const BENIGN_HTTP: readonly BenignRule[] = [
  {
    id: 'B12',
    kind: 'benign',
    title: 'HTTP listener',
    states: ['IO wait'],
    stacks: [{ frames: [['net.(*netFD).accept'], ['net/http.(*Server).Serve']] }],
    guard: LISTENERS,
    otherwise: null,
    meaning: 'waits for the next client to connect',
    sources: [SERVER],
  },
  {
    id: 'B14',
    kind: 'benign',
    title: 'idle HTTP connection of a client',
    // The reader in select is not this rule: its body is not finished (L49).
    states: ['IO wait', 'running'],
    stacks: [
      {
        frames: [['bufio.(*Reader).Peek'], ['net/http.(*persistConn).readLoop']],
        createdBy: ['net/http.(*Transport).*'],
      },
    ],
    guard: DIALLED,
    otherwise: 'L50',
    meaning: 'keep a connection open for the next request',
    sources: [TRANSPORT, MEASURED, 'fortytw2/leaktest and grpc leakcheck excuse it by name'],
  },
  {
    // Apart from its reader: it looks the same whether the connection is idle, in use or forgotten.
    id: 'B73',
    kind: 'benign',
    title: 'writer of a client connection',
    states: ['select'],
    stacks: [{ top: ['net/http.(*persistConn).writeLoop'], createdBy: ['net/http.(*Transport).*'] }],
    guard: DIALLED,
    otherwise: 'L50',
    meaning: 'wait for the next request to write, one per connection',
    sources: [TRANSPORT, MEASURED],
  },
  {
    id: 'B15',
    kind: 'benign',
    title: 'kept connection of a server',
    states: ['IO wait', 'running'],
    stacks: [
      {
        frames: [['net/http.(*connReader).Read'], ['net/http.(*conn).serve']],
        createdBy: ['net/http.(*Server).Serve'],
        // A handler below reads its request's body: its own matter.
        without: ['net/http.serverHandler.ServeHTTP'],
      },
    ],
    guard: SERVED,
    otherwise: 'L52',
    meaning: 'wait for the next request on a kept connection',
    sources: [SERVER, MEASURED],
  },
  {
    id: 'B16',
    kind: 'benign',
    title: 'HTTP/2 connection of a server',
    states: ['IO wait', 'select', 'running'],
    stacks: [
      { top: http2('(*http2serverConn).serve', '(*serverConn).serve') },
      {
        frames: [http2('(*http2serverConn).readFrames', '(*serverConn).readFrames')],
        createdBy: http2('(*http2serverConn).serve', '(*serverConn).serve'),
      },
    ],
    guard: { kind: 'pool', count: 8000, fills: 200 },
    otherwise: 'L52',
    meaning: 'serve the streams of an HTTP/2 connection, two per connection',
    sources: ['net/http/h2_bundle.go', 'golang.org/x/net/http2/server.go', MEASURED],
    versions: 'names of 1.27 and before',
  },
  {
    id: 'B61',
    kind: 'benign',
    title: 'HTTP/2 connection of a client',
    states: ['IO wait', 'running'],
    stacks: [
      {
        frames: [http2('(*http2clientConnReadLoop).run', '(*clientConnReadLoop).run')],
        createdBy: http2('(*http2Transport).newClientConn', '(*Transport).newClientConn'),
      },
    ],
    guard: MULTIPLEXED,
    otherwise: 'L51',
    meaning: 'read the answers of an HTTP/2 connection, one per host',
    sources: ['golang.org/x/net/http2/transport.go', MEASURED],
    versions: 'names of 1.27 and before',
  },
  {
    id: 'B62',
    kind: 'benign',
    title: 'watcher of a request in progress',
    states: ['IO wait', 'running', 'syscall'],
    stacks: [
      {
        frames: [['net/http.(*connReader).backgroundRead', 'net/http.(*connReader).startBackgroundRead.func']],
        createdBy: ['net/http.(*connReader).startBackgroundRead'],
      },
    ],
    guard: { kind: 'pool', count: 2000, fills: 20 },
    otherwise: 'L53',
    meaning: 'notice when the client leaves while its handler runs, one per handler',
    sources: [SERVER, MEASURED],
  },
  {
    // Everything else that listens: net.Listener under any server's own loop (influxdb, nats, syncthing, dockerd, etcd).
    id: 'B63',
    kind: 'benign',
    title: 'listener',
    states: ['IO wait'],
    stacks: [
      {
        frames: [['net.(*netFD).accept'], ['net.(*TCPListener).Accept*', 'net.(*UnixListener).Accept*']],
        without: ['net/http.(*Server).Serve', 'google.golang.org/grpc.(*Server).Serve'],
      },
    ],
    guard: LISTENERS,
    otherwise: null,
    meaning: 'waits for the next client to connect',
    sources: ['net/tcpsock.go', 'net/unixsock.go'],
  },
  {
    id: 'B64',
    kind: 'benign',
    title: 'listener behind a multiplexer',
    states: ['select'],
    stacks: [{ top: ['github.com/soheilhy/cmux.muxListener.Accept'] }],
    guard: LISTENERS,
    otherwise: null,
    meaning: 'waits for the next client of one protocol on a shared port',
    sources: ['github.com/soheilhy/cmux cmux.go', 'test/fixtures/corpus/etcd-3.5.30'],
  },
  {
    id: 'B59',
    kind: 'benign',
    title: 'name being resolved',
    states: ['syscall', 'select', 'IO wait', 'chan receive', 'running'],
    stacks: NAME_RESOLUTION,
    // The resolver asks each server twice with five seconds each (resolv.conf), the C library likewise.
    guard: { kind: 'young', minutes: 1, count: 500 },
    otherwise: 'L55',
    meaning: 'wait for an answer of a name server',
    sources: ['net/lookup.go', 'go.uber.org/goleak PR 142'],
  },
];

import type { BenignRule, Guard } from '../rule.ts';

/** Clients and backends of one program: dozens, hundreds in a mesh. */
const CONNECTIONS: Guard = { kind: 'pool', count: 1000 };
/** A server takes as many as there are clients. */
const TRANSPORTS: Guard = { kind: 'pool', count: 4000, fills: 100 };

const GRPC = 'google.golang.org/grpc';
const TRANSPORT = `${GRPC}/internal/transport`;
/** Who starts the goroutines of a transport: `newHTTP2Client` to gRPC 1.56, `newHTTP2Server` to 1.27. */
const STARTS_TRANSPORT = [
  `${TRANSPORT}.NewHTTP2Client*`,
  `${TRANSPORT}.newHTTP2Client*`,
  `${TRANSPORT}.NewServerTransport*`,
  `${TRANSPORT}.newHTTP2Server*`,
];

const SEEN = 'test/fixtures/causes/benign/dumps';
const CORPUS = 'test/fixtures/corpus: etcd-3.5.30, dockerd-20.10, gobgpd-3.10';

/** What gRPC keeps per server, client connection and transport. */
export const BENIGN_GRPC: readonly BenignRule[] = [
  {
    id: 'B13',
    kind: 'benign',
    title: 'gRPC listener',
    states: ['IO wait'],
    stacks: [{ frames: [['net.(*netFD).accept'], [`${GRPC}.(*Server).Serve`]] }],
    guard: { kind: 'pool', count: 64 },
    otherwise: null,
    meaning: 'waits for the next client to connect',
    sources: ['google.golang.org/grpc server.go', SEEN, CORPUS],
  },
  {
    id: 'B28',
    kind: 'benign',
    title: 'callback queue of a gRPC connection',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: [`${GRPC}/internal/grpcsync.(*CallbackSerializer).run`],
        createdBy: [`${GRPC}/internal/grpcsync.NewCallbackSerializer`],
      },
    ],
    // Three per connection.
    guard: { kind: 'pool', count: 3000 },
    otherwise: 'L17',
    meaning: 'wait for news of resolvers and balancers, about three per client connection',
    sources: ['google.golang.org/grpc internal/grpcsync/callback_serializer.go', SEEN, CORPUS],
    versions: 'grpc 1.55 on',
  },
  {
    id: 'B29',
    kind: 'benign',
    title: 'writer of a gRPC transport',
    states: ['select'],
    stacks: [
      {
        frames: [[`${TRANSPORT}.(*controlBuffer).get`], [`${TRANSPORT}.(*loopyWriter).run`]],
        createdBy: STARTS_TRANSPORT,
      },
    ],
    guard: TRANSPORTS,
    otherwise: 'L17',
    meaning: 'waits for frames to write, one per connection',
    sources: ['google.golang.org/grpc internal/transport/controlbuf.go', SEEN, CORPUS],
  },
  {
    id: 'B30',
    kind: 'benign',
    title: 'keepalive of a gRPC transport',
    states: ['select', 'cond'],
    stacks: [
      {
        top: [`${TRANSPORT}.(*http2Server).keepalive`, `${TRANSPORT}.(*http2Client).keepalive`],
        createdBy: STARTS_TRANSPORT,
      },
    ],
    guard: TRANSPORTS,
    otherwise: 'L17',
    meaning: 'waits for the next ping, one per connection',
    sources: ['google.golang.org/grpc internal/transport', SEEN, CORPUS],
  },
  {
    id: 'B31',
    kind: 'benign',
    title: 'reader of a gRPC transport',
    states: ['IO wait', 'running'],
    stacks: [
      { frames: [[`${TRANSPORT}.(*http2Client).reader`]], createdBy: STARTS_TRANSPORT },
      { frames: [[`${TRANSPORT}.(*http2Server).HandleStreams`]], createdBy: [`${GRPC}.(*Server).*`] },
    ],
    guard: TRANSPORTS,
    otherwise: 'L17',
    meaning: 'waits for frames of the other side, one per connection',
    sources: ['google.golang.org/grpc internal/transport', SEEN, CORPUS],
  },
  {
    id: 'B32',
    kind: 'benign',
    title: 'watcher of a gRPC connection',
    states: ['select'],
    stacks: [
      {
        top: [`${GRPC}.(*ccBalancerWrapper).watcher`, `${GRPC}.(*ccResolverWrapper).watcher`],
        createdBy: [`${GRPC}.new*Wrapper*`],
      },
    ],
    guard: CONNECTIONS,
    otherwise: 'L17',
    meaning: 'waits for news of resolver and balancer, one per client connection',
    sources: ['google.golang.org/grpc balancer_conn_wrappers.go', 'test/fixtures/corpus/dockerd-20.10'],
    versions: 'grpc to 1.54',
  },
  {
    id: 'B33',
    kind: 'benign',
    title: 'connector of a gRPC backend',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: [`${GRPC}.(*addrConn).resetTransport`],
        createdBy: [`${GRPC}.(*addrConn).connect`, `${GRPC}.(*acBalancerWrapper).*`],
      },
    ],
    guard: CONNECTIONS,
    otherwise: 'L17',
    meaning: 'waits for a connection to break to dial again, one per backend',
    sources: ['google.golang.org/grpc clientconn.go', 'test/fixtures/corpus/dockerd-20.10'],
    versions: 'grpc to 1.40; later ones stay only while they dial',
  },
];

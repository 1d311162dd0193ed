import type { BenignRule, Guard } from '../rule.ts';

/** Informers, queues and workers of one controller: tens to a few hundred. Factories of dynamic informers make more. */
const INFORMERS: Guard = { kind: 'pool', count: 1000 };

const CACHE = 'k8s.io/client-go/tools/cache';
const QUEUE = 'k8s.io/client-go/util/workqueue';
const WAIT = 'k8s.io/apimachinery/pkg/util/wait';
const SEEN = 'test/fixtures/causes/benign/dumps';
const IGNORED = 'goleak ignore lists of kubernetes';

/** What client-go and apimachinery keep per informer, queue and client. */
export const BENIGN_KUBERNETES: readonly BenignRule[] = [
  {
    id: 'B43',
    kind: 'benign',
    title: 'reflector of an informer',
    states: ['select', 'chan receive'],
    stacks: [
      {
        top: [
          `${CACHE}.(*Reflector).*`,
          // watchHandler became a function of its own in client-go 0.25, handleWatch in 0.32.
          `${CACHE}.watchHandler`,
          `${CACHE}.handleWatch`,
          `${CACHE}.handleAnyWatch`,
        ],
        without: ['k8s.io/client-go/rest.(*Request).*'],
      },
    ],
    guard: INFORMERS,
    otherwise: 'L22',
    meaning: 'wait for the next event of a watch, two per informer',
    sources: ['k8s.io/client-go tools/cache/reflector.go', IGNORED, SEEN],
  },
  {
    id: 'B44',
    kind: 'benign',
    title: 'informer with its handlers',
    states: ['chan receive', 'select', 'cond'],
    stacks: [
      {
        top: [
          `${CACHE}.(*processorListener).run`,
          `${CACHE}.(*processorListener).pop`,
          `${CACHE}.(*sharedProcessor).run`,
          `${CACHE}.(*controller).Run.func`,
          `${CACHE}.(*controller).RunWithContext.func`,
        ],
      },
      {
        top: [`${CACHE}.(*DeltaFIFO).Pop`, `${CACHE}.(*RealFIFO).Pop`, `${CACHE}.(*FIFO).Pop`],
        frames: [[`${CACHE}.(*controller).processLoop`]],
      },
      // `for range` over a handler's channel under wait.Until, to client-go 0.33.
      { frames: [[`${CACHE}.(*processorListener).run.func`], [`${WAIT}.*`]] },
    ],
    // Five per informer with one handler.
    guard: { kind: 'pool', count: 5000 },
    otherwise: 'L22',
    meaning: 'wait for changes to hand on, a few per informer and handler',
    sources: ['k8s.io/client-go tools/cache/shared_informer.go', SEEN],
  },
  {
    id: 'B45',
    kind: 'benign',
    title: 'periodic work of Kubernetes libraries',
    states: ['select'],
    stacks: [
      {
        top: [
          `${WAIT}.BackoffUntil*`,
          `${WAIT}.JitterUntil*`,
          `${WAIT}.poller.func*`,
          `${WAIT}.PollImmediateUntilWithContext.poller.func*`,
          `${WAIT}.waitForWithContext`,
          `${WAIT}.WaitFor*`,
          `${WAIT}.loopConditionUntilContext`,
        ],
      },
    ],
    guard: INFORMERS,
    otherwise: 'L22',
    meaning: 'wait for the next turn of periodic work',
    sources: ['k8s.io/apimachinery pkg/util/wait', IGNORED, SEEN],
  },
  {
    id: 'B46',
    kind: 'benign',
    title: 'metrics of a work queue',
    states: ['select', 'chan receive'],
    stacks: [
      {
        top: [`${QUEUE}.(*Type).updateUnfinishedWorkLoop`, `${QUEUE}.(*Typed[...]).updateUnfinishedWorkLoop`],
        createdBy: [`${QUEUE}.new*`],
      },
    ],
    guard: INFORMERS,
    otherwise: 'L22',
    meaning: 'measures unfinished work twice a second, one per queue',
    sources: ['k8s.io/client-go util/workqueue/queue.go', IGNORED, SEEN],
  },
  {
    id: 'B47',
    kind: 'benign',
    title: 'delay of a work queue',
    states: ['select'],
    stacks: [
      {
        top: [`${QUEUE}.(*delayingType).waitingLoop`, `${QUEUE}.(*delayingType[...]).waitingLoop`],
        createdBy: [`${QUEUE}.new*`],
      },
    ],
    guard: INFORMERS,
    otherwise: 'L22',
    meaning: 'waits for delayed items to be due, one per queue',
    sources: ['k8s.io/client-go util/workqueue/delaying_queue.go', IGNORED, SEEN],
  },
  {
    id: 'B48',
    kind: 'benign',
    title: 'idle worker of a work queue',
    states: ['cond'],
    // Both named: a wait on a condition in somebody's code (L42) must say less of the stack.
    stacks: [{ top: [`${QUEUE}.(*Type).Get`, `${QUEUE}.(*Typed[...]).Get`], frames: [['sync.(*Cond).Wait']] }],
    guard: INFORMERS,
    otherwise: 'L22',
    meaning: 'wait for the next item of a queue',
    sources: ['k8s.io/client-go util/workqueue/queue.go', SEEN],
  },
  {
    id: 'B49',
    kind: 'benign',
    title: 'client certificate that is read anew',
    states: ['chan receive'],
    stacks: [
      {
        top: ['k8s.io/client-go/transport.(*dynamicClientCert).run'],
        createdBy: ['k8s.io/client-go/transport.*'],
      },
    ],
    guard: { kind: 'pool', count: 50 },
    otherwise: null,
    meaning: 'keeps a client certificate fresh, one per client',
    sources: ['k8s.io/client-go transport/cert_rotation.go', IGNORED, SEEN],
  },
  {
    id: 'B50',
    kind: 'benign',
    title: 'broadcaster of events',
    states: ['chan receive'],
    stacks: [
      {
        top: ['k8s.io/apimachinery/pkg/watch.(*Broadcaster).loop'],
        createdBy: ['k8s.io/apimachinery/pkg/watch.New*Broadcaster'],
      },
    ],
    guard: { kind: 'pool', count: 100 },
    otherwise: 'L14',
    meaning: 'waits for events to record, one per recorder',
    sources: ['k8s.io/apimachinery pkg/watch/mux.go', IGNORED, SEEN],
  },
  {
    id: 'B51',
    kind: 'benign',
    title: 'SPDY connection that ends',
    states: ['select'],
    stacks: [
      {
        top: [
          'github.com/moby/spdystream.(*Connection).shutdown',
          'github.com/docker/spdystream.(*Connection).shutdown',
        ],
      },
    ],
    // It waits up to ten minutes for the last streams.
    guard: { kind: 'young', minutes: 10, count: 500 },
    otherwise: null,
    meaning: 'waits for the last streams of a closed connection, at most ten minutes',
    sources: ['github.com/moby/spdystream connection.go', IGNORED, SEEN],
  },
];

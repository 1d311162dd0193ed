import type { BenignRule, Guard } from '../rule.ts';

const FEW: Guard = { kind: 'pool', count: 20 };
const POOLS: Guard = { kind: 'pool', count: 100 };

const SEEN = 'test/fixtures/causes/benign/dumps';
const IGNORED = 'goleak ignore lists';

/** Watchers of files, stores, timers, certificates, supervisors, tests. */
export const BENIGN_OTHERS: readonly BenignRule[] = [
  {
    id: 'B42',
    kind: 'benign',
    title: 'merging logger of etcd',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: ['*etcd/client/pkg/logutil.(*MergeLogger).outputLoop', '*etcd/pkg/logutil.(*MergeLogger).outputLoop'],
        createdBy: ['*logutil.NewMergeLogger'],
      },
    ],
    guard: FEW,
    otherwise: null,
    meaning: 'writes out repeated log lines as one',
    sources: ['etcd client/pkg/testutil/leak.go', 'etcd pkg/logutil/merge_logger.go', SEEN],
    versions: 'etcd to 3.4',
  },
  {
    id: 'B52',
    kind: 'benign',
    title: 'file watcher',
    states: ['IO wait', 'syscall'],
    stacks: [
      {
        frames: [
          [
            'github.com/fsnotify/fsnotify.(*Watcher).readEvents',
            'github.com/fsnotify/fsnotify.(*inotify).readEvents',
            'github.com/fsnotify/fsnotify.(*kqueue).readEvents',
            'gopkg.in/fsnotify/fsnotify.(*Watcher).readEvents',
            'gopkg.in/fsnotify.(*Watcher).readEvents',
          ],
        ],
        createdBy: ['*fsnotify.New*', '*fsnotify.new*'],
      },
    ],
    guard: POOLS,
    otherwise: 'L30',
    meaning: 'waits for files to change, one per watcher',
    sources: ['github.com/fsnotify/fsnotify backend_inotify.go', SEEN],
  },
  {
    id: 'B53',
    kind: 'benign',
    title: 'goleveldb database',
    states: ['select'],
    stacks: [
      {
        top: [
          'github.com/syndtr/goleveldb/leveldb.(*DB).mCompaction',
          'github.com/syndtr/goleveldb/leveldb.(*DB).tCompaction',
          'github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain',
          'github.com/syndtr/goleveldb/leveldb.(*DB).compactionError',
          'github.com/syndtr/goleveldb/leveldb.(*session).refLoop',
          'github.com/syndtr/goleveldb/leveldb/util.(*BufferPool).drain',
        ],
        createdBy: ['github.com/syndtr/goleveldb/leveldb*'],
      },
    ],
    // Six per database.
    guard: { kind: 'pool', count: 600 },
    otherwise: null,
    meaning: 'compact an open database when it needs it, six per database',
    sources: ['github.com/syndtr/goleveldb leveldb/db.go', 'test/fixtures/corpus/syncthing-1.19.2', SEEN],
  },
  {
    id: 'B56',
    kind: 'benign',
    title: 'clock of desertbit/timer',
    states: ['select'],
    stacks: [{ top: ['github.com/desertbit/timer.timerRoutine'] }],
    guard: { kind: 'at-most', count: 1 },
    otherwise: null,
    meaning: 'serves all timers, one per process',
    sources: ['github.com/desertbit/timer timers.go', IGNORED, SEEN],
  },
  {
    id: 'B57',
    kind: 'benign',
    title: 'upkeep of certificates',
    states: ['select', 'chan receive'],
    stacks: [
      {
        top: ['github.com/caddyserver/certmagic.(*Cache).maintainAssets'],
        createdBy: ['github.com/caddyserver/certmagic.NewCache'],
      },
      {
        frames: [['github.com/caddyserver/certmagic.(*RingBufferRateLimiter).loop']],
        createdBy: ['github.com/caddyserver/certmagic.NewRateLimiter'],
      },
      {
        top: [
          'github.com/caddyserver/caddy.trapSignalsCrossPlatform.func',
          'github.com/caddyserver/caddy.trapSignalsPosix.func',
        ],
      },
    ],
    guard: FEW,
    otherwise: null,
    meaning: 'renews certificates, waits for signals',
    sources: ['github.com/caddyserver/certmagic maintain.go', 'test/fixtures/corpus: caddy-2.6.2, caddy-2.11', SEEN],
  },
  {
    id: 'B58',
    kind: 'benign',
    title: 'connection to the reaper of testcontainers',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: [
          'github.com/testcontainers/testcontainers-go.(*Reaper).connect.func',
          'github.com/testcontainers/testcontainers-go.(*Reaper).Connect.func',
        ],
        createdBy: ['github.com/testcontainers/testcontainers-go.(*Reaper).*onnect'],
      },
    ],
    // One for each session of tests, and for each container in old releases.
    guard: FEW,
    otherwise: null,
    meaning: 'keeps containers of a test until it ends',
    sources: ['github.com/testcontainers/testcontainers-go reaper.go', IGNORED, SEEN],
    versions: 'tests only; Connect in releases to 0.20',
  },
  {
    id: 'B68',
    kind: 'benign',
    title: 'supervisor',
    states: ['select'],
    stacks: [
      {
        top: ['github.com/thejerf/suture.(*Supervisor).Serve'],
        createdBy: ['github.com/thejerf/suture.(*Supervisor).*'],
      },
    ],
    guard: POOLS,
    otherwise: null,
    meaning: 'waits for one of its services to end',
    sources: ['github.com/thejerf/suture/v4 supervisor.go', 'test/fixtures/corpus/syncthing-1.19.2'],
  },
  {
    id: 'B69',
    kind: 'benign',
    title: 'actor of a run group',
    states: ['chan receive', 'select'],
    stacks: [
      { frames: [['github.com/oklog/run.(*Group).Run.func']], createdBy: ['github.com/oklog/run.(*Group).Run'] },
    ],
    guard: POOLS,
    otherwise: null,
    meaning: 'a part of the program that runs until all end',
    sources: ['github.com/oklog/run group.go', 'test/fixtures/corpus/prometheus-2.42'],
  },
  {
    id: 'B70',
    kind: 'benign',
    title: 'janitor of a go-cache',
    states: ['select'],
    stacks: [
      {
        top: ['github.com/patrickmn/go-cache.(*janitor).Run'],
        createdBy: ['github.com/patrickmn/go-cache.runJanitor'],
      },
    ],
    guard: POOLS,
    otherwise: 'L34',
    meaning: 'removes what is too old, one per cache',
    sources: ['github.com/patrickmn/go-cache cache.go', SEEN],
  },
  {
    id: 'B71',
    kind: 'benign',
    title: 'dispatcher of a worker pool',
    states: ['select'],
    stacks: [
      {
        top: ['github.com/gammazero/workerpool.(*WorkerPool).dispatch'],
        createdBy: ['github.com/gammazero/workerpool.New'],
      },
    ],
    guard: POOLS,
    otherwise: 'L37',
    meaning: 'waits for tasks, one per pool',
    sources: ['github.com/gammazero/workerpool workerpool.go', SEEN],
  },
  {
    id: 'B72',
    kind: 'benign',
    title: 'upkeep of an ants pool',
    states: ['select', 'sleep'],
    stacks: [{ frames: [['github.com/panjf2000/ants.*.purgeStaleWorkers', 'github.com/panjf2000/ants.*.ticktock']] }],
    guard: POOLS,
    otherwise: 'L40',
    meaning: 'ends idle workers and keeps the time, two per pool',
    sources: ['github.com/panjf2000/ants/v2 ants.go', SEEN],
  },
];

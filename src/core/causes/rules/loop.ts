import { type LeakRule, USER } from '../rule.ts';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What code that works now and then calls itself, in either case, at the start of a function's name. */
const PERIODIC = [
  'heartbeat',
  'keepalive',
  'keepAlive',
  'ping',
  'poll',
  'refresh',
  'renew',
  'sweep',
  'evict',
  'expire',
  'janitor',
  'cleanup',
  'cleanUp',
  'purge',
  'reap',
  'flush',
  'monitor',
].flatMap((word) => [`*.${word}*`, `*.${capital(word)}*`]);

/**
 * Shapes of leaks of the family `loop` (LEAKS.md).
 *
 * Dots in the last element of an import path are escaped, as dumps print them: `gopkg.in/mgo%2ev2.f` is not in package `mgo`.
 *
 * L25 stands for the part of L26 whose loop selects on a ticker, L26 for L27 (retry for ever): a sleep looks the same in
 * both. L34 without `rcrowley/go-metrics`, whose one goroutine serves all meters of a process.
 */
export const LOOP_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L28',
    title: 'MongoDB session of the old driver made again and again',
    family: 'loop',
    grade: 'strong',
    states: ['sleep'],
    stacks: [
      {
        frames: [
          [
            'gopkg.in/mgo%2ev2.(*mongoServer).pinger',
            'github.com/globalsign/mgo.(*mongoServer).pinger',
            'labix.org/v2/mgo.(*mongoServer).pinger',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning: 'The old driver pings each server of each session it dialled, for as long as the session is open.',
    check: [
      'Is mgo.Dial called for each request instead of once, with session.Copy for each request?',
      'Is every session that was dialled, copied or cloned closed?',
      'Does a dial that failed or timed out go on in the background?',
    ],
    example: {
      before:
        'func load(id string) (*Doc, error) {\n\ts, err := mgo.Dial(url)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn find(s, id)\n}',
      after:
        'func load(id string) (*Doc, error) {\n\ts := session.Copy() // dialled once\n\tdefer s.Close()\n\treturn find(s, id)\n}',
    },
    sources: ['go-mgo/mgo#516'],
  },
  {
    kind: 'leak',
    id: 'L29',
    title: 'MongoDB client made again and again',
    family: 'loop',
    grade: 'strong',
    states: [],
    stacks: [
      {
        frames: [
          [
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*Server).update',
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*Server).check*',
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*rttMonitor).*',
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*pool).maintain',
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*pool).createConnections*',
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*cancellListener).Listen',
            'go.mongodb.org/mongo-driver/x/mongo/driver/topology.(*Topology).*',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning:
      'Each client watches each server and keeps a pool for it: several goroutines that end with Disconnect only. All groups grow together.',
    check: [
      'Is mongo.Connect called for each request, health check or reload?',
      'Is Disconnect called on every client, also when Ping fails right after Connect?',
      'Do the groups of the driver grow by equal steps? Then it is one client for each call of one function.',
    ],
    example: {
      before:
        'func healthy(ctx context.Context) error {\n\tc, err := mongo.Connect(ctx, opts)\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn c.Ping(ctx, nil)\n}',
      after:
        'func (s *Store) healthy(ctx context.Context) error {\n\treturn s.client.Ping(ctx, nil) // connected once\n}',
    },
    sources: ['dapr/dapr#3538', 'gravitational/teleport#60645'],
  },
  {
    kind: 'leak',
    id: 'L30',
    title: 'file watcher for each object',
    family: 'loop',
    grade: 'moderate',
    states: [],
    stacks: [
      {
        frames: [
          [
            'github.com/fsnotify/fsnotify.(*).readEvents',
            'github.com/fsnotify/fsnotify.(*).sendEvent',
            'gopkg.in/fsnotify%2ev1.(*).readEvents',
            'gopkg.in/fsnotify/fsnotify%2ev1.(*).readEvents',
            'github.com/howeyc/fsnotify.(*).readEvents',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning: 'Each file watcher has a goroutine and an inotify handle until Close; they become more.',
    check: [
      'Is NewWatcher called for each config, certificate or object instead of once with many Add calls?',
      'Is Close called on every path, also when Add fails?',
      'Is Events (and Errors) read until it is closed? A watcher in a channel send waits for that.',
      'How near is fs.inotify.max_user_instances?',
    ],
    example: {
      before:
        'w, err := fsnotify.NewWatcher()\nif err != nil {\n\treturn err\n}\nif err := w.Add(path); err != nil {\n\treturn err // the watcher stays\n}',
      after:
        'w, err := fsnotify.NewWatcher()\nif err != nil {\n\treturn err\n}\ndefer w.Close()\nif err := w.Add(path); err != nil {\n\treturn err\n}',
    },
    sources: ['ory/x#672', 'kubernetes/kubernetes#135078', 'xun#132'],
    versions: '(*inotify).readEvents since fsnotify 1.8, (*Watcher).readEvents before',
  },
  {
    kind: 'leak',
    id: 'L31',
    title: 'log rotator built again and again',
    family: 'loop',
    grade: 'strong',
    states: ['chan receive'],
    stacks: [
      {
        frames: [
          [
            'gopkg.in/natefinch/lumberjack%2ev2.(*Logger).millRun',
            'gopkg.in/natefinch/lumberjack%2ev3.(*Logger).millRun',
            'github.com/natefinch/lumberjack.(*Logger).millRun',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning: 'Each lumberjack logger starts a goroutine at its first write that never ends, not even with Close.',
    check: [
      'Is a logger built for each request, tenant or reload instead of once for each file?',
      'Does a reload of the configuration build all loggers anew?',
      'Is the number of these the number of log files there should be?',
    ],
    example: {
      before: 'func logTo(file string) *log.Logger {\n\treturn log.New(&lumberjack.Logger{Filename: file}, "", 0)\n}',
      after:
        'var files sync.Map // one rotator for each file, kept\n\nfunc logTo(file string) *log.Logger {\n\tw, _ := files.LoadOrStore(file, &lumberjack.Logger{Filename: file})\n\treturn log.New(w.(io.Writer), "", 0)\n}',
    },
    sources: ['natefinch/lumberjack#56', 'natefinch/lumberjack#205', 'natefinch/lumberjack#219', 'elastic/beats#49035'],
  },
  {
    kind: 'leak',
    id: 'L32',
    title: 'Redis client made again and again',
    family: 'loop',
    grade: 'strong',
    states: ['select', 'chan receive'],
    stacks: [
      {
        frames: [
          [
            'github.com/go-redis/redis/internal/pool.(*ConnPool).reaper',
            'github.com/redis/go-redis/internal/pool.(*ConnPool).reaper',
            'gopkg.in/redis.v5/internal/pool.(*ConnPool).reaper',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning: 'Each client has a goroutine that closes idle connections, until Close. They become more.',
    check: [
      'Is redis.NewClient called for each request or job instead of once?',
      'Is Close called on clients that are replaced, also when Ping fails?',
      'Do connections to the server grow with them?',
    ],
    example: {
      before:
        'func count(ctx context.Context, key string) (int64, error) {\n\treturn redis.NewClient(opts).Incr(ctx, key).Result()\n}',
      after:
        'var client = redis.NewClient(opts)\n\nfunc count(ctx context.Context, key string) (int64, error) {\n\treturn client.Incr(ctx, key).Result()\n}',
    },
    sources: ['hibiken/asynq#1095', 'gomodule/redigo#464'],
    versions: 'go-redis to v8; v9 has no reaper',
  },
  {
    kind: 'leak',
    id: 'L33',
    title: 'database handle opened again and again',
    family: 'loop',
    grade: 'strong',
    states: ['select'],
    stacks: [{ top: ['database/sql.(*DB).connectionOpener', 'database/sql.(*DB).connectionResetter'] }],
    needs: { growth: true },
    meaning: 'One for each sql.DB until Close. A DB is a pool and is meant to be opened once; these become more.',
    check: [
      'Is sql.Open called for each request, job or health check instead of once?',
      'Is Close called on every DB that is replaced, also when Ping fails?',
      'Is the number of these the number of pools there should be?',
      'Does the database show as many idle connections?',
    ],
    example: {
      before:
        'func find(ctx context.Context, id int) (*Row, error) {\n\tdb, err := sql.Open("mysql", dsn)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn query(ctx, db, id)\n}',
      after:
        'type Store struct{ db *sql.DB } // opened once\n\nfunc (s *Store) Find(ctx context.Context, id int) (*Row, error) {\n\treturn query(ctx, s.db, id)\n}',
    },
    sources: ['replication-manager#295', 'XSAM/otelsql#110', 'database/sql/sql.go'],
    versions: 'connectionResetter Go 1.10 to 1.15',
  },
  {
    kind: 'leak',
    id: 'L25',
    title: 'ticker loop with no stop',
    family: 'loop',
    grade: 'moderate',
    states: ['chan receive', 'select'],
    // The second USER is met by the top frame: with both parts the rule says more than the shapes that rest for good.
    stacks: [{ top: [USER], frames: [[USER]] }],
    needs: { growth: true, awake: true },
    generic: true,
    meaning:
      'They become more and none of them waits for long: each wakes on a ticker or timer, works a little and goes on for ever.',
    check: [
      'Does the loop have a case that ends it (a stop channel, ctx.Done), and who triggers that?',
      'Is it `for range ticker.C`? Stop does not close the channel; the loop needs a second channel and a select.',
      'Is the ticker made with time.Tick? Then nothing can stop it.',
      'Is the loop started for each request or object instead of once?',
      'Is there a Close for what it belongs to, and is it called?',
    ],
    example: {
      before:
        'func NewMeter() *Meter {\n\tm := &Meter{}\n\tgo func() {\n\t\tfor range time.Tick(time.Second) {\n\t\t\tm.update()\n\t\t}\n\t}()\n\treturn m\n}',
      after:
        'func NewMeter(ctx context.Context) *Meter {\n\tm := &Meter{}\n\tgo func() {\n\t\tt := time.NewTicker(time.Second)\n\t\tdefer t.Stop()\n\t\tfor {\n\t\t\tselect {\n\t\t\tcase <-t.C:\n\t\t\t\tm.update()\n\t\t\tcase <-ctx.Done():\n\t\t\t\treturn\n\t\t\t}\n\t\t}\n\t}()\n\treturn m\n}',
    },
    sources: [
      'gobyexample#206',
      'i-love-flamingo/flamingo#290',
      'speedtest-go#142',
      'LeakProf (arXiv 2312.12002): looping timer',
    ],
  },
  {
    kind: 'leak',
    id: 'L34',
    title: 'janitor for each object',
    family: 'loop',
    grade: 'moderate',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: [
          ...PERIODIC,
          '*.(*janitor).*',
          '*.(*Janitor).*',
          '*.(*heartbeat*',
          '*.(*ticker).*',
          '*.tick',
          '*.Tick',
          '*.tickLoop',
        ],
      },
    ],
    needs: { growth: true },
    generic: true,
    meaning:
      'By its name this is work that is done now and then, on a ticker. One for a process is right; these become more: one for each object that was made, and none is stopped.',
    check: [
      'Does the goroutine have a second case that ends it (a stop channel, ctx.Done), and who triggers that?',
      'Does it range over ticker.C? Stop does not close that channel, so the loop never ends.',
      'Is there a Close or Stop for the object, and is it called for each one made?',
      'Can one goroutine serve all objects?',
    ],
    example: {
      before:
        'func NewCache() *Cache {\n\tc := &Cache{t: time.NewTicker(time.Minute)}\n\tgo func() {\n\t\tfor range c.t.C { // goes on waiting after Stop\n\t\t\tc.sweep()\n\t\t}\n\t}()\n\treturn c\n}\n\nfunc (c *Cache) Close() { c.t.Stop() }',
      after:
        'func (c *Cache) run() {\n\tdefer c.t.Stop()\n\tfor {\n\t\tselect {\n\t\tcase <-c.t.C:\n\t\t\tc.sweep()\n\t\tcase <-c.done:\n\t\t\treturn\n\t\t}\n\t}\n}\n\nfunc (c *Cache) Close() { close(c.done) }',
    },
    sources: ['patrickmn/go-cache', 'LeakProf (arXiv 2312.12002): looping timer', 'LEAKS.md L34'],
  },
  {
    kind: 'leak',
    id: 'L26',
    title: 'sleeping loop with no exit',
    family: 'loop',
    grade: 'moderate',
    states: ['sleep'],
    stacks: [{ top: [USER], without: ['main.main'] }],
    needs: { growth: true },
    generic: true,
    meaning:
      'Loops that sleep between two rounds become more, and none ends: a poll or heartbeat for each object, or a retry without a last attempt.',
    check: [
      'What ends the loop: is there a stop channel or a context beside the sleep?',
      'Is it a retry? How many attempts, up to how long, and does it stop when the caller has gone?',
      'Is it started for each object or connection, and does it end with it?',
      'Can time.Sleep become a select on a timer and ctx.Done, so that a stop is seen at once?',
      'Is the other side down? Retries that end when it is back are an outage, no leak.',
    ],
    example: {
      before: 'func (p *Part) putUntilDone() {\n\tfor p.put() != nil {\n\t\ttime.Sleep(time.Second)\n\t}\n}',
      after:
        'func (p *Part) put(ctx context.Context) error {\n\tfor attempt := 0; attempt < 5; attempt++ {\n\t\tif p.try(ctx) == nil {\n\t\t\treturn nil\n\t\t}\n\t\tselect {\n\t\tcase <-time.After(backoff(attempt)):\n\t\tcase <-ctx.Done():\n\t\t\treturn ctx.Err()\n\t\t}\n\t}\n\treturn errGaveUp\n}',
    },
    sources: [
      'kamilsk/retry#109',
      'go-health#35',
      'prometheus/blackbox_exporter#1559',
      'LeakProf (arXiv 2312.12002): looping timer',
    ],
  },
];

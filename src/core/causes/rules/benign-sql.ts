import type { BenignRule, Guard } from '../rule.ts';

/** A program has a handful of pools; one per tenant or shard makes dozens. */
const POOLS: Guard = { kind: 'pool', count: 100 };
/** Connections of all pools together. PostgreSQL allows 100 and MySQL 151 unless told otherwise, on each of a few servers. */
const CONNECTIONS: Guard = { kind: 'pool', count: 500 };

const SQL = 'database/sql/sql.go';
const SEEN = 'test/fixtures/causes/benign/dumps';
const PGX = 'github.com/jackc/pgx/pgxpool';
const MONGO = '*mongo-driver/x/mongo/driver/topology';
const SARAMA = ['github.com/IBM/sarama', 'github.com/Shopify/sarama'];

/** The same functions of every module the package was ever part of. */
const each = (packages: readonly string[], functions: readonly string[]): readonly string[] =>
  packages.flatMap((name) => functions.map((fn) => `${name}.${fn}`));

/** What clients of databases, caches and queues keep per pool, connection or subscription. */
export const BENIGN_SQL: readonly BenignRule[] = [
  {
    id: 'B17',
    kind: 'benign',
    title: 'opener of a database/sql pool',
    states: ['select'],
    stacks: [{ top: ['database/sql.(*DB).connectionOpener'], createdBy: ['database/sql.OpenDB', 'database/sql.Open'] }],
    guard: POOLS,
    otherwise: 'L33',
    meaning: 'opens connections when the pool needs some, one per pool',
    sources: [SQL, 'etcd leak.go', SEEN],
  },
  {
    id: 'B18',
    kind: 'benign',
    title: 'cleaner of a database/sql pool',
    states: ['select'],
    stacks: [
      {
        top: ['database/sql.(*DB).connectionResetter', 'database/sql.(*DB).connectionCleaner'],
        createdBy: ['database/sql.OpenDB', 'database/sql.Open', 'database/sql.(*DB).startCleanerLocked'],
      },
    ],
    guard: POOLS,
    otherwise: 'L33',
    meaning: 'closes connections that are too old, one per pool',
    sources: [SQL, SEEN],
    versions: 'the resetter to Go 1.14',
  },
  {
    id: 'B19',
    kind: 'benign',
    title: 'watcher of a MySQL connection',
    states: ['select'],
    stacks: [
      {
        top: ['github.com/go-sql-driver/mysql.(*mysqlConn).startWatcher.func'],
        createdBy: ['github.com/go-sql-driver/mysql.(*mysqlConn).startWatcher'],
      },
    ],
    guard: CONNECTIONS,
    otherwise: 'L20',
    meaning: 'waits for the next cancellation, one per open connection',
    sources: ['github.com/go-sql-driver/mysql connection.go', SEEN],
  },
  {
    id: 'B20',
    kind: 'benign',
    title: 'health check of a pgx pool',
    states: ['select'],
    stacks: [{ top: [`${PGX}.(*Pool).backgroundHealthCheck`], createdBy: [`${PGX}.*`] }],
    guard: POOLS,
    otherwise: 'L33',
    meaning: 'looks after the connections of a pool once a minute, one per pool',
    sources: ['github.com/jackc/pgx/v5 pgxpool/pool.go', SEEN],
  },
  {
    id: 'B21',
    kind: 'benign',
    title: 'triggered health check of a pgx pool',
    states: ['sleep'],
    stacks: [
      {
        frames: [['time.Sleep'], [`${PGX}.(*Pool).triggerHealthCheck.func`]],
        createdBy: [`${PGX}.(*Pool).triggerHealthCheck`],
      },
    ],
    // It sleeps for half a second.
    guard: { kind: 'young', minutes: 1, count: 500 },
    otherwise: null,
    meaning: 'waits half a second before it looks at a returned connection',
    sources: ['github.com/jackc/pgx/v5 pgxpool/pool.go', SEEN],
  },
  {
    id: 'B22',
    kind: 'benign',
    title: 'PostgreSQL listener',
    states: ['chan receive', 'select', 'IO wait', 'cond'],
    stacks: [
      {
        frames: [
          [
            'github.com/lib/pq.(*Listener).listenerConnLoop',
            'github.com/lib/pq.(*ListenerConn).listenerConnMain',
            'github.com/lib/pq.(*ListenerConn).listenerConnLoop',
          ],
        ],
        createdBy: ['github.com/lib/pq.*'],
      },
    ],
    guard: POOLS,
    otherwise: null,
    meaning: 'waits for notifications of the database, two per listener',
    sources: ['github.com/lib/pq notify.go', SEEN],
  },
  {
    id: 'B23',
    kind: 'benign',
    title: 'clock of go-redis',
    states: ['chan receive', 'sleep'],
    stacks: [
      {
        top: ['github.com/redis/go-redis/internal/pool.startGlobalTimeCache.func'],
        createdBy: ['github.com/redis/go-redis/internal/pool.startGlobalTimeCache'],
      },
    ],
    guard: { kind: 'at-most', count: 1 },
    otherwise: null,
    meaning: 'keeps the time for all pools, one per process',
    sources: ['github.com/redis/go-redis/v9 internal/pool/global_time_cache.go', SEEN],
    versions: 'go-redis 9.17',
  },
  {
    id: 'B24',
    kind: 'benign',
    title: 'go-redis follows a sentinel',
    states: ['chan receive'],
    stacks: [{ top: ['*redis.(*sentinelFailover).listen'], createdBy: ['*redis.(*sentinelFailover).*'] }],
    guard: POOLS,
    otherwise: 'L32',
    meaning: 'waits for the sentinels to name another master, one per client',
    sources: ['github.com/redis/go-redis/v9 sentinel.go', SEEN],
  },
  {
    id: 'B65',
    kind: 'benign',
    title: 'go-redis subscription',
    states: ['chan receive', 'select', 'IO wait'],
    stacks: [
      {
        frames: [
          [
            '*redis.(*channel).initMsgChan.func',
            '*redis.(*channel).initHealthCheck.func',
            '*redis.(*channel).initAllChan.func',
          ],
        ],
        createdBy: ['*redis.(*channel).*'],
      },
    ],
    guard: CONNECTIONS,
    otherwise: 'L32',
    meaning: 'reads the messages of a subscription and pings it, two per subscription',
    sources: ['github.com/redis/go-redis/v9 pubsub.go', SEEN],
  },
  {
    id: 'B66',
    kind: 'benign',
    title: 'pool of a go-redis client',
    states: ['select'],
    stacks: [
      { top: ['*redis/internal/pool.(*ConnPool).reaper'], createdBy: ['*redis/internal/pool.NewConnPool'] },
      { top: ['*redis.(*ringSharding).Heartbeat', '*redis.(*ringShards).Heartbeat'], createdBy: ['*redis.NewRing'] },
    ],
    guard: POOLS,
    otherwise: 'L32',
    meaning: 'closes connections that are idle for too long, one per client',
    sources: ['github.com/go-redis/redis/v8 internal/pool/pool.go', SEEN],
    versions: 'reaper to go-redis 8',
  },
  {
    id: 'B25',
    kind: 'benign',
    title: 'MongoDB client',
    states: ['select', 'cond', 'chan receive', 'IO wait', 'sleep'],
    stacks: [
      {
        frames: [
          [
            `${MONGO}.(*Server).update`,
            `${MONGO}.(*rttMonitor).runHellos`,
            `${MONGO}.(*rttMonitor).start`,
            `${MONGO}.(*pool).maintain`,
            `${MONGO}.(*pool).createConnections`,
          ],
        ],
        createdBy: [`${MONGO}.*`],
      },
      { top: [`${MONGO}.(*cancellListener).Listen`, '*mongo-driver/internal*.(*CancellationListener).Listen'] },
    ],
    // About six per server and client.
    guard: CONNECTIONS,
    otherwise: 'L29',
    meaning: 'watch the servers of a client and keep its connections, about six per server',
    sources: ['go.mongodb.org/mongo-driver x/mongo/driver/topology', SEEN],
  },
  {
    id: 'B26',
    kind: 'benign',
    title: 'Kafka client',
    states: ['chan receive', 'select', 'IO wait'],
    stacks: [
      {
        frames: [
          each(SARAMA, [
            '(*Broker).responseReceiver',
            '(*client).backgroundMetadataUpdater',
            '(*asyncProducer).dispatcher',
            '(*asyncProducer).retryHandler',
            '(*asyncProducer).newBrokerProducer.func',
            '(*topicProducer).dispatch',
            '(*partitionProducer).dispatch',
            '(*brokerProducer).run',
            '(*syncProducer).handleSuccesses',
            '(*syncProducer).handleErrors',
            '(*partitionConsumer).dispatcher',
            '(*partitionConsumer).responseFeeder',
            '(*brokerConsumer).subscriptionManager',
            '(*brokerConsumer).subscriptionConsumer',
          ]),
          // All of them are started through it.
          each(SARAMA, ['withRecover']),
        ],
      },
    ],
    guard: { kind: 'pool', count: 1000 },
    otherwise: 'L10',
    meaning: 'serve brokers, topics and partitions of Kafka clients, a few each',
    sources: ['github.com/IBM/sarama', SEEN],
  },
  {
    id: 'B27',
    kind: 'benign',
    title: 'RabbitMQ connection',
    states: ['select', 'chan receive', 'IO wait'],
    stacks: [
      {
        frames: [
          [
            'github.com/rabbitmq/amqp091-go.(*Connection).heartbeater',
            'github.com/rabbitmq/amqp091-go.(*Connection).reader',
            'github.com/rabbitmq/amqp091-go.(*consumers).buffer',
          ],
        ],
        createdBy: ['github.com/rabbitmq/amqp091-go.*'],
      },
    ],
    guard: CONNECTIONS,
    otherwise: null,
    meaning: 'read a connection, keep it alive and buffer its consumers',
    sources: ['github.com/rabbitmq/amqp091-go connection.go, consumers.go', SEEN],
  },
];

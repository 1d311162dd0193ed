import { type LeakRule, USER } from '../rule.ts';
import { SERVER_FRAMES } from './server-frames.ts';

const GRPC = 'google.golang.org/grpc';
const TRANSPORT = `${GRPC}/internal/transport`;

/**
 * Shapes of leaks of the family `cancel` (LEAKS.md). L14 stands for L15 (Start without Stop) and L24 (a multiplexer of
 * watches that all have ended): user code in a select that no longer has a case to come.
 */
export const CANCEL_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L13',
    title: 'derived context that is never cancelled',
    family: 'cancel',
    grade: 'strong',
    states: ['select'],
    stacks: [{ top: ['context.propagateCancel.func', 'context.(*cancelCtx).propagateCancel.func'] }],
    needs: { growthOrAge: true },
    meaning:
      'WithCancel, WithTimeout or WithDeadline was called on a parent of an own type, which costs a goroutine until one of both is done; neither is.',
    check: [
      'Is the cancel function called on every path (defer cancel() beside the call), not only on errors?',
      'Which type is the parent? Contexts of package context need no goroutine; those of frameworks do.',
      'Does the parent ever end: is its Done channel closed when the request or connection is over?',
      'Is the cancel function kept in a struct whose Close or Stop nobody calls?',
      'Can the work take the plain context below the parent instead?',
    ],
    example: {
      before:
        'ctx, cancel := context.WithCancel(framework.Request)\nif err := call(ctx); err != nil {\n\tcancel()\n\treturn err\n}\nreturn nil // never cancelled',
      after: 'ctx, cancel := context.WithCancel(framework.Request)\ndefer cancel()\nreturn call(ctx)',
    },
    sources: ['jbenet/goprocess#19', 'uber/tchannel-go#278', 'context/context.go'],
    versions: 'context.(*cancelCtx).propagateCancel since Go 1.21, context.propagateCancel before',
  },
  {
    kind: 'leak',
    id: 'L16',
    title: 'gRPC stream neither read to its end nor cancelled',
    family: 'cancel',
    grade: 'strong',
    states: ['select'],
    stacks: [{ top: [`${GRPC}.new*ClientStream*.func`] }],
    needs: { growthOrAge: true },
    meaning:
      'A client stream was left open: it ends only when its context is cancelled, or Recv was called until it returned an error.',
    check: [
      'Is the context of the stream cancelled when the function that opened it returns?',
      'Is Recv called until it gives io.EOF or another error, also when only the first answer matters?',
      'Is the context one of the whole process (context.Background)?',
      'Does a loop open the stream again on an error without cancelling the one before?',
      'Does the server show as many open streams?',
    ],
    example: {
      before:
        'stream, err := client.Watch(context.Background(), req)\nif err != nil {\n\treturn err\n}\nfirst, err := stream.Recv()\nreturn use(first, err)',
      after:
        'ctx, cancel := context.WithCancel(ctx)\ndefer cancel() // ends the stream\nstream, err := client.Watch(ctx, req)\nif err != nil {\n\treturn err\n}\nfirst, err := stream.Recv()\nreturn use(first, err)',
    },
    sources: [
      'grpc/grpc-go#1936',
      'e2b-dev/infra#2362',
      'containerd/containerd#4617',
      'googleapis/google-cloud-go#12659',
    ],
    versions: 'newClientStreamWithParams since grpc 1.37, newClientStream before',
  },
  {
    kind: 'leak',
    id: 'L17',
    title: 'gRPC connection made again and again',
    family: 'cancel',
    grade: 'strong',
    states: [],
    stacks: [
      { top: [`${GRPC}/internal/grpcsync.(*CallbackSerializer).run`] },
      { frames: [[`${TRANSPORT}.(*http2Client).reader`]] },
      { top: [`${TRANSPORT}.(*http2Client).keepalive`] },
      {
        top: [`${TRANSPORT}.(*controlBuffer).get`],
        frames: [
          [`${TRANSPORT}.(*loopyWriter).run`],
          [`${TRANSPORT}.newHTTP2Client.func`, `${TRANSPORT}.NewHTTP2Client.func`],
        ],
      },
      {
        top: [
          `${GRPC}.(*ccBalancerWrapper).watcher`,
          `${GRPC}.(*ccResolverWrapper).watcher`,
          `${GRPC}.(*addrConn).resetTransport`,
          `${GRPC}.(*addrConn).*ransportMonitor`,
        ],
      },
    ],
    needs: { growth: true },
    meaning:
      'Each client connection has a handful of goroutines for as long as it is open. They become more, all groups by the same step: connections are opened and not closed.',
    check: [
      'Is grpc.NewClient (or Dial) called for each request instead of once?',
      'Does every connection have an owner that calls Close, also on errors right after dialling?',
      'Do all gRPC groups grow by equal steps? Then it is one for each call of one function.',
      'Is a client made again on a reload or a failed health check while the old one stays?',
      'Do backends fail? Many in resetTransport with a steady number of connections is an outage, no leak.',
    ],
    example: {
      before:
        'func Price(ctx context.Context, addr string) (*Quote, error) {\n\tconn, err := grpc.NewClient(addr, opts...)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn NewPricesClient(conn).Get(ctx, req)\n}',
      after:
        'type Prices struct{ conn *grpc.ClientConn } // made once, shared\n\nfunc (p *Prices) Price(ctx context.Context) (*Quote, error) {\n\treturn NewPricesClient(p.conn).Get(ctx, req)\n}\n\nfunc (p *Prices) Close() error { return p.conn.Close() }',
    },
    sources: ['grpc/grpc-go#6413', 'grpc/grpc-go#2507', 'grpc/grpc-go#8267', 'go-grpc#23'],
    versions: 'CallbackSerializer since grpc 1.55, watcher before; keepalive only with keepalive parameters',
  },
  {
    kind: 'leak',
    id: 'L18',
    title: 'handler that goes on without its client',
    family: 'cancel',
    grade: 'moderate',
    states: ['select', 'chan receive'],
    stacks: [{ top: [USER], frames: [SERVER_FRAMES] }],
    needs: { growth: true },
    generic: true,
    meaning:
      'Handlers of requests wait for something of their own and become more: clients have left and nothing tells the handlers, or clients stay.',
    check: [
      'Does the handler wait for the context of its request or stream beside what it waits for?',
      'Is the context of the call handed on to what the handler asks?',
      'Does the server notice clients that vanished (timeouts, keepalive parameters)?',
      'Who ends the subscription of the handler: the client, the server, or nobody?',
      'Are there as many clients as handlers? Then they are what they should be.',
    ],
    example: {
      before:
        'func (s *Server) Watch(r *Request, out Orders_WatchServer) error {\n\tfor e := range s.events.Subscribe() {\n\t\tout.Send(e)\n\t}\n\treturn nil\n}',
      after:
        'func (s *Server) Watch(r *Request, out Orders_WatchServer) error {\n\tevents, stop := s.events.Subscribe()\n\tdefer stop()\n\tfor {\n\t\tselect {\n\t\tcase e := <-events:\n\t\t\tif err := out.Send(e); err != nil {\n\t\t\t\treturn err\n\t\t\t}\n\t\tcase <-out.Context().Done():\n\t\t\treturn out.Context().Err()\n\t\t}\n\t}\n}',
    },
    sources: ['grpc/grpc-go#1936', 'google.golang.org/grpc server.go'],
  },
  {
    kind: 'leak',
    id: 'L19',
    title: 'transaction or rows not closed',
    family: 'cancel',
    grade: 'strong',
    // A transaction waits for its context in a receive, rows in a select (Go 1.24).
    states: ['select', 'chan receive'],
    stacks: [
      { top: ['database/sql.(*Tx).awaitDone', 'database/sql.(*Rows).awaitDone'] },
      { top: ['database/sql.(*DB).conn'] },
    ],
    needs: { growthOrAge: true, orMinutes: 5 },
    meaning:
      'A transaction or result set waits to be closed or cancelled and keeps its database connection; when the pool has none left, callers wait in database/sql.(*DB).conn.',
    check: [
      'Is rows.Close deferred right after the error check, also where the loop is left early?',
      'Does every path after Begin reach Commit or Rollback (defer tx.Rollback() is safe after Commit)?',
      'Can QueryRow or Exec replace a Query whose rows are not read?',
      'Does a query inside the loop over rows need a second connection of a pool that has only one?',
      'Is there a pool limit (SetMaxOpenConns), and do waiters give up by their context?',
    ],
    example: {
      before:
        'rows, err := db.QueryContext(ctx, q)\nif err != nil {\n\treturn err\n}\nif rows.Next() {\n\treturn rows.Scan(&id) // rows stay open\n}',
      after:
        'rows, err := db.QueryContext(ctx, q)\nif err != nil {\n\treturn err\n}\ndefer rows.Close()\nif rows.Next() {\n\treturn rows.Scan(&id)\n}',
    },
    sources: [
      'golang/go#23922',
      'rkt/rkt#3682',
      'open-telemetry/opentelemetry-collector-contrib#49462',
      'database/sql/sql.go',
    ],
  },
  {
    kind: 'leak',
    id: 'L20',
    title: 'database connections that are not given back',
    family: 'cancel',
    grade: 'moderate',
    states: ['select'],
    stacks: [{ top: ['github.com/go-sql-driver/mysql.(*mysqlConn).startWatcher.func'] }],
    needs: { growth: true },
    meaning:
      'One watcher for each open MySQL connection. They become more: connections are taken and kept, or pools are.',
    check: [
      'Is there a limit (SetMaxOpenConns) and how near is the count to it?',
      'Is every sql.Conn, Tx and Rows closed? Look for database/sql.(*Tx).awaitDone and (*Rows).awaitDone.',
      'Is sql.Open called for each request? Look for database/sql.(*DB).connectionOpener.',
      'Do connections end when idle (SetConnMaxIdleTime), and does the server agree?',
    ],
    example: {
      before:
        'conn, err := db.Conn(ctx)\nif err != nil {\n\treturn err\n}\nreturn migrate(ctx, conn) // conn is never given back',
      after:
        'conn, err := db.Conn(ctx)\nif err != nil {\n\treturn err\n}\ndefer conn.Close()\nreturn migrate(ctx, conn)',
    },
    sources: ['go-sql-driver/mysql#626', 'matrixorigin/matrixone#12731'],
  },
  {
    kind: 'leak',
    id: 'L21',
    title: 'HTTP answer left open under a client timeout',
    family: 'cancel',
    grade: 'strong',
    states: ['select'],
    stacks: [{ top: ['net/http.setRequestCancel.func'] }],
    needs: { growthOrAge: true },
    meaning:
      'The timeout of an http.Client is kept by a goroutine until the body of the answer is closed. Only with a transport of an own type, or an old Go.',
    check: [
      'Is the body of every answer closed, also when the status is an error?',
      'Which transport does the client have? A wrapper of an own type brings this goroutine.',
      'Can a context with a timeout replace Client.Timeout?',
      'How long is the timeout? They end when it is over.',
    ],
    example: {
      before:
        'client := http.Client{Transport: tracing{}, Timeout: time.Hour}\nres, err := client.Get(url)\nif err != nil || res.StatusCode != 200 {\n\treturn err\n}',
      after:
        'client := http.Client{Transport: tracing{}, Timeout: time.Hour}\nres, err := client.Get(url)\nif err != nil {\n\treturn err\n}\ndefer res.Body.Close()',
    },
    sources: ['vmware/go-vcloud-director#803', 'net/http/client.go'],
  },
  {
    kind: 'leak',
    id: 'L22',
    title: 'informer whose stop channel never closes',
    family: 'cancel',
    grade: 'moderate',
    states: [],
    stacks: [
      {
        frames: [
          [
            'k8s.io/client-go/tools/cache.(*Reflector).*',
            'k8s.io/client-go/tools/cache.(*processorListener).*',
            'k8s.io/client-go/tools/cache.(*controller).*',
            'k8s.io/client-go/tools/cache.(*sharedIndexInformer).*',
            'k8s.io/client-go/tools/cache.(*sharedProcessor).*',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning: 'Informers are started and never stopped; all their groups multiply by the same factor.',
    check: [
      'Is an informer factory made for each request, reconcile or reload instead of once?',
      'Is the stop channel (or context) of Run ever closed?',
      'Do all groups of client-go grow by the same factor? Then it is one informer, or factory, for each call.',
      'Can a lister of the shared informer answer instead?',
    ],
    example: {
      before:
        'func Pods(ns string) []*v1.Pod {\n\tf := informers.NewSharedInformerFactory(client, 0)\n\tf.Start(make(chan struct{}))\n\treturn list(f, ns)\n}',
      after:
        'f := informers.NewSharedInformerFactory(client, 0) // once\nf.Start(ctx.Done())\n\nfunc Pods(ns string) []*v1.Pod { return list(f, ns) }',
    },
    sources: ['openshift/origin#2869', 'k8s.io/client-go/tools/cache'],
  },
  {
    kind: 'leak',
    id: 'L23',
    title: 'trace or metric pipeline built again without a shutdown',
    family: 'cancel',
    grade: 'strong',
    states: ['select', 'chan receive'],
    stacks: [
      {
        frames: [
          [
            'go.opentelemetry.io/otel/sdk/trace.(*batchSpanProcessor).*',
            'go.opentelemetry.io/otel/sdk/metric.(*PeriodicReader).*',
            'go.opentelemetry.io/otel/sdk/log.(*BatchProcessor).*',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning:
      'One goroutine for each span processor or metric reader. They become more with each reload: the provider before was not shut down.',
    check: [
      'Is Shutdown called on the provider that a reload replaces?',
      'Is a provider made for each tenant, request or test?',
      'Does the count equal the number of reloads?',
      'Does Shutdown get a context that lasts long enough to flush?',
    ],
    example: {
      before: 'func reload(c Config) {\n\totel.SetTracerProvider(newProvider(c))\n}',
      after:
        'func reload(ctx context.Context, c Config) error {\n\told := provider\n\tprovider = newProvider(c)\n\totel.SetTracerProvider(provider)\n\treturn old.Shutdown(ctx)\n}',
    },
    sources: ['caddyserver/caddy#7826', 'go.opentelemetry.io/otel/sdk/trace/batch_span_processor.go'],
  },
  {
    kind: 'leak',
    id: 'L14',
    title: 'select that never sees a cancellation',
    family: 'cancel',
    grade: 'moderate',
    states: ['select'],
    stacks: [{ top: [USER] }],
    needs: { growth: true },
    generic: true,
    meaning:
      'They wait in a select for work or for a stop, and become more: whoever started them is gone and nobody cancels the context or closes the stop channel.',
    check: [
      'Which context does the select wait for: the one of the request, or one of the whole process?',
      'Who calls cancel, and on every path?',
      'Is there a Stop or Close for this type, and is it called for each one made?',
      'Is the stop channel closed (which wakes all), or sent to once?',
      'Can the goroutine that was to close the channel return earlier, at an error or at its own cancellation?',
      'Is one case a ticker? Then it is a loop with no stop.',
    ],
    example: {
      before: 'func (s *Session) Start() {\n\tgo s.watch(context.Background())\n}',
      after:
        'func (s *Session) Start(ctx context.Context) {\n\tctx, s.cancel = context.WithCancel(ctx)\n\tgo s.watch(ctx)\n}\n\nfunc (s *Session) Close() { s.cancel() }',
    },
    sources: [
      'LeakProf (arXiv 2312.12002): MethodContractViolation',
      'vanadium#214',
      'uber-go/ratelimit#19',
      'lestrrat-go/backoff#31',
      'karmada-io/karmada#4221',
    ],
  },
  {
    kind: 'leak',
    id: 'L60',
    title: 'package initialisation that does not end',
    family: 'cancel',
    grade: 'moderate',
    generic: true,
    states: ['chan receive', 'chan send', 'select', 'wait group', 'cond', 'IO wait'],
    // `init` also is a name of methods. Where main.main waits is the end of a program (B60), or one of the other rules.
    stacks: [{ frames: [['*.init']], without: ['*.(*).init', 'main.main'] }],
    needs: { minutes: 2 },
    meaning:
      'A package waits while it is initialised, so main has not begun. What it waits for is missing, or needs a package that is initialised later.',
    check: [
      'What does the init function (or the value of a package variable) wait for, and does that have a time limit?',
      'Is it woken by code that only runs once main has begun?',
      'Can it be done in main, where errors and time limits have a place?',
    ],
    example: {
      before: 'func init() {\n\tsettings = <-fetch() // nothing else starts\n}',
      after:
        'func main() {\n\tctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)\n\tdefer cancel()\n\tsettings, err := fetch(ctx)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n}',
    },
    sources: ['LEAKS.md L60', 'Go specification: program initialization'],
  },
];

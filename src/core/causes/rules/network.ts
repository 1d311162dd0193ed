import { type LeakRule, USER } from '../rule.ts';
import { NAME_RESOLUTION } from './shapes.ts';

const DIALS = ['net/http.(*Transport).*'];

/**
 * Shapes of leaks of the family `network` (LEAKS.md). The runtime's leak profile sees none of them: the poller could
 * always wake who waits for bytes. What happens at rest is for the benign rules that name these as their `otherwise`.
 */
export const NETWORK_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L49',
    title: 'response body not closed',
    family: 'network',
    grade: 'strong',
    // An idle connection's reader waits for bytes, over bufio.(*Reader).Peek. In select, readLoop itself on top, it waits
    // for its body to be read or closed: measured on Go 1.19 to 1.27 (test/fixtures/causes/http-body).
    states: ['select'],
    stacks: [{ top: ['net/http.(*persistConn).readLoop'], createdBy: DIALS }],
    needs: { count: 5, growthOrAge: true, orMinutes: 5 },
    meaning:
      'Connections of an HTTP client hold a response whose body is neither read to its end nor closed, so each request opens a new connection and leaves two goroutines.',
    check: [
      'Is resp.Body.Close() deferred right after the error check, on every path, also for status codes that end early?',
      'Is the body read (or io.Copy(io.Discard, resp.Body)) where only the status is of interest?',
      'Does a helper return the response to callers that do not know they must close it?',
      'Are as many goroutines in net/http.(*body).Read? Then somebody reads: a slow or endless stream, not a forgotten one.',
      'Does the client have a timeout, so that a body left open ends at last?',
    ],
    example: {
      before:
        'resp, err := client.Get(url)\nif err != nil {\n\treturn err\n}\nif resp.StatusCode != http.StatusOK {\n\treturn errStatus // body stays open\n}\ndefer resp.Body.Close()',
      after:
        'resp, err := client.Get(url)\nif err != nil {\n\treturn err\n}\ndefer resp.Body.Close()\nif resp.StatusCode != http.StatusOK {\n\treturn errStatus\n}',
    },
    sources: ['golang/go#16953', 'golang/go#34162', 'golang/go#22773', 'vmware/govmomi#1335', 'net/http/transport.go'],
  },
  {
    kind: 'leak',
    id: 'L50',
    title: 'HTTP client connections pile up',
    family: 'network',
    grade: 'moderate',
    states: ['IO wait', 'select'],
    stacks: [
      { frames: [['bufio.(*Reader).Peek'], ['net/http.(*persistConn).readLoop']], createdBy: DIALS },
      { top: ['net/http.(*persistConn).writeLoop'], createdBy: DIALS },
    ],
    // A Transport keeps up to 100 idle connections (MaxIdleConns of the default one): so many is a pool that fills.
    needs: { count: 101, growth: true },
    meaning:
      'Connections are opened and not used again: a Transport or Client made for each request keeps idle ones of its own, or response bodies stay open (then the readers stand in select).',
    check: [
      'Is http.Transport or http.Client built inside a function that runs for each request?',
      'Does the Transport have an IdleConnTimeout? One built by hand has none, so idle connections stay for ever.',
      'Is every response body closed (readers in select, see L49)?',
      'Do requests go to ever new hosts, so that no idle connection fits?',
      'Is CloseIdleConnections called when a Transport is given up?',
    ],
    example: {
      before:
        'func fetch(url string) (*http.Response, error) {\n\tc := &http.Client{Transport: &http.Transport{}}\n\treturn c.Get(url)\n}',
      after:
        'var client = &http.Client{Timeout: 10 * time.Second}\n\nfunc fetch(url string) (*http.Response, error) {\n\treturn client.Get(url)\n}',
    },
    sources: ['distribution/distribution#473', 'net/http/transport.go'],
  },
  {
    kind: 'leak',
    id: 'L51',
    title: 'HTTP/2 client connections pile up',
    family: 'network',
    grade: 'moderate',
    states: ['IO wait'],
    stacks: [
      {
        frames: [
          [
            'net/http.(*http2clientConnReadLoop).run',
            'net/http/internal/http2.(*clientConnReadLoop).run',
            'golang.org/x/net/http2.(*clientConnReadLoop).run',
          ],
        ],
      },
    ],
    needs: { count: 20, growth: true },
    meaning: 'One HTTP/2 connection carries all requests to a host. More and more of them are open.',
    check: [
      'Is http.Transport or http2.Transport built for each request or client instance?',
      'Is ReadIdleTimeout set, so that dead connections are found?',
      'Do requests carry ever new hosts or TLS settings?',
    ],
    example: {
      before: 'func call(req *http.Request) (*http.Response, error) {\n\treturn (&http2.Transport{}).RoundTrip(req)\n}',
      after:
        'var transport = &http2.Transport{ReadIdleTimeout: 30 * time.Second}\n\nfunc call(req *http.Request) (*http.Response, error) {\n\treturn transport.RoundTrip(req)\n}',
    },
    sources: ['golang/go#25759', 'golang.org/x/net/http2/transport.go'],
    versions: 'net/http/internal/http2 from Go 1.27',
  },
  {
    kind: 'leak',
    id: 'L52',
    title: 'server connections that never end',
    family: 'network',
    grade: 'moderate',
    states: ['IO wait', 'select'],
    stacks: [
      {
        frames: [['net/http.(*connReader).Read', 'crypto/tls.(*Conn).HandshakeContext'], ['net/http.(*conn).serve']],
        without: ['net/http.serverHandler.ServeHTTP'],
      },
    ],
    needs: { count: 101, growth: true },
    meaning: 'Clients connect and stay without asking, and the server has no time limit for it.',
    check: [
      'Does http.Server set IdleTimeout and ReadHeaderTimeout? Neither has a value by default.',
      'Which clients keep them: compare with the open sockets by address.',
      'Do clients make a Transport per request and drop it?',
      'Does a load balancer in front open connections ahead of need?',
    ],
    example: {
      before: 'http.ListenAndServe(":8080", handler)',
      after:
        'server := &http.Server{\n\tAddr:              ":8080",\n\tHandler:           handler,\n\tReadHeaderTimeout: 5 * time.Second,\n\tIdleTimeout:       2 * time.Minute,\n}\nserver.ListenAndServe()',
    },
    sources: ['golang/go#51614', 'gebn/bmc_exporter#39', 'stellar/horizon#29', 'net/http/server.go'],
  },
  {
    kind: 'leak',
    id: 'L53',
    title: 'HTTP handlers that do not return',
    family: 'network',
    grade: 'strong',
    states: ['IO wait'],
    stacks: [
      {
        frames: [['net/http.(*connReader).backgroundRead']],
        createdBy: ['net/http.(*connReader).startBackgroundRead'],
      },
    ],
    needs: { count: 20, growth: true },
    meaning:
      'Each of these watches the connection of a request whose handler still runs. They are the mirror: the handlers are what to look at.',
    check: [
      'Which stacks hold net/http.HandlerFunc.ServeHTTP: where do they wait?',
      'Do the handlers use r.Context(), which ends when the client leaves?',
      'Does what they call have a time limit?',
    ],
    example: {
      before: 'func handle(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprint(w, <-results)\n}',
      after:
        'func handle(w http.ResponseWriter, r *http.Request) {\n\tselect {\n\tcase result := <-results:\n\t\tfmt.Fprint(w, result)\n\tcase <-r.Context().Done():\n\t}\n}',
    },
    sources: ['net/http/server.go'],
  },
  {
    kind: 'leak',
    id: 'L54',
    title: 'reads from connections without a deadline',
    family: 'network',
    grade: 'moderate',
    // Whoever knows the protocol (gRPC, websockets, drivers) has a rule of its own.
    generic: true,
    states: ['IO wait'],
    stacks: [{ frames: [['net.(*conn).Read', 'crypto/tls.(*Conn).Read'], [USER]] }],
    needs: { count: 20, growth: true },
    meaning:
      'More and more goroutines wait for bytes of a peer. One that is gone without a word is waited for without end.',
    check: [
      'Is SetReadDeadline called before each read, or does a heartbeat close the silent ones?',
      'Is the connection closed when the other half (writer, session) ends?',
      'Do the peers still exist: compare with the open sockets by address.',
      'Is TCP keep-alive on (net.ListenConfig, net.Dialer)?',
    ],
    example: {
      before: 'for {\n\tn, err := conn.Read(buf)\n\tif err != nil {\n\t\treturn\n\t}\n\thandle(buf[:n])\n}',
      after:
        'for {\n\tconn.SetReadDeadline(time.Now().Add(idle))\n\tn, err := conn.Read(buf)\n\tif err != nil {\n\t\treturn\n\t}\n\thandle(buf[:n])\n}',
    },
    sources: ['net/net.go', 'test/fixtures/corpus/nats-2.9.10'],
  },
  {
    kind: 'leak',
    id: 'L55',
    title: 'name lookups pile up',
    family: 'network',
    grade: 'moderate',
    states: ['select', 'chan receive', 'syscall', 'IO wait'],
    stacks: NAME_RESOLUTION,
    // Short ages are load: every request looks names up.
    needs: { count: 20, minutes: 1 },
    meaning: 'Names are asked for and not answered, or asked for far too often.',
    check: [
      'Do the name servers answer? Look at the ages: minutes mean they do not.',
      'Does every lookup have a context with a time limit?',
      'Does the number of threads climb? Then the C library resolves, and each lookup takes one.',
      'Can connections be kept instead of opened for each request?',
    ],
    example: {
      before: 'addrs, err := net.LookupHost(name)',
      after:
        'ctx, cancel := context.WithTimeout(ctx, 2*time.Second)\ndefer cancel()\naddrs, err := net.DefaultResolver.LookupHost(ctx, name)',
    },
    sources: ['golang/go#10117', 'pingcap/tidb#48272', 'pingcap/tidb#49124', 'coder/coder#11038', 'net/lookup.go'],
  },
  {
    kind: 'leak',
    id: 'L56',
    title: 'websocket pumps that stay',
    family: 'network',
    grade: 'moderate',
    states: ['IO wait', 'select', 'chan receive'],
    stacks: [
      {
        frames: [
          [
            'github.com/gorilla/websocket.(*Conn).NextReader',
            'github.com/coder/websocket.(*Conn).*eader',
            'nhooyr.io/websocket.(*Conn).*eader',
            'golang.org/x/net/websocket.(*Conn).Read',
          ],
        ],
      },
    ],
    needs: { count: 20, growth: true },
    meaning: 'Each websocket has a reader, and mostly a writer. They become more: connections end on one side only.',
    check: [
      'Are there as many readers as writers? A difference counts the half-dead ones.',
      'Does the reader set a deadline and renew it on each pong?',
      'Does the writer end when the reader does, and the other way round?',
      'Is the connection closed in a defer of both?',
    ],
    example: {
      before:
        'func readPump(c *websocket.Conn) {\n\tfor {\n\t\t_, msg, err := c.ReadMessage()\n\t\tif err != nil {\n\t\t\treturn\n\t\t}\n\t\thub <- msg\n\t}\n}',
      after:
        'func readPump(c *websocket.Conn, stop func()) {\n\tdefer stop() // ends the writer, too\n\tc.SetReadDeadline(time.Now().Add(pongWait))\n\tc.SetPongHandler(func(string) error {\n\t\treturn c.SetReadDeadline(time.Now().Add(pongWait))\n\t})\n\tfor {\n\t\t_, msg, err := c.ReadMessage()\n\t\tif err != nil {\n\t\t\treturn\n\t\t}\n\t\thub <- msg\n\t}\n}',
    },
    sources: ['mailru/go-engine.io#46', 'grafana/loki PR 22073', 'github.com/gorilla/websocket conn.go'],
  },
  {
    kind: 'leak',
    id: 'L57',
    title: 'calls that hold a thread each',
    family: 'network',
    grade: 'moderate',
    states: ['syscall'],
    stacks: [{ frames: [['*._Cfunc_*']] }, { frames: [['syscall.*yscall*'], [USER]] }],
    needs: { count: 20, growth: true },
    meaning: 'C code or a system call that does not return keeps a thread of the system; at 10,000 the program dies.',
    check: [
      'What does the call wait for, and can it be told to stop?',
      'Does the number of threads (/debug/pprof/threadcreate) climb alike?',
      'Can a limit (a semaphore) stand before the call?',
      'Is a descriptor read that the poller cannot watch (a plain file, a terminal, a FIFO opened blocking)?',
    ],
    example: {
      before: 'go func() { results <- C.slow_lookup(key) }()',
      after:
        'limit <- struct{}{} // as many threads as we allow\ngo func() {\n\tdefer func() { <-limit }()\n\tresults <- C.slow_lookup(key)\n}()',
    },
    sources: ['runtime/cgocall.go', 'runtime/debug SetMaxThreads'],
  },
];

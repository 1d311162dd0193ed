/** Functions of servers below a handler: who stands above them works for a request that somebody waits for. */
export const SERVER_FRAMES = [
  'net/http.(*conn).serve',
  'net/http.(*http2serverConn).runHandler',
  'golang.org/x/net/http2.(*serverConn).runHandler',
  'google.golang.org/grpc.(*Server).processUnaryRPC',
  'google.golang.org/grpc.(*Server).processStreamingRPC',
  'github.com/valyala/fasthttp.(*Server).serveConn',
] as const;

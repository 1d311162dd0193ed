import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problemOf, type SourceRule, sourceLink } from '../../../src/core/source/link.ts';

const rule = (prefix: string, template: string, ref = ''): SourceRule => ({ prefix, template, ref });
const link = (fn: string, file: string, line = 7, rules: readonly SourceRule[] = []) =>
  sourceLink({ function: fn, file, line }, rules);
const GO = 'https://github.com/golang/go/blob';
const GITHUB = 'https://github.com';

describe('paths lead to their source', () => {
  test.each([
    // Go's library.
    ['net/http.(*conn).serve', '/usr/local/go/src/net/http/server.go', `${GO}/master/src/net/http/server.go#L7`],
    ['runtime.gopark', '/usr/lib/go-1.22/src/runtime/proc.go', `${GO}/release-branch.go1.22/src/runtime/proc.go#L7`],
    ['sync.(*Mutex).Lock', '/home/me/sdk/go1.21.4/src/sync/mutex.go', `${GO}/go1.21.4/src/sync/mutex.go#L7`],
    [
      'sync.(*Mutex).Lock',
      '/root/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.23.1.linux-amd64/src/sync/mutex.go',
      `${GO}/go1.23.1/src/sync/mutex.go#L7`,
    ],
    ['net/http.Serve', 'net/http/server.go', `${GO}/master/src/net/http/server.go#L7`],
    [
      'vendor/golang.org/x/net/http2/hpack.x',
      '/usr/local/go/src/vendor/golang.org/x/net/http2/hpack/hpack.go',
      `${GO}/master/src/vendor/golang.org/x/net/http2/hpack/hpack.go#L7`,
    ],
    [
      'internal/poll.(*FD).Read',
      'C:\\Program Files\\Go\\src\\internal\\poll\\fd_windows.go',
      `${GO}/master/src/internal/poll/fd_windows.go#L7`,
    ],
    ['time.Sleep', '/opt/hostedtoolcache/go/1.22.5/x64/src/runtime/time.go', `${GO}/master/src/runtime/time.go#L7`],
    ['orders/internal/q.f', '/home/me/src/orders/internal/q/q.go', null],
    // The module cache.
    [
      'github.com/BurntSushi/toml.Decode',
      '/go/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/decode.go',
      `${GITHUB}/BurntSushi/toml/blob/v1.3.2/decode.go#L7`,
    ],
    [
      'github.com/redis/go-redis/v9.(*Client).x',
      '/go/pkg/mod/github.com/redis/go-redis/v9@v9.5.1/internal/pool/pool.go',
      `${GITHUB}/redis/go-redis/blob/v9.5.1/internal/pool/pool.go#L7`,
    ],
    [
      'github.com/acme/x.f',
      '/go/pkg/mod/github.com/acme/x@v0.0.0-20230102030405-abcdef123456/a/b.go',
      `${GITHUB}/acme/x/blob/abcdef123456/a/b.go#L7`,
    ],
    [
      'github.com/acme/x.f',
      '/go/pkg/mod/github.com/acme/x@v1.2.4-0.20230102030405-abcdef123456/b.go',
      `${GITHUB}/acme/x/blob/abcdef123456/b.go#L7`,
    ],
    [
      'github.com/docker/docker/client.f',
      '/go/pkg/mod/github.com/docker/docker@v24.0.7+incompatible/client/hijack.go',
      `${GITHUB}/docker/docker/blob/v24.0.7/client/hijack.go#L7`,
    ],
    [
      'github.com/aws/aws-sdk-go-v2/service/s3.f',
      '/go/pkg/mod/github.com/aws/aws-sdk-go-v2/service/s3@v1.48.0/api.go',
      `${GITHUB}/aws/aws-sdk-go-v2/blob/service/s3/v1.48.0/service/s3/api.go#L7`,
    ],
    [
      'github.com/rs/zerolog.f',
      'C:\\Users\\me\\go\\pkg\\mod\\github.com\\rs\\zerolog@v1.31.0\\log.go',
      `${GITHUB}/rs/zerolog/blob/v1.31.0/log.go#L7`,
    ],
    [
      'gitlab.com/acme/tool.f',
      '/go/pkg/mod/gitlab.com/acme/tool@v1.0.0/x.go',
      'https://gitlab.com/acme/tool/-/blob/v1.0.0/x.go#L7',
    ],
    [
      'bitbucket.org/acme/tool.f',
      '/go/pkg/mod/bitbucket.org/acme/tool@v1.0.0/x.go',
      'https://bitbucket.org/acme/tool/src/v1.0.0/x.go#lines-7',
    ],
    // -trimpath.
    ['github.com/acme/x.f', 'github.com/acme/x@v1.0.0/a.go', `${GITHUB}/acme/x/blob/v1.0.0/a.go#L7`],
    [
      'github.com/acme/orders/internal/q.f',
      'github.com/acme/orders/internal/q/q.go',
      `${GITHUB}/acme/orders/blob/HEAD/internal/q/q.go#L7`,
    ],
    // Hosts that send elsewhere.
    [
      'golang.org/x/sync/errgroup.(*Group).Go',
      '/go/pkg/mod/golang.org/x/sync@v0.6.0/errgroup/errgroup.go',
      `${GITHUB}/golang/sync/blob/v0.6.0/errgroup/errgroup.go#L7`,
    ],
    [
      'google.golang.org/grpc/internal/transport.f',
      '/go/pkg/mod/google.golang.org/grpc@v1.60.1/internal/transport/x.go',
      `${GITHUB}/grpc/grpc-go/blob/v1.60.1/internal/transport/x.go#L7`,
    ],
    [
      'gopkg.in/yaml%2ev3.f',
      '/go/pkg/mod/gopkg.in/yaml.v3@v3.0.1/decode.go',
      `${GITHUB}/go-yaml/yaml/blob/v3.0.1/decode.go#L7`,
    ],
    [
      'gopkg.in/natefinch/lumberjack%2ev2.f',
      '/go/pkg/mod/gopkg.in/natefinch/lumberjack.v2@v2.2.1/l.go',
      `${GITHUB}/natefinch/lumberjack/blob/v2.2.1/l.go#L7`,
    ],
    [
      'k8s.io/client-go/tools/cache.f',
      '/go/pkg/mod/k8s.io/client-go@v0.29.0/tools/cache/r.go',
      `${GITHUB}/kubernetes/client-go/blob/v0.29.0/tools/cache/r.go#L7`,
    ],
    [
      'sigs.k8s.io/controller-runtime.f',
      '/go/pkg/mod/sigs.k8s.io/controller-runtime@v0.17.0/x.go',
      `${GITHUB}/kubernetes-sigs/controller-runtime/blob/v0.17.0/x.go#L7`,
    ],
    ['go.uber.org/zap.f', '/go/pkg/mod/go.uber.org/zap@v1.26.0/x.go', `${GITHUB}/uber-go/zap/blob/v1.26.0/x.go#L7`],
    [
      'go.etcd.io/etcd/client/v3.f',
      '/go/pkg/mod/go.etcd.io/etcd/client/v3@v3.5.11/x.go',
      `${GITHUB}/etcd-io/etcd/blob/client/v3.5.11/client/v3/x.go#L7`,
    ],
    ['google.golang.org/grpcfoo/x.f', '/go/pkg/mod/google.golang.org/grpcfoo@v1.0.0/x.go', null],
    [
      'codeberg.org/acme/x.f',
      '/go/pkg/mod/codeberg.org/acme/x@v1.0.0/x.go',
      'https://codeberg.org/acme/x/src/v1.0.0/x.go#L7',
    ],
    // Vendor folders, GOPATH, the tree of the program.
    [
      'github.com/pkg/errors.f',
      '/srv/app/vendor/github.com/pkg/errors/errors.go',
      `${GITHUB}/pkg/errors/blob/HEAD/errors.go#L7`,
    ],
    ['github.com/acme/old.f', '/home/me/go/src/github.com/acme/old/x.go', `${GITHUB}/acme/old/blob/HEAD/x.go#L7`],
    [
      'github.com/acme/orders/internal/publish.(*P).f',
      '/build/checkout/internal/publish/publish.go',
      `${GITHUB}/acme/orders/blob/HEAD/internal/publish/publish.go#L7`,
    ],
    // Nothing to go by.
    ['main.main', '/srv/app/main.go', null],
    ['example.com/private/q.f', '/build/q/q.go', null],
    ['main.f', '_cgo_gotypes.go', null],
    ['main.f', '', null],
    ['github.com/acme/x.f', '/go/pkg/mod/github.com/acme/x@v1.0.0/../../../../etc/x.go', null],
  ])('%s in %s', (fn, file, expected) => {
    expect(link(fn, file)).toBe(expected);
  });
});

describe('rules of a user', () => {
  const orders = 'example.com/orders/internal/q.f';
  const path = '/build/internal/q/q.go';
  test.each([
    [
      'own host',
      rule('example.com/orders', 'https://git.example/orders/blob/{ref}/{path}#L{line}'),
      'https://git.example/orders/blob/HEAD/internal/q/q.go#L7',
    ],
    [
      'a commit',
      rule('example.com/orders', 'https://git.example/o/-/blob/{ref}/{path}#L{line}', 'abc123'),
      'https://git.example/o/-/blob/abc123/internal/q/q.go#L7',
    ],
    [
      'Sourcegraph',
      rule('example.com/orders', 'https://sg.example/{module}@{ref}/-/blob/{path}?L{line}'),
      'https://sg.example/example.com/orders@HEAD/-/blob/internal/q/q.go?L7',
    ],
    [
      'VS Code',
      rule('example.com/orders', 'vscode://file/home/me/orders/{path}:{line}'),
      'vscode://file/home/me/orders/internal/q/q.go:7',
    ],
    ['GoLand', rule('*', 'idea://open?file={file}&line={line}'), 'idea://open?file=/build/internal/q/q.go&line=7'],
  ])('%s', (_, one, expected) => {
    expect(link(orders, path, 7, [one])).toBe(expected);
  });

  test('the longest module that fits speaks, for main packages only the one for all', () => {
    const rules = [
      rule('*', 'vscode://file{file}:{line}'),
      rule('example.com', 'https://a.example/{path}'),
      rule('example.com/orders', 'https://b.example/{path}'),
    ];
    expect(link(orders, path, 7, rules)).toBe('https://b.example/internal/q/q.go');
    expect(link('example.com/other/x.f', '/build/x/x.go', 7, rules)).toBe('https://a.example/other/x/x.go');
    expect(link('main.main', '/srv/app/main.go', 7, rules)).toBe('vscode://file/srv/app/main.go:7');
    expect(link('net/http.Serve', 'net/http/server.go', 7, rules)).toContain(GO);
  });

  test.each([
    [rule('example.com/orders', 'javascript:alert(1)'), 'begins with https:'],
    [rule('example.com/orders', 'data:text/html,x'), 'begins with https:'],
    [rule('example.com/orders', '/relative/{path}'), 'begins with https:'],
    [rule('example.com/orders', 'https://{path}/x'), 'host must be written out'],
    [rule('example.com/orders', 'https://git.{module}/x'), 'host must be written out'],
    [rule('example.com/orders', 'https:///{path}'), 'host must be written out'],
    [rule('example.com/orders', 'https:{path}'), 'host must be written out'],
    [rule('example.com/orders', 'https://me@git.example/{path}'), 'host must be written out'],
    [rule('example.com/orders', 'https://x.example/{nothing}'), 'no {nothing}'],
    [rule('not a path', 'https://x.example/{path}'), 'import path'],
    [rule('a.example', `https://x.example/${'x'.repeat(500)}`), '500 characters'],
  ])('%o is refused with a reason', (one, why) => {
    expect(problemOf(one)).toContain(why);
    expect(link('a.example/x.f', '/build/x/x.go', 7, [one])).toBeNull();
  });
});

test('a repository that is not known fills in no host', () => {
  const file = '/go/pkg/mod/evil.example/x@v1.0.0/y.go';
  expect(link('evil.example/x.f', file, 7, [rule('*', 'https://{repo}/{path}')])).toBeNull();
  expect(link('github.com/acme/x.f', 'github.com/acme/x/y.go', 7, [rule('*', 'https://{repo}/{path}')])).toBe(
    'https://github.com/acme/x/y.go',
  );
});

test('whatever a user writes, an address has a safe scheme, and the host that stands in the template', () => {
  const template = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'https://',
          'javascript:',
          'data:',
          'vscode://',
          '{path}',
          '{module}',
          '{file}',
          'git.example',
          '/',
          '@',
          ':',
          '{',
          '}',
          ' ',
          '\\n',
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(template, fc.constantFrom('evil.example/x/y.f', 'example.com/@evil.example/x.f'), (text, fn) => {
      const address = link(fn, '/go/pkg/mod/evil.example/x@v1.0.0/y/y.go', 7, [rule('*', text)]);
      if (address === null) return;
      expect(address).toMatch(/^(?:https?|vscode):/);
      if (address.startsWith('http') && URL.canParse(address)) expect(new URL(address).host).not.toBe('evil.example');
    }),
    { numRuns: 3000 },
  );
});

test('whatever a dump prints, an address has a safe scheme and the host that was meant', () => {
  const odd = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '/',
          '..',
          '@',
          '#',
          '?',
          ':',
          'javascript:',
          '\\',
          '%2e',
          'github.com',
          'pkg/mod',
          'src',
          'vendor',
          'v1.0.0',
          'a.go',
          '//evil.example',
          '{line}',
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => `${parts.join('')}.go`);
  const own = rule('*', 'https://git.example/r/blob/{ref}/{path}?f={file}#L{line}');
  fc.assert(
    fc.property(odd, odd, fc.boolean(), (fn, file, ruled) => {
      const address = link(fn, file, 3, ruled ? [own] : []);
      if (address === null) return;
      const { protocol, host, username } = new URL(address);
      expect(protocol).toBe('https:');
      expect(username).toBe('');
      expect(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'git.example']).toContain(host);
      expect(address).not.toMatch(/\/\.\.(?:\/|$)/);
    }),
    { numRuns: 3000 },
  );
});

import { describe, expect, it } from 'vitest';
import { readBuildInfo } from '../../../src/core/source/build-info.ts';

const COMMIT = '0f31a7c2d94e5b6a8c7d9e0f1a2b3c4d5e6f7081';

/** As `go version -m` of Go 1.26 prints it. */
const PRINTED = `orders: go1.26.8
\tpath\texample.com/orders/cmd/orders
\tmod\texample.com/orders\t(devel)\t
\tdep\tgithub.com/acme/x\tv1.2.3\th1:abc=
\tbuild\t-buildmode=exe
\tbuild\tvcs=git
\tbuild\tvcs.revision=${COMMIT}
\tbuild\tvcs.time=2026-11-20T10:00:00Z
\tbuild\tvcs.modified=false
`;

describe('build info', () => {
  it.each([
    ['of go version -m', PRINTED, COMMIT, false],
    ['of debug.ReadBuildInfo', PRINTED.replace(/^.*\n/, 'go\tgo1.26.8\n').replaceAll('\n\t', '\n'), COMMIT, false],
    ['with spaces for tabs and CRLF', PRINTED.replaceAll('\t', '    ').replaceAll('\n', '\r\n'), COMMIT, false],
    ['with changes', PRINTED.replace('modified=false', 'modified=true'), COMMIT, true],
    ['of a released module', '\tmod\texample.com/orders\tv1.4.0\th1:abc=\n', 'v1.4.0', false],
    [
      'of a pseudo-version',
      '\tmod\texample.com/orders\tv0.0.0-20261120100000-0f31a7c2d94e\th1:a=\n',
      '0f31a7c2d94e',
      false,
    ],
    [
      'of one behind a tag',
      '\tmod\texample.com/orders\tv1.4.1-0.20261120100000-0f31a7c2d94e+dirty\n',
      '0f31a7c2d94e',
      false,
    ],
    ['of a tag with changes', '\tmod\texample.com/orders\tv1.4.0+dirty\n', 'v1.4.0', false],
    ['without a version', '\tmod\texample.com/orders\t(devel)\t\n', '', false],
  ])('%s names the module and its commit', (_, text, ref, modified) => {
    expect(readBuildInfo(text)).toEqual({ module: 'example.com/orders', ref, modified });
  });

  it('is not found in other text', () => {
    expect(readBuildInfo('')).toBeNull();
    expect(readBuildInfo('orders: not a Go executable\n')).toBeNull();
    expect(readBuildInfo('goroutine 1 [running]:\nmain.main()\n\t/m.go:1\n')).toBeNull();
  });
});

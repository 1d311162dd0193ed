import { describe, expect, it } from 'vitest';
import { readNothing, readOne } from '../../support/read-one.ts';

const TRACEBACK = 'goroutine 1 [running]:\nmain.main()\n\t/srv/app/main.go:31 +0x85\n';
const bytes = (...parts: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));
const utf16 = (text: string, ...mark: readonly number[]): Uint8Array =>
  Uint8Array.from([...mark, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
const tar = (): Uint8Array => {
  const block = new Uint8Array(1024);
  block.set(bytes('goroutine.txt'));
  block.set(bytes('ustar'), 257);
  return block;
};

describe('input that is no goroutine dump', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'an empty file'],
    ['blanks', ' \n\t\r\n', 'an empty file'],
    ['PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13), 'a PNG image'],
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF'), 'a JPEG image'],
    ['GIF', 'GIF89a...', 'a GIF image'],
    ['PDF', '%PDF-1.7\n', 'a PDF document'],
    ['ELF', bytes(0x7f, 'ELF', 2, 1, 1, 0), 'a Linux program or core file'],
    ['zip', bytes('PK', 3, 4, 20, 0), 'a zip archive. Unpack it first'],
    ['tar', tar(), 'a tar archive. Unpack it first'],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd, 4), 'zstd. Unpack it first: zstd -d'],
    ['xz', bytes(0xfd, '7zXZ', 0, 0), 'xz. Unpack it first'],
    ['bzip2', 'BZh91AY&SY', 'bzip2. Unpack it first'],
    ['UTF-16 of PowerShell', utf16(TRACEBACK, 0xff, 0xfe), 'Set-Content -Encoding utf8'],
    ['UTF-16 without a mark', utf16(TRACEBACK), 'text in UTF-16'],
    ['an execution trace', bytes('go 1.22 trace', 0, 0, 0, 1, 2), 'go tool trace'],
    ['a heap profile', 'heap profile: 3: 66128 [5: 664144] @ heap/1048576\n', 'a heap profile in text form'],
    ['a mutex profile', '--- mutex:\ncycles/second=2400000000\n', 'a mutex profile in text form'],
    ['a block profile', '--- contention:\ncycles/second=2400000000\n', 'a block profile in text form'],
    [
      'threadcreate',
      'threadcreate profile: total 6\n5 @ 0x0\n',
      'counts something other than goroutines. It says “threadcreate profile: total 6”',
    ],
    ['a custom count', 'my.conns profile: total 6\n5 @ 0x1 0x2\n', '“my.conns profile: total 6”'],
    ['the index page', '<html>\n<head>\n<title>/debug/pprof/</title>\n', 'the index page of /debug/pprof/'],
    ['a login page', '<!DOCTYPE html>\n<title>Sign in</title>\n', 'a web page, perhaps a login'],
    ['404', '404 page not found\n', 'may not import net/http/pprof'],
    ['an unknown profile', 'Unknown profile\n', 'a profile name it does not know'],
    ['seconds and debug', 'seconds and debug params are incompatible\n', 'Leave seconds out'],
    ['a command line', bytes('/srv/bin/shop', 0, '-addr', 0, '127.0.0.1:8080'), 'the command line of a program'],
    [
      'a Java thread dump',
      'Full thread dump OpenJDK 64-Bit Server VM (21+35 mixed mode):\n\n"main" #1 prio=5\n',
      'a thread dump of a Java program',
    ],
    [
      'jstack',
      '2026-11-23 02:41:07\n"main" #1 [12] prio=5 os_prio=0 cpu=1ms tid=0x1 nid=12 runnable\n',
      'a thread dump of a Java program',
    ],
    [
      'a crash without stacks',
      'starting\npanic: boom\n\nexit status 2\n',
      'It says “panic: boom”. Run the program with GOTRACEBACK=all',
    ],
    [
      'a race report',
      '==================\nWARNING: DATA RACE\nRead at 0x00c0 by goroutine 9:\n  main.f()\n',
      'the race detector',
    ],
    ['a binary file', bytes(1, 2, 3, 0, 200, 201, 0, 9), 'a binary file of an unknown kind'],
    ['text', 'Dear all,\nthe service is slow.\n', 'It begins with “Dear all,”. Take a goroutine dump: curl'],
  ])('%s is refused with what it is', async (_, content, want) => {
    const nothing = await readNothing(content);
    expect(nothing).toContain(want);
    expect(nothing).not.toMatch(/[\0-\x08\x0b-\x1f]/);
  });

  it.each([
    ['a heap profile', `heap profile: 3: 66128 [5: 664144] @ heap/1048576\n\n${TRACEBACK}`],
    ['a crash message', `panic: boom\n\n${TRACEBACK}`],
    ['a web page', `<html><pre>\n${TRACEBACK}</pre></html>\n`],
    ['a log that starts with NUL bytes, as after copytruncate', `${'\0'.repeat(100_000)}\n${TRACEBACK}`],
  ])('is read all the same when a goroutine dump stands behind it: %s', async (_, content) => {
    expect(await readOne(content)).toMatchObject({ format: 'traceback', goroutines: 1 });
  });

  it('is quoted safely: control and direction characters are written out, long lines are cut', async () => {
    const nothing = await readNothing(`hello\u202e\u001b[31m<script>${'x'.repeat(500)}\n`);
    expect(nothing).toContain('“hello\\u202e\\u001b[31m<script>xxx');
    expect(nothing).toContain('…”');
    expect(nothing.length).toBeLessThan(400);
  });
});

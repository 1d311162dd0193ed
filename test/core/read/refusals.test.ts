import { describe, expect, it } from 'vitest';
import { readNothing, readOne } from '../../support/read-one.ts';

const TRACEBACK = 'goroutine 1 [running]:\nmain.main()\n\t/srv/app/main.go:31 +0x85\n';
const bytes = (...parts: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));

describe('input that is no goroutine dump', () => {
  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'an empty file'],
    ['blanks', ' \n\t\r\n', 'an empty file'],
    ['PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13), 'a PNG image'],
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF'), 'a JPEG image'],
    ['GIF', 'GIF89a...', 'a GIF image'],
    ['PDF', '%PDF-1.7\n', 'a PDF document'],
    ['ELF', bytes(0x7f, 'ELF', 2, 1, 1, 0, ...Array<number>(8).fill(0), 2, 0), 'a Linux program'],
    ['a core dump', bytes(0x7f, 'ELF', 2, 1, 1, 0, ...Array<number>(8).fill(0), 4, 0), 'dlv core PROGRAM FILE'],
    ['a minidump', bytes('MDMP', 0x93, 0xa7), 'a Windows minidump'],
    ['7-Zip', bytes('7z', 0xbc, 0xaf, 0x27, 0x1c), 'a 7-Zip archive. Unpack it first'],
    ['403', '403 Forbidden\n', 'refused the request'],
    [
      'a team rule file',
      '{\n  "schema": "standstill/rules@1",\n  "marks": []\n}\n',
      'a team rule file, which holds no dump',
    ],
    ['a JSON error', '{"error":"unauthorized"}\n', 'in JSON, perhaps an error'],
    ['kubectl', 'Error from server (NotFound): pods "x" not found\n', 'a command that failed'],
    ['curl', 'curl: (7) Failed to connect to localhost port 6060\n', 'a command that failed'],
    [
      'fgprof',
      'main.main;net/http.Serve;main.slow 132\nmain.main;main.fast 7\n',
      'not goroutines, and name no goroutine',
    ],
    [
      'pprof -top',
      'File: shop\nType: goroutine\nShowing nodes accounting for 10, 100% of 10 total\n',
      'a report of go tool pprof',
    ],
    ['Python', 'Traceback (most recent call last):\n  File "a.py", line 1\n', 'stacks of a Python program'],
    ['a stack of zap', 'error: boom\nmain.run\n\t/srv/run.go:7\nmain.main\n\t/srv/main.go:3\n', 'names no goroutine'],
    ['first lines', 'one\n\ntwo\nthree\nfour\n', 'It begins with “one”, “two”, “three”. Take'],
    ['xz', bytes(0xfd, '7zXZ', 0, 0), 'xz. Unpack it first'],
    ['bzip2', 'BZh91AY&SY', 'bzip2. Unpack it first'],
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
      'It says “panic: boom”. It begins with “starting”, “panic: boom”, “exit status 2”. Run the program with GOTRACEBACK=all',
    ],
    ['a binary file', bytes(1, 2, 3, 0, 200, 201, 0, 9), 'a binary file of an unknown kind'],
    [
      'text',
      'Dear all,\nthe service is slow.\n',
      'It begins with “Dear all,”, “the service is slow.”. Take a goroutine dump: curl',
    ],
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

import { describe, expect, test } from 'vitest';
import type { Frame, FrameKind } from '../../../src/core/model/symbols.ts';
import { foldFrames } from '../../../src/views/stack/fold-frames.ts';
import { placeOf, splitFile, splitFunction, stackText } from '../../../src/views/stack/stack-text.ts';

const frame = (name: string, kind: FrameKind = 'go'): Frame => ({ function: name, file: '/src/a.go', line: 7, kind });

/** One word per piece: the function, in brackets when dim, or the number of folded frames. */
function shape(names: readonly (string | Frame)[]): string[] {
  return foldFrames(names.map((name) => (typeof name === 'string' ? frame(name) : name))).map((piece) =>
    piece.kind === 'run'
      ? `${piece.frames.length} folded`
      : piece.dim
        ? `(${piece.frame.function})`
        : piece.frame.function,
  );
}

describe('folding frames', () => {
  test('three library frames in a row fold, two stay as dim lines', () => {
    expect(
      shape([
        'runtime.gopark',
        'runtime.chansend',
        'runtime.chansend1',
        'orders.(*Publisher).publish',
        'net/http.HandlerFunc.ServeHTTP',
        'net/http.(*conn).serve',
      ]),
    ).toEqual([
      '3 folded',
      'orders.(*Publisher).publish',
      '(net/http.HandlerFunc.ServeHTTP)',
      '(net/http.(*conn).serve)',
    ]);
  });

  test('a note about frames left out is never folded away', () => {
    const note = frame('...23 frames elided...', 'elided');
    expect(shape(['runtime.gopark', 'runtime.selectgo', note, 'runtime.main', 'main.main'])).toEqual([
      '(runtime.gopark)',
      '(runtime.selectgo)',
      '...23 frames elided...',
      '(runtime.main)',
      'main.main',
    ]);
  });

  test('library code that gives the group its name is not folded', () => {
    expect(
      shape([
        'runtime.gopark',
        'runtime.netpollblock',
        'internal/poll.(*FD).Read',
        'net/http.(*connReader).Read',
        'bufio.(*Reader).Peek',
        'net/http.(*conn).serve',
        'runtime.goexit',
      ]),
    ).toEqual(['3 folded', 'net/http.(*connReader).Read', '3 folded']);
  });

  test('a stack of nothing but plumbing keeps its first frame in plain sight', () => {
    expect(shape(['runtime.gopark', 'runtime.bgsweep', 'runtime.goexit', 'runtime.goexit'])).toEqual([
      'runtime.gopark',
      '3 folded',
    ]);
  });

  test('no frame gets lost', () => {
    const names = Array.from({ length: 40 }, (_, i) => (i % 7 === 0 ? 'main.work' : 'runtime.park'));
    const pieces = foldFrames(names.map((name) => frame(name)));
    expect(pieces.reduce((sum, piece) => sum + (piece.kind === 'run' ? piece.frames.length : 1), 0)).toBe(40);
  });
});

describe('a stack as text', () => {
  test.each([
    ['example.com/shop/orders.(*Publisher).publish', 'example.com/shop/', 'orders.(*Publisher).publish'],
    ['main.main', '', 'main.main'],
    ['github.com/caddyserver/caddy/v2.Run', 'github.com/caddyserver/', 'caddy/v2.Run'],
    ['example.com/pool.Map[example.com/shop/orders.Order]', 'example.com/', 'pool.Map[example.com/shop/orders.Order]'],
  ])('%s is cut before its package name', (name, path, rest) => expect(splitFunction(name)).toEqual({ path, rest }));

  test.each([
    ['/srv/app/main.go', '/srv/app/', 'main.go'],
    ['C:\\src\\main.go', 'C:\\src\\', 'main.go'],
  ])('%s is cut before the file name', (file, folder, name) => expect(splitFile(file)).toEqual({ folder, name }));

  test('a place has the line only when there is one', () => {
    expect(placeOf(frame('main.main'))).toBe('/src/a.go:7');
    expect(placeOf({ ...frame('main.main'), line: 0 })).toBe('/src/a.go');
    expect(placeOf({ ...frame('main.main'), file: '', line: 0 })).toBe('');
  });

  test('the copied stack reads like a traceback', () => {
    const stack = { count: 2, state: 'select', frames: [frame('main.work')], createdBy: frame('main.main') };
    expect(stackText(stack)).toBe('main.work\n\t/src/a.go:7\ncreated by main.main\n\t/src/a.go:7\n');
  });
});

import { formatCount } from '../../words/numbers.ts';
import type { KnownGoroutine } from './known-goroutines.ts';
import type { WaitKind } from './lock-report.ts';

/** The thing waited for, as the middle of a sentence. */
export function mutexWord(kind: WaitKind): string {
  switch (kind) {
    case 'mutex':
      return 'the mutex';
    case 'rwmutex':
      return 'the read-write lock';
    case 'waitgroup':
      return 'the WaitGroup';
    case 'cond':
      return 'the condition';
    case 'channel':
      return 'the channel';
    case 'unknown':
      return 'what they wait for';
  }
}

/** `main.(*Cache).Put (cache.go:36)`. */
export function placeWords(goroutine: KnownGoroutine, frame: number): string {
  const at = goroutine.frames[frame];
  if (at === undefined) return 'an unknown place';
  const file = at.file.slice(at.file.lastIndexOf('/') + 1);
  return file === '' ? at.function : `${at.function} (${file}:${at.line})`;
}

export function hex(address: number): string {
  return `0x${address.toString(16)}`;
}

/** `1 goroutine waits`, `12 goroutines wait`. */
export function waitersWord(count: number): string {
  return count === 1 ? '1 goroutine waits' : `${formatCount(count)} goroutines wait`;
}

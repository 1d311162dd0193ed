import { expect, test } from 'vitest';
import { isUnhealthyRest, restKind } from '../../../src/core/group/rest-place.ts';

test.each([
  ['sync.Mutex.Lock', [], 'lock', true],
  ['sync.RWMutex.RLock', [], 'lock', true],
  ['chan send', ['main.f'], 'send', true],
  ['chan send (nil chan)', [], 'never', true],
  ['chan receive (nil chan)', [], 'never', true],
  ['chan receive', ['main.f'], 'rest', false],
  ['select', ['io.(*pipe).write', 'io.(*PipeWriter).Write', 'main.f'], 'never', true],
  ['select', ['runtime.gopark', 'runtime.selectgo', 'io.(*pipe).write'], 'never', true],
  ['select', ['io.(*pipe).read', 'io.(*PipeReader).Read'], 'rest', false],
  ['select', ['main.loop'], 'rest', false],
  ['IO wait', [], 'rest', false],
  ['sync.WaitGroup.Wait', [], 'join', false],
  ['running', [], 'work', false],
  ['unknown', [], 'rest', false],
])('%s %j is %s', (state, functions, kind, unhealthy) => {
  expect(restKind(state, functions)).toBe(kind);
  expect(isUnhealthyRest(restKind(state, functions))).toBe(unhealthy);
});

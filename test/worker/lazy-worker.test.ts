import { describe, expect, it } from 'vitest';
import { lazyWorker } from '../../src/worker/lazy-worker.ts';
import type { WorkerLike } from '../../src/worker/worker-like.ts';

function recorder() {
  const calls: string[] = [];
  const worker: WorkerLike = {
    postMessage: (message) => calls.push(`post ${String(message)}`),
    addEventListener: (type) => calls.push(`listen ${type}`),
    terminate: () => calls.push('terminate'),
  };
  return { calls, code: { makeWorker: () => worker } };
}

describe('a worker whose code is on its way', () => {
  it('hears everything in order once it is there', async () => {
    const { calls, code } = recorder();
    const made = lazyWorker(Promise.resolve(code))();
    made.addEventListener('message', () => {});
    made.postMessage('one', []);
    made.postMessage('two', []);
    expect(calls).toEqual([]);
    await Promise.resolve();
    made.postMessage('three', []);
    made.terminate();
    expect(calls).toEqual(['listen message', 'post one', 'post two', 'post three', 'terminate']);
  });

  it('never starts when it is stopped before', async () => {
    const { calls, code } = recorder();
    lazyWorker(Promise.resolve(code))().terminate();
    await Promise.resolve();
    expect(calls).toEqual([]);
  });

  it('tells a fetch that fails as its error', async () => {
    const heard: unknown[] = [];
    const made = lazyWorker(Promise.reject(new Error('offline')))();
    made.addEventListener('error', (event) => heard.push('message' in event && event.message));
    await Promise.resolve();
    await Promise.resolve();
    expect(heard).toEqual(['offline']);
  });
});

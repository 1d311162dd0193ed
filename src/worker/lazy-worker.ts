import type { WorkerLike } from './worker-like.ts';

type Listener = Parameters<WorkerLike['addEventListener']>;

/**
 * Makes workers whose code is still being fetched: the page is shown before all readers are here. What is posted and
 * listened for meanwhile is kept in order. A fetch that fails is told as a worker's error.
 */
export function lazyWorker(code: Promise<{ readonly makeWorker: () => WorkerLike }>): () => WorkerLike {
  return () => {
    let worker: WorkerLike | null = null;
    let stopped = false;
    const listeners: Listener[] = [];
    const posted: Parameters<WorkerLike['postMessage']>[] = [];
    code.then(
      ({ makeWorker }) => {
        if (stopped) return;
        worker = makeWorker();
        for (const listener of listeners) worker.addEventListener(...listener);
        for (const message of posted.splice(0)) worker.postMessage(...message);
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        const event = Object.assign(new MessageEvent('error', { cancelable: true }), { message });
        for (const [type, listener] of listeners) if (type === 'error') listener(event);
      },
    );
    return {
      addEventListener: (...listener) => {
        if (worker === null) listeners.push(listener);
        else worker.addEventListener(...listener);
      },
      postMessage: (...message) => {
        if (worker === null) posted.push(message);
        else worker.postMessage(...message);
      },
      terminate: () => {
        stopped = true;
        worker?.terminate();
      },
    };
  };
}

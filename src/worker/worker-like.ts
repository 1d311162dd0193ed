/** What the page needs of a Worker; tests hand in something smaller. */
export interface WorkerLike {
  postMessage: (message: unknown, transfer: Transferable[]) => void;
  addEventListener: (type: 'message' | 'error' | 'messageerror', listener: (event: MessageEvent) => void) => void;
  terminate: () => void;
}

/** How a worker is heard. After `onGone` it is terminated and says nothing more. */
export interface WorkerEvents {
  readonly onMessage: (data: unknown) => void;
  /** It threw, could not start or was stopped by the browser; `message` are the browser's words, possibly none. */
  readonly onGone: (message: string) => void;
  /** It sent something that could not be unpacked here. */
  readonly onGarbled: () => void;
}

/** A worker that has its role. */
export interface StartedWorker {
  readonly post: (message: unknown, transfer?: Transferable[]) => void;
  readonly stop: () => void;
}

/** Starts a worker. One that cannot even be made is gone a moment later, so that callers know one way of failing. */
export function startWorker(makeWorker: () => WorkerLike, events: WorkerEvents): StartedWorker {
  let worker: WorkerLike | null = null;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    worker?.terminate();
  };
  const gone = (message: string): void => {
    if (stopped) return;
    stop();
    events.onGone(message);
  };
  try {
    worker = makeWorker();
    worker.addEventListener('message', (event) => {
      if (!stopped) events.onMessage(event.data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      gone('message' in event && typeof event.message === 'string' ? event.message : '');
    });
    worker.addEventListener('messageerror', () => {
      if (!stopped) events.onGarbled();
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    queueMicrotask(() => gone(message));
  }
  return {
    stop,
    post: (message, transfer = []) => {
      if (!stopped) worker?.postMessage(message, transfer);
    },
  };
}

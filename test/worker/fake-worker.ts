import { serveThread } from '../../src/worker/serve-thread.ts';
import type { WorkerLike } from '../../src/worker/worker-like.ts';

/** A worker in this thread, over a MessageChannel: everything is cloned and transferred as to a real one. */
export interface FakeWorker extends WorkerLike {
  /** Messages from the page, as they arrive. */
  readonly heard: { readonly kind: string }[];
  /** What it was started as; empty before. */
  readonly role: string;
  readonly terminated: boolean;
  /** Dies as one that ran out of memory: silent from now on, and an error event on the page. */
  readonly crash: (message: string) => void;
  /** Sends the page something, as the worker's code would. */
  readonly say: (message: unknown) => void;
  readonly garble: () => void;
}

type Role = 'reader' | 'analyst' | 'helper';

export interface FakeWorkers {
  readonly makeWorker: () => WorkerLike;
  readonly all: readonly FakeWorker[];
  /** Workers that were started as `role`, oldest first. */
  readonly as: (role: Role) => FakeWorker[];
  /** Lets workers of a muted role that are made from now on answer. */
  readonly unmute: (role: Role) => void;
  readonly stop: () => void;
}

/**
 * Makes workers that run the real thread code. `mute` roles get their messages and never answer, so that a test says
 * what they say.
 */
export function fakeWorkers(mute: readonly Role[] = []): FakeWorkers {
  const all: FakeWorker[] = [];
  const muted = new Set(mute);
  const makeWorker = (): FakeWorker => {
    const page = new MessageChannel();
    const listeners: { type: string; listener: (event: MessageEvent) => void }[] = [];
    const emit = (type: string, event: object) => {
      for (const each of listeners) if (each.type === type) each.listener(event as MessageEvent);
    };
    const ports: MessagePort[] = [];
    let threadListener: ((event: MessageEvent) => void) | null = null;
    serveThread({
      postMessage: (message) => page.port2.postMessage(message),
      addEventListener: (_, listener) => {
        threadListener = listener;
      },
    });
    const heard: FakeWorker['heard'] = [];
    const silent = new Set<string>(muted);
    let role = '';
    let terminated = false;
    const close = () => {
      terminated = true;
      page.port1.close();
      page.port2.close();
      for (const port of ports) port.close();
    };
    page.port2.onmessage = (event: MessageEvent) => {
      heard.push(event.data);
      const { helpers } = event.data;
      const values = [...Object.values(event.data), ...(helpers?.lines ?? [])];
      for (const value of values) if (value instanceof MessagePort) ports.push(value);
      if (!silent.has(role)) threadListener?.(event);
    };
    page.port1.onmessage = (event: MessageEvent) => emit('message', event);
    const worker: FakeWorker = {
      heard,
      get terminated() {
        return terminated;
      },
      get role() {
        return role;
      },
      postMessage: (message, transfer) => {
        if (typeof message === 'object' && message !== null && 'role' in message) role = String(message.role);
        page.port1.postMessage(message, transfer);
      },
      addEventListener: (type, listener) => {
        listeners.push({ type, listener });
      },
      terminate: close,
      crash: (message) => {
        close();
        emit('error', { message, preventDefault: () => {} });
      },
      say: (message) => page.port2.postMessage(message),
      garble: () => emit('messageerror', {}),
    };
    all.push(worker);
    return worker;
  };
  return {
    makeWorker,
    all,
    as: (role) => all.filter((worker) => worker.role === role),
    unmute: (role) => muted.delete(role),
    stop: () => {
      for (const worker of all) worker.terminate();
    },
  };
}

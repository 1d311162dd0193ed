import { type Analyst, createAnalyst } from '../../src/worker/analyst.ts';
import { columnBuffers } from '../../src/worker/column-buffers.ts';
import { describeFailure } from '../../src/worker/failure-words.ts';
import { workerPlatform } from '../../src/worker/platform.ts';
import type { AnalystMethods, Client, ReadInput, ReadProgress, ReadReply } from '../../src/worker/protocol.ts';
import { readInput } from '../../src/worker/reader.ts';
import { callAnalyst } from '../../src/worker/serve-thread.ts';

/** A client that can be told to lose its analyst. */
export interface InProcessClient extends Client {
  readonly crash: (why: string) => void;
}

/**
 * The real reader and analyst in the thread of the test, one file at a time. What crosses threads on the page is cloned
 * or transferred here, too, so a value that would not survive the crossing fails its test.
 */
export function createInProcessClient(): InProcessClient {
  const listeners = new Set<(why: string) => void>();
  let analyst: Analyst = createAnalyst(workerPlatform);
  let lastReadId = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const run = async (
    input: ReadInput,
    onProgress: (progress: ReadProgress) => void,
    isCancelled: () => boolean,
  ): Promise<ReadReply> => {
    if (isCancelled()) return { kind: 'cancelled' };
    onProgress({ bytesRead: 0, totalBytes: input.file.size, elapsedMs: 0, soFar: null });
    const reply = await readInput(input, {
      platform: workerPlatform,
      now: () => performance.now(),
      onProgress,
      isCancelled,
      deposit: async (dumps) => {
        const moved = structuredClone(dumps, { transfer: columnBuffers(dumps) });
        return structuredClone(analyst.deposit(++lastReadId, input, moved));
      },
    });
    return isCancelled() ? { kind: 'cancelled' } : reply;
  };

  return {
    read: (input, onProgress) => {
      let cancelled = false;
      const reply = turn.then(() => run(input, onProgress, () => cancelled));
      turn = reply;
      return {
        reply,
        cancel: () => {
          cancelled = true;
        },
      };
    },
    ask: async <M extends keyof AnalystMethods>(
      method: M,
      args: Parameters<AnalystMethods[M]>[0],
    ): Promise<Awaited<ReturnType<AnalystMethods[M]>>> => {
      try {
        const value: unknown = await callAnalyst(analyst, { method, args: structuredClone(args) as never });
        return structuredClone(value) as Awaited<ReturnType<AnalystMethods[M]>>;
      } catch (error) {
        throw new Error(describeFailure(error));
      }
    },
    onCrash: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    crash: (why) => {
      analyst = createAnalyst(workerPlatform);
      for (const listener of listeners) listener(why);
    },
    dispose: () => listeners.clear(),
  };
}

/** A read that a scripted client was asked for. */
export interface ScriptedRead {
  readonly input: ReadInput;
  readonly cancelled: boolean;
  readonly progress: (bytesRead: number) => void;
  readonly reply: (reply: ReadReply) => Promise<void>;
}

/** A question that a scripted client was asked. */
export interface ScriptedAsk {
  readonly method: keyof AnalystMethods;
  readonly args: unknown;
  /** Gives the answer, which is cloned as between threads. */
  readonly answer: (value: unknown) => Promise<void>;
  readonly refuse: (why: string) => Promise<void>;
}

/** A client that answers when the test says so, in any order. */
export interface ScriptedClient extends Client {
  readonly reads: readonly ScriptedRead[];
  readonly asks: readonly ScriptedAsk[];
  /** Questions of one kind, oldest first. */
  readonly asksFor: (method: keyof AnalystMethods) => readonly ScriptedAsk[];
  readonly crash: (why: string) => void;
}

/** `auto` answers the methods it has at once; all other questions wait for the test. */
export function createScriptedClient(auto: Partial<AnalystMethods> = {}): ScriptedClient {
  const listeners = new Set<(why: string) => void>();
  const reads: ScriptedRead[] = [];
  const asks: ScriptedAsk[] = [];
  return {
    reads,
    asks,
    asksFor: (method) => asks.filter((ask) => ask.method === method),
    read: (input, onProgress) => {
      let cancelled = false;
      let settle: (reply: ReadReply) => void = () => {};
      const reply = new Promise<ReadReply>((resolve) => {
        settle = resolve;
      });
      reads.push({
        input,
        get cancelled() {
          return cancelled;
        },
        progress: (bytesRead) => onProgress({ bytesRead, totalBytes: input.file.size, elapsedMs: 0, soFar: null }),
        reply: (value) => {
          settle(value);
          return settled();
        },
      });
      return {
        reply,
        cancel: () => {
          cancelled = true;
          settle({ kind: 'cancelled' });
        },
      };
    },
    ask: <M extends keyof AnalystMethods>(method: M, args: Parameters<AnalystMethods[M]>[0]) =>
      new Promise<Awaited<ReturnType<AnalystMethods[M]>>>((resolve, reject) => {
        const give = (value: unknown) => resolve(structuredClone(value) as Awaited<ReturnType<AnalystMethods[M]>>);
        const answerer: ((args: never) => unknown) | undefined = auto[method];
        if (answerer !== undefined) Promise.resolve(answerer(args as never)).then(give, reject);
        asks.push({
          method,
          args,
          answer: (value) => {
            give(value);
            return settled();
          },
          refuse: (why) => {
            reject(new Error(why));
            return settled();
          },
        });
      }),
    onCrash: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    crash: (why) => {
      for (const listener of listeners) listener(why);
    },
    dispose: () => listeners.clear(),
  };
}

/** Lets everything that waits for a promise run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

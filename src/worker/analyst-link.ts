import type { Ask, FromAnalyst, ReadId, Start, ToAnalyst } from './messages.ts';
import { unpackChunk, unpackTexts } from './packed-texts.ts';
import type { AnalystMethods, Client } from './protocol.ts';
import { type StartedWorker, startWorker, type WorkerLike } from './worker-like.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(why: Error): void;
  /** Texts of its answer that have come. */
  readonly chunks: (readonly string[])[];
}

/** The page's line to the analyst's worker, which is started when it is needed and again after a crash. */
export interface AnalystLink {
  readonly ensure: () => void;
  readonly ask: Client['ask'];
  /** Gives the analyst one end of a channel; the other one goes to a reader. */
  readonly connect: () => MessagePort;
  readonly abandon: (readId: ReadId) => void;
  readonly stop: () => void;
}

/** What the link tells its owner. */
export interface AnalystEvents {
  /** A worker was started, first or anew: readers need a new line to it. */
  readonly onStart: () => void;
  /** It died with all its dumps; questions have been refused. */
  readonly onCrash: (why: string) => void;
}

const NO_MEMORY = 'The answer did not fit into the memory this browser allows the page.';

/** A link without a worker yet. */
export function createAnalystLink(makeWorker: () => WorkerLike, events: AnalystEvents): AnalystLink {
  const waiting = new Map<number, Waiting>();
  let worker: StartedWorker | null = null;
  let lastAskId = 0;
  let stopped = false;

  const refuseAll = (why: string): void => {
    const refused = [...waiting.values()];
    waiting.clear();
    for (const { reject } of refused) reject(new Error(why));
  };

  const hear = (message: FromAnalyst): void => {
    const wait = waiting.get(message.askId);
    if (message.kind === 'chunk') {
      wait?.chunks.push(unpackChunk(message.chunk));
      return;
    }
    waiting.delete(message.askId);
    if (message.kind === 'refusal') wait?.reject(new Error(message.why));
    else if (!message.isPacked) wait?.resolve(message.value);
    else {
      // A task for each: taking a large table in, unpacking it and showing it would hold up the page for long together.
      setTimeout(() => {
        const value = unpackTexts(message.value, wait?.chunks ?? []);
        setTimeout(() => wait?.resolve(value));
      });
    }
  };

  const ensure = (): StartedWorker => {
    if (worker !== null) return worker;
    worker = startWorker(makeWorker, {
      // Only our own code runs in the worker.
      onMessage: (data) => hear(data as FromAnalyst),
      onGarbled: () => refuseAll(NO_MEMORY),
      onGone: (message) => {
        worker = null;
        const why = describeCrash(message);
        refuseAll(why);
        events.onCrash(why);
      },
    });
    const start: Start = { kind: 'start', role: 'analyst' };
    worker.post(start);
    events.onStart();
    return worker;
  };

  const tell = (message: ToAnalyst, transfer?: Transferable[]) => ensure().post(message, transfer);

  return {
    ensure: () => void ensure(),
    ask: <M extends keyof AnalystMethods>(method: M, args: Ask<M>['args']) =>
      new Promise<Awaited<ReturnType<AnalystMethods[M]>>>((resolve, reject) => {
        if (stopped) throw new Error('The page was closed.');
        const ask: Ask<M> = { kind: 'ask', askId: ++lastAskId, method, args };
        waiting.set(ask.askId, { resolve, reject, chunks: [] });
        ensure().post(ask);
      }),
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      tell({ kind: 'reader', port: port1 }, [port1]);
      return port2;
    },
    abandon: (readId) => {
      if (worker !== null) tell({ kind: 'abandon', readId });
    },
    stop: () => {
      stopped = true;
      worker?.stop();
      worker = null;
      refuseAll('The page was closed.');
    },
  };
}

function describeCrash(message: string): string {
  const words = message === '' ? '' : ` (${message})`;
  return `The browser stopped the part of the page that holds the dumps, most likely for lack of memory${words}.`;
}

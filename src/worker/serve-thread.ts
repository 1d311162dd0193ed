import type { Dump } from '../core/model/dump.ts';
import { createAnalyst } from './analyst.ts';
import { columnBuffers } from './column-buffers.ts';
import { describeFailure, ExplainedError } from './failure-words.ts';
import { fedChunks, helpedPlatform, serveHelperLine, splitterOf } from './helper.ts';
import type {
  Ask,
  Deposit,
  DepositReply,
  FromAnalyst,
  FromReader,
  LentHelpers,
  ReadId,
  Start,
  ToAnalyst,
  ToHelper,
  ToReader,
} from './messages.ts';
import { packTexts } from './packed-texts.ts';
import { workerPlatform } from './platform.ts';
import type { AnalystMethods, DumpSummary, ReadInput } from './protocol.ts';
import { type ReadHooks, readInput } from './reader.ts';
import { warmUpReader } from './warm-up.ts';

/** The worker's own end of its line to the page. */
export interface ThreadScope {
  postMessage: (message: unknown) => void;
  addEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void;
}

/** Makes the thread what its first message says, and answers from then on. */
export function serveThread(scope: ThreadScope): void {
  let handle: ((message: never) => void) | null = null;
  scope.addEventListener('message', (event: MessageEvent) => {
    if (handle === null) {
      const start: Start = event.data;
      handle = serveRole(scope, start);
      return;
    }
    // The page sends a thread only messages of its role.
    const message: never = event.data as never;
    handle(message);
  });
}

function serveRole(scope: ThreadScope, start: Start): (message: never) => void {
  switch (start.role) {
    case 'reader':
      void warmUpReader();
      return serveReader(scope, start.analyst);
    case 'analyst':
      return serveAnalyst(scope);
    case 'helper':
      return ({ line }: ToHelper) => serveHelperLine(line);
  }
}

/** Dumps on their way to an analyst that died. */
class Lost extends Error {}

function serveReader(scope: ThreadScope, firstAnalyst: MessagePort): (message: ToReader) => void {
  const cancelled = new Set<ReadId>();
  const tell = (message: FromReader) => scope.postMessage(message);
  let line = openLine(firstAnalyst, 1);

  const read = async (readId: ReadId, input: ReadInput, helpers: LentHelpers | null): Promise<void> => {
    let lost = false;
    let used = line.number;
    const reply = await readInput(input, {
      ...hooksOf(helpers, input),
      now: () => performance.now(),
      onProgress: (progress) => tell({ kind: 'progress', readId, progress }),
      isCancelled: () => cancelled.has(readId),
      deposit: (dumps) => {
        used = line.number;
        return line.deposit(readId, input, dumps).catch((error: unknown) => {
          lost = error instanceof Lost;
          throw error;
        });
      },
    });
    cancelled.delete(readId);
    for (const line of helpers?.lines ?? []) line.close();
    tell(lost ? { kind: 'lost', readId } : { kind: 'reply', readId, reply, line: used });
  };

  return (message) => {
    switch (message.kind) {
      case 'read':
        void read(message.readId, message.input, message.helpers);
        break;
      case 'cancel':
        cancelled.add(message.readId);
        break;
      case 'analyst':
        line.close();
        line = openLine(message.analyst, line.number + 1);
        break;
    }
  };
}

/** What helpers do for a file: a single one reads ahead or unpacks; several read parts of it. */
function hooksOf(helpers: LentHelpers | null, input: ReadInput): Pick<ReadHooks, 'platform' | 'chunksOf' | 'splitter'> {
  const [first, ...others] = helpers?.lines ?? [];
  if (helpers === null || first === undefined) return { platform: workerPlatform };
  const platform = helpedPlatform(first);
  if (others.length > 0) return { platform, splitter: splitterOf(helpers.lines, input.file, input.countKeys) };
  return helpers.readsAhead ? { platform, chunksOf: (file) => fedChunks(first, file) } : { platform };
}

/** A reader's line to the analyst, with the dumps that are on their way over it. */
function openLine(port: MessagePort, number: number) {
  const waiting = new Map<ReadId, { resolve: (dumps: readonly DumpSummary[]) => void; reject: (why: Error) => void }>();
  const failAll = (why: Error): void => {
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
  };
  port.onmessage = (event: MessageEvent<DepositReply>) => {
    const reply = event.data;
    if (reply.kind === 'undelivered') return failAll(new Error('out of memory'));
    const wait = waiting.get(reply.readId);
    waiting.delete(reply.readId);
    if (reply.kind === 'stored') wait?.resolve(reply.dumps);
    else wait?.reject(new ExplainedError(reply.why));
  };
  port.onmessageerror = () => failAll(new Error('out of memory'));
  return {
    number,
    deposit: (readId: ReadId, input: ReadInput, dumps: readonly Dump[]) =>
      new Promise<readonly DumpSummary[]>((resolve, reject) => {
        const deposit: Deposit = { kind: 'deposit', readId, input, dumps };
        port.postMessage(deposit, columnBuffers(dumps));
        waiting.set(readId, { resolve, reject });
      }),
    close: () => {
      port.close();
      failAll(new Lost('the analyst is gone'));
    },
  };
}

function serveAnalyst(scope: ThreadScope): (message: ToAnalyst) => void {
  const analyst = createAnalyst(workerPlatform);
  const tell = (message: FromAnalyst) => scope.postMessage(message);

  const serveLine = (port: MessagePort): void => {
    port.onmessage = (event: MessageEvent<Deposit>) => {
      const { readId, input, dumps } = event.data;
      let reply: DepositReply;
      try {
        reply = { kind: 'stored', readId, dumps: analyst.deposit(readId, input, dumps) };
      } catch (error) {
        reply = { kind: 'refused', readId, why: describeFailure(error) };
      }
      port.postMessage(reply);
    };
    const undelivered: DepositReply = { kind: 'undelivered' };
    port.onmessageerror = () => port.postMessage(undelivered);
  };

  const answer = async (ask: Ask): Promise<void> => {
    const { askId } = ask;
    try {
      const plain = await callAnalyst(analyst, ask);
      const value = packTexts(plain, (chunk) => tell({ kind: 'chunk', askId, chunk }));
      tell({ kind: 'answer', askId, value, isPacked: value !== plain });
    } catch (error) {
      tell({ kind: 'refusal', askId, why: describeFailure(error) });
    }
  };

  return (message) => {
    switch (message.kind) {
      case 'ask':
        void answer(message);
        break;
      case 'reader':
        serveLine(message.port);
        break;
      case 'abandon':
        analyst.abandon(message.readId);
        break;
    }
  };
}

type Args = { [M in keyof AnalystMethods]: Parameters<AnalystMethods[M]>[0] };
type Values = { [M in keyof AnalystMethods]: ReturnType<AnalystMethods[M]> };

/** Calls the method a question names. */
export function callAnalyst<M extends keyof AnalystMethods>(
  methods: { [K in keyof AnalystMethods]: (args: Args[K]) => Values[K] },
  ask: { readonly method: M; readonly args: Args[M] },
): Values[M] {
  return methods[ask.method](ask.args);
}

import type { AnalystLink } from './analyst-link.ts';
import type { HelperPool } from './helper-pool.ts';
import type { FromReader, ReadId, Start, ToReader } from './messages.ts';
import type { Client, ReadInput, ReadProgress, ReadReply } from './protocol.ts';
import { type StartedWorker, startWorker, type WorkerLike } from './worker-like.ts';

export interface ReaderPoolOptions {
  readonly makeWorker: () => WorkerLike;
  readonly analyst: Pick<AnalystLink, 'ensure' | 'connect' | 'abandon'>;
  /** Threads that read ahead and unpack for large files. */
  readonly helpers: HelperPool;
  /** Most readers at once. */
  readonly size: number;
  /** A reader that has not let go of a cancelled file after this long is replaced. */
  readonly cancelGraceMs: number;
  /** The usual when left out. */
  readonly rest?: RestOptions | undefined;
}

/** When a reader is ended to get its memory back. */
export interface RestOptions {
  /** So much work (`workOf`) tires it. LARGE_BYTES when left out. */
  readonly largeBytes?: number;
  /** How long a tired reader waits for another file. */
  readonly restMs?: number;
  /** How long after that a new reader is started, when no file asked for one before. */
  readonly restartMs?: number;
}

export interface ReaderPool {
  readonly read: Client['read'];
  /** The analyst was started anew: hands every reader a line to it. */
  readonly reconnect: () => void;
  /** The analyst died. Running reads go on with a new one. */
  readonly analystGone: (why: string) => void;
  readonly stop: () => void;
}

interface Job {
  readId: ReadId;
  readonly input: ReadInput;
  readonly onProgress: (progress: ReadProgress) => void;
  readonly resolve: (reply: ReadReply) => void;
  settled: boolean;
  analystsLost: number;
  /** Its helper died: it is read without one. */
  helperLost: boolean;
}

interface Reader {
  readonly worker: StartedWorker;
  /** What it works on, settled or not; null when it is free. */
  job: Job | null;
  /** What it has done since it was started; see `workOf`. */
  work: number;
  /** Analysts it was given a line to. */
  lines: number;
}

/** A reader of so much leaves dozens of megabytes, which an idle thread does not collect by itself. */
const LARGE_BYTES = 8 * 1024 * 1024;
/** What a distinct stack counts for in that, as profiles hold many in few bytes. */
const STACK_BYTES = 1024;
/** Giving memory back holds up threads that take some; after so long most dumps are on the page. */
const REST_MS = 200;
/** Starting one takes memory and a core, so the page is left to show what was read. */
const RESTART_MS = 5000;

/** An analyst that dies twice under one file most likely dies of it. */
const MAX_ANALYSTS_LOST = 2;

/**
 * Readers that take files in the order they came. The first reader is started at once, the others when files wait. After a
 * large file a reader with nothing to do is ended, which gives its memory back, and started anew somewhat later.
 */
export function createReaderPool(options: ReaderPoolOptions): ReaderPool {
  const { analyst, cancelGraceMs, helpers } = options;
  const { largeBytes = LARGE_BYTES, restMs = REST_MS, restartMs = RESTART_MS } = options.rest ?? {};
  const queue: Job[] = [];
  const readers = new Set<Reader>();
  let lastReadId = 0;
  let stopped = false;
  let restart: ReturnType<typeof setTimeout> | undefined;

  const settle = (job: Job, reply: ReadReply): void => {
    if (job.settled) return;
    job.settled = true;
    job.resolve(reply);
  };

  const drop = (reader: Reader): void => {
    helpers.dismiss(reader);
    reader.worker.stop();
    readers.delete(reader);
  };

  const startReader = (): Reader => {
    analyst.ensure();
    const reader: Reader = {
      job: null,
      work: 0,
      lines: 1,
      worker: startWorker(options.makeWorker, {
        // Only our own code runs in the worker.
        onMessage: (data) => hear(reader, data as FromReader),
        onGarbled: () => replace(reader, 'its answer could not be received'),
        onGone: (message) => replace(reader, message),
      }),
    };
    readers.add(reader);
    const line = analyst.connect();
    const start: Start = { kind: 'start', role: 'reader', analyst: line };
    reader.worker.post(start, [line]);
    return reader;
  };

  const replace = (reader: Reader, message: string): void => {
    drop(reader);
    if (reader.job !== null) {
      // Its dumps may already be on their way.
      analyst.abandon(reader.job.readId);
      settle(reader.job, { kind: 'failed', why: describeCrash(message) });
    }
    dispatch();
  };

  /** The reader waits for bytes that never come: another one starts over, alone. */
  const helperGone = (reader: Reader, job: Job): void => {
    if (reader.job !== job) return;
    drop(reader);
    analyst.abandon(job.readId);
    if (!job.settled) {
      job.helperLost = true;
      job.readId = ++lastReadId;
      queue.unshift(job);
    }
    dispatch();
  };

  const give = (reader: Reader, job: Job): void => {
    helpers.takeBack(reader);
    reader.job = job;
    analyst.ensure();
    const lent = job.helperLost ? null : helpers.lend(reader, job.input, () => helperGone(reader, job));
    const message: ToReader = { kind: 'read', readId: job.readId, input: job.input, helpers: lent };
    reader.worker.post(message, [...(lent?.lines ?? [])]);
    job.onProgress({ bytesRead: 0, totalBytes: job.input.file.size, elapsedMs: 0, soFar: null });
  };

  const dispatch = (): void => {
    while (queue.length > 0 && !stopped) {
      const free = [...readers].find((reader) => reader.job === null);
      if (free === undefined && readers.size >= options.size) return;
      const job = queue.shift();
      if (job !== undefined) give(free ?? startReader(), job);
    }
  };

  const hear = (reader: Reader, message: FromReader): void => {
    const { job } = reader;
    if (job === null || message.readId !== job.readId) return;
    if (message.kind === 'progress') {
      if (!job.settled) job.onProgress(message.progress);
      return;
    }
    if (!job.settled && diedWithAnalyst(reader, message)) {
      give(reader, job);
      return;
    }
    if (message.kind === 'reply') settle(job, message.reply);
    reader.job = null;
    reader.work += workOf(job, message);
    if (reader.work >= largeBytes) setTimeout(() => rest(reader), restMs);
    else helpers.takeBack(reader);
    dispatch();
  };

  /** Ends a reader that is free, with the helpers it was lent. */
  const rest = (reader: Reader): void => {
    if (stopped || reader.job !== null || !readers.has(reader)) return;
    drop(reader);
    clearTimeout(restart);
    restart = setTimeout(() => {
      if (!stopped && readers.size === 0) startReader();
    }, restartMs);
  };

  const cancel = (job: Job): void => {
    if (job.settled) return;
    settle(job, { kind: 'cancelled' });
    const waiting = queue.indexOf(job);
    if (waiting >= 0) queue.splice(waiting, 1);
    for (const reader of readers) {
      if (reader.job !== job) continue;
      analyst.abandon(job.readId);
      helpers.dismiss(reader);
      const message: ToReader = { kind: 'cancel', readId: job.readId };
      reader.worker.post(message);
      setTimeout(() => {
        if (readers.has(reader) && reader.job === job) replace(reader, '');
      }, cancelGraceMs);
    }
  };

  if (options.size > 0) startReader();
  return {
    read: (input, onProgress) => {
      const { promise, resolve } = withResolver<ReadReply>();
      const job: Job = {
        readId: ++lastReadId,
        input,
        onProgress,
        resolve,
        settled: false,
        analystsLost: 0,
        helperLost: false,
      };
      if (stopped) settle(job, { kind: 'cancelled' });
      else queue.push(job);
      dispatch();
      return { reply: promise, cancel: () => cancel(job) };
    },
    reconnect: () => {
      for (const reader of readers) {
        const line = analyst.connect();
        const message: ToReader = { kind: 'analyst', analyst: line };
        reader.lines++;
        reader.worker.post(message, [line]);
      }
    },
    analystGone: (why) => {
      for (const reader of readers) {
        const { job } = reader;
        if (job === null || job.settled) continue;
        job.analystsLost++;
        if (job.analystsLost < MAX_ANALYSTS_LOST) continue;
        drop(reader);
        settle(job, { kind: 'failed', why });
      }
      if ([...readers].some((reader) => reader.job !== null)) analyst.ensure();
      dispatch();
    },
    stop: () => {
      stopped = true;
      clearTimeout(restart);
      helpers.stop();
      for (const reader of readers) {
        drop(reader);
        if (reader.job !== null) settle(reader.job, { kind: 'cancelled' });
      }
      for (const job of queue.splice(0)) settle(job, { kind: 'cancelled' });
    },
  };
}

/** How much a reader had to do: bytes that came out of the file, those of the file itself when nothing did, and stacks. */
function workOf({ input }: Job, message: FromReader): number {
  const dumps = message.kind === 'reply' && message.reply.kind === 'read' ? message.reply.dumps : [];
  return dumps.reduce((sum, { bytes, stacks }) => sum + bytes.read + STACK_BYTES * stacks, 0) || input.file.size;
}

/** True when the dumps went to an analyst that is no more, told or found out. */
function diedWithAnalyst(reader: Reader, message: FromReader): boolean {
  if (message.kind === 'lost') return true;
  return message.kind === 'reply' && message.reply.kind === 'read' && message.line < reader.lines;
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function describeCrash(message: string): string {
  const words = message === '' ? '' : ` (${message})`;
  return `The browser stopped the reader of this file, most likely for lack of memory${words}. The other files are not affected.`;
}

import type { Dump } from '../core/model/dump.ts';
import type { TextChunk } from './packed-texts.ts';
import type { AnalystMethods, DumpSummary, ReadInput, ReadProgress, ReadReply } from './protocol.ts';

/** One attempt to read a file. A file that is read again keeps its FileId and gets another one of these. */
export type ReadId = number;

/** A question on its way to the analyst. */
export interface Ask<M extends keyof AnalystMethods = keyof AnalystMethods> {
  readonly kind: 'ask';
  readonly askId: number;
  readonly method: M;
  readonly args: Parameters<AnalystMethods[M]>[0];
}

/** The first message a worker gets; it says what the worker is from now on. */
export type Start =
  | { readonly kind: 'start'; readonly role: 'reader'; readonly analyst: MessagePort }
  | { readonly kind: 'start'; readonly role: 'analyst' | 'helper' };

/** Threads that work for a reader, at the other ends of `lines`: they unpack, read ahead, and read parts of a large text. */
export interface LentHelpers {
  /** At least one. */
  readonly lines: readonly MessagePort[];
  /** What a single helper does for a text that stands in no container. */
  readonly readsAhead: boolean;
}

/** Page → reader. */
export type ToReader =
  | { readonly kind: 'read'; readonly readId: ReadId; readonly input: ReadInput; readonly helpers: LentHelpers | null }
  | { readonly kind: 'cancel'; readonly readId: ReadId }
  /** The analyst died and this one took its place. */
  | { readonly kind: 'analyst'; readonly analyst: MessagePort };

/** Page → helper: the other end of a reader's line. */
export interface ToHelper {
  readonly kind: 'line';
  readonly line: MessagePort;
}

/** Reader → page. */
export type FromReader =
  | {
      readonly kind: 'progress';
      readonly readId: ReadId;
      readonly progress: ReadProgress;
    }
  /** `line`: how many analysts the reader had been given when it handed over the dumps; an older one died with them. */
  | { readonly kind: 'reply'; readonly readId: ReadId; readonly reply: ReadReply; readonly line: number }
  /** The analyst died with the dumps of this read: it has to be done again. */
  | { readonly kind: 'lost'; readonly readId: ReadId };

/** Page → analyst. */
export type ToAnalyst =
  | Ask
  | { readonly kind: 'reader'; readonly port: MessagePort }
  /** Nobody waits for this read any more: drop its dumps, even those that are still on their way. */
  | { readonly kind: 'abandon'; readonly readId: ReadId };

/** Analyst → page. */
export type FromAnalyst =
  /** For the answer that follows: see `unpackTexts`. */
  | { readonly kind: 'chunk'; readonly askId: number; readonly chunk: TextChunk }
  /** `isPacked`: for `unpackTexts`. */
  | { readonly kind: 'answer'; readonly askId: number; readonly value: unknown; readonly isPacked: boolean }
  | { readonly kind: 'refusal'; readonly askId: number; readonly why: string };

/** Reader → analyst, with all columns transferred. */
export interface Deposit {
  readonly kind: 'deposit';
  readonly readId: ReadId;
  readonly input: ReadInput;
  readonly dumps: readonly Dump[];
}

/** Analyst → reader. */
export type DepositReply =
  | { readonly kind: 'stored'; readonly readId: ReadId; readonly dumps: readonly DumpSummary[] }
  | { readonly kind: 'refused'; readonly readId: ReadId; readonly why: string }
  /** A deposit came that could not be unpacked in the analyst's thread, so not even its read is known. */
  | { readonly kind: 'undelivered' };

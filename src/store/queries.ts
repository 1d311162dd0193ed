import type { StoreApi } from 'zustand/vanilla';
import type { Client, DumpId } from '../worker/protocol.ts';
import type { Calm } from './calm.ts';
import { causeQuestions } from './cause-questions.ts';
import type { Choice } from './choice.ts';
import { previousDump } from './dump-order.ts';
import { facetQuestion } from './facet-questions.ts';
import { flameQuestion } from './flame-questions.ts';
import { NO_ANSWER } from './initial-state.ts';
import { instanceQuestion } from './instance-questions.ts';
import { lineageQuestions } from './lineage-questions.ts';
import { lockQuestion } from './lock-questions.ts';
import type { Answer, AppState } from './state.ts';
import { followTable } from './table-queries.ts';
import { trendQuestions } from './trend-questions.ts';
import { triageQuestions } from './triage-questions.ts';

/** Lines shown before and after the line of a problem. */
const LINES_AROUND = 5;

/** Runs something later and answers with a way to prevent it. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** What to ask: a text that says it whole, so that equal texts have equal answers. */
export type Wish =
  | { readonly kind: 'ask'; readonly key: string }
  /** Cannot be asked now, but will be: a dump is being read again. The last answer stays. */
  | { readonly kind: 'hold' }
  /** Nobody looks at the answer. It stays as it is. */
  | { readonly kind: 'later' }
  | { readonly kind: 'nothing' };

/** One kind of question. */
export interface Question<T> {
  readonly wish: (state: AppState) => Wish;
  readonly ask: (state: AppState) => Promise<T | null>;
  readonly get: (state: AppState) => Answer<T>;
  readonly put: (answer: Answer<T>) => void;
  /** The last answer would mislead while this state's is on its way. */
  readonly misleads?: (state: AppState) => boolean;
}

const HOLD: Wish = { kind: 'hold' };
export const LATER: Wish = { kind: 'later' };
export const NOTHING: Wish = { kind: 'nothing' };

/** What questions are asked with. */
export interface QuestionOptions {
  readonly client: Client;
  /** A wish about these dumps, where `rest` is all else the answer depends on. */
  readonly about: (state: AppState, ids: readonly (DumpId | null)[], rest: readonly unknown[]) => Wish;
}

/** What the queries of a store share. */
export interface QueryOptions {
  readonly client: Client;
  readonly schedule: Schedule;
  readonly choice: Pick<Choice, 'tableCame' | 'adviseLevel'>;
  /** See `Intake.isLost`. */
  readonly isLost: (id: DumpId) => boolean;
  /** Nothing is asked while a change is half made. */
  readonly calm: Pick<Calm, 'after'>;
}

/**
 * Asks the analyst whenever the answer on show no longer fits the state. Of each kind one question is under way at a
 * time; when it is answered and the state has moved on, the answer is dropped and the newest question asked. Answers
 * with the function that ends it.
 */
export function startQueries(store: StoreApi<AppState>, options: QueryOptions): () => void {
  const { client } = options;
  let stopped = false;
  const about = (state: AppState, ids: readonly (DumpId | null)[], rest: readonly unknown[]): Wish =>
    wishAbout(state, options.isLost, ids, rest);

  const follow = <T>(question: Question<T>): (() => void) => {
    let wanted = '';
    let asking = false;
    const pump = (): void => {
      if (asking || wanted === '' || stopped) return;
      asking = true;
      const asked = wanted;
      const settle = (answer: Answer<T>): void => {
        asking = false;
        if (stopped) return;
        if (asked === wanted) question.put(answer);
        else pump();
      };
      question.ask(store.getState()).then(
        (value) => settle({ status: 'ready', value, error: null }),
        (error: unknown) => settle({ ...question.get(store.getState()), status: 'failed', error: messageOf(error) }),
      );
    };
    return () => {
      const state = store.getState();
      const wish = question.wish(state);
      if (wish.kind === 'later') return;
      const { status, value } = question.get(state);
      if (wish.kind === 'nothing') {
        wanted = '';
        if (status !== 'none') question.put(NO_ANSWER);
        return;
      }
      const next = wish.kind === 'ask' ? wish.key : '';
      if (next === wanted && (next === '' ? status === 'asking' : status !== 'none')) return;
      wanted = next;
      question.put({ status: 'asking', value: question.misleads?.(state) === true ? null : value, error: null });
      pump();
    };
  };

  const table = followTable(store, options);

  const detail = follow({
    wish: (state) => {
      const { groupKey, dumpId, level, fate } = state.view;
      return groupKey === null ? NOTHING : about(state, [dumpId], [level, groupKey, fate, comparedWith(state)]);
    },
    ask: async (state) => {
      const { groupKey: key, dumpId, level, fate } = state.view;
      if (dumpId === null || key === null) return null;
      return client.ask('group', { dumpId, level, key, against: comparedWith(state), fate });
    },
    get: (state) => state.detail,
    put: (detail) => store.setState({ detail }),
  });

  const rawText = follow({
    wish: (state) => (state.rawText.row === null ? NOTHING : about(state, [state.view.dumpId], [state.rawText.row])),
    ask: async ({ view, rawText }) =>
      view.dumpId === null || rawText.row === null
        ? null
        : client.ask('rawText', { dumpId: view.dumpId, row: rawText.row }),
    get: (state) => state.rawText,
    put: (answer) => store.setState(({ rawText }) => ({ rawText: { ...answer, row: rawText.row } })),
  });

  const rawLines = follow({
    wish: (state) =>
      state.rawLines.dumpId === null ? NOTHING : about(state, [state.rawLines.dumpId], [state.rawLines.line]),
    ask: async ({ rawLines: { dumpId, line } }) =>
      dumpId === null ? null : client.ask('rawLines', { dumpId, line, around: LINES_AROUND }),
    get: (state) => state.rawLines,
    put: (answer) => store.setState(({ rawLines: { dumpId, line } }) => ({ rawLines: { ...answer, dumpId, line } })),
  });

  const comparison = follow({
    wish: (state) => {
      const { tab, a, b, level } = state.view;
      return tab === 'compare' ? about(state, [a, b], [level]) : LATER;
    },
    ask: async ({ view: { a, b, level } }) =>
      a === null || b === null ? null : client.ask('compare', { a, b, level }),
    get: (state) => state.comparison,
    put: (comparison) => store.setState({ comparison }),
  });

  const trend = trendQuestions(store, { client, about, adviseLevel: options.choice.adviseLevel });
  const cause = causeQuestions(store, { client, about });
  const triage = triageQuestions(store, { client, about });
  const origins = lineageQuestions(store, { client, about });
  const others = [
    follow(trend.series),
    follow(trend.levelAdvice),
    follow(trend.verdict),
    follow(trend.stackPair),
    follow(trend.births),
    follow(lockQuestion(store, { client, about })),
    follow(origins.lineage),
    follow(origins.family),
    follow(triage.markTargets),
    follow(triage.marked),
    follow(triage.ruleTrials),
    follow(flameQuestion(store, { client, about })),
    follow(facetQuestion(store, { client, about })),
    follow(instanceQuestion(store, { client, about })),
    follow(cause.causes),
    follow(cause.verdictCauses),
  ];

  const refresh = (): void => {
    for (const each of [table.update, detail, rawText, rawLines, comparison, ...others]) each();
  };
  const unsubscribe = store.subscribe(() => options.calm.after(refresh));
  refresh();
  return () => {
    stopped = true;
    table.stop();
    unsubscribe();
  };
}

/**
 * The dump that the chosen group's goroutines are compared with: the other one of A and B where these two are compared,
 * else the dump before. Null when there is none.
 */
export function comparedWith(state: AppState): { id: DumpId; isLater: boolean } | null {
  const { tab, compareMode, dumpId, a, b } = state.view;
  if (tab === 'compare' && compareMode !== 'matrix' && a !== b && dumpId !== null) {
    if (dumpId === b) return a === null ? null : { id: a, isLater: true };
    if (dumpId === a) return b === null ? null : { id: b, isLater: false };
  }
  const previous = previousDump(state.dumps, dumpId);
  return previous === null ? null : { id: previous.summary.id, isLater: true };
}

/** A wish about these dumps, where `rest` is all else the answer depends on. Nothing while one of them is not open. */
export function wishAbout(
  state: AppState,
  isLost: (id: DumpId) => boolean,
  ids: readonly (DumpId | null)[],
  rest: readonly unknown[],
): Wish {
  const known = new Set(state.dumps.map((dump) => dump.summary.id));
  const wanted = ids.flatMap((id) => id ?? []);
  if (wanted.length < ids.length || !wanted.every((id) => known.has(id))) return NOTHING;
  return wanted.some(isLost) ? HOLD : { kind: 'ask', key: JSON.stringify([ids, ...rest]) };
}

/** The words of an analyst's refusal. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { StoreApi } from 'zustand/vanilla';
import type { LevelAdvice } from '../core/compare/level-advice.ts';
import type { StackPair } from '../core/compare/stack-pair.ts';
import type { Level } from '../core/group/levels.ts';
import type { Births } from '../core/trend/births.ts';
import type { SeriesTable } from '../core/trend/series.ts';
import type { Client, DumpId, DumpMoment } from '../worker/protocol.ts';
import { markPatterns, numberLists } from './mark-patterns.ts';
import { LATER, NOTHING, type Question, type Wish } from './queries.ts';
import { type AppState, MATRIX_GROUPS, type VerdictReply } from './state.ts';

/** What these questions are made of. */
export interface TrendOptions {
  readonly client: Client;
  readonly about: (state: AppState, ids: readonly (DumpId | null)[], rest: readonly unknown[]) => Wish;
  readonly adviseLevel: (level: Level) => void;
}

/** With more dumps than this, what is asked about all of them waits until the last file is read. */
const MANY = 8;

/** Questions about all dumps together. */
export function trendQuestions(store: StoreApi<AppState>, { client, about, adviseLevel }: TrendOptions) {
  // Counts stand in the order of the dumps, so another order makes them wrong.
  let counted = '';
  const order = (state: AppState) => JSON.stringify(state.dumps.map((dump) => dump.summary.id));

  const patternsOf = markPatterns();
  const numberOf = numberLists();

  const series: Question<SeriesTable> = {
    wish: (state) => {
      const { tab, compareMode, level } = state.view;
      if (tab !== 'timeline' && !(tab === 'compare' && compareMode === 'matrix')) return LATER;
      if (state.dumps.length === 0) return NOTHING;
      return about(state, idsOf(state), [level, timesOf(state)]);
    },
    misleads: (state) => counted !== order(state),
    ask: async (state) =>
      client.ask('series', { dumps: moments(state), level: state.view.level, limit: MATRIX_GROUPS }),
    get: (state) => state.series,
    put: (answer) => {
      if (answer.status === 'ready') counted = order(store.getState());
      store.setState({ series: answer });
    },
  };

  const levelAdvice: Question<LevelAdvice> = {
    wish: (state) =>
      isStillGrowing(state) ? LATER : state.dumps.length < 2 ? NOTHING : about(state, idsOf(state), []),
    ask: async (state) => client.ask('levelAdvice', { dumpIds: idsOf(state) }),
    get: (state) => state.levelAdvice,
    put: (answer) => {
      store.setState({ levelAdvice: answer });
      if (answer.status === 'ready' && answer.value !== null) adviseLevel(answer.value.level);
    },
  };

  const verdict: Question<VerdictReply> = {
    wish: (state) => {
      if (isStillGrowing(state)) return LATER;
      if (state.dumps.length === 0 && state.counts.length === 0) return NOTHING;
      const { level, limit } = state.view;
      const counts = state.counts.map(({ id, log }) => [id, log.counts.length]);
      return about(state, idsOf(state), [level, limit, counts, moments(state), numberOf(patternsOf(state.marks))]);
    },
    ask: async (state) => {
      const dumps = moments(state);
      const curves = state.counts.map(({ name, log }) => ({
        name,
        instance: log.provenance.instance,
        timesMs: log.timesMs,
        counts: log.counts,
      }));
      const { level, limit } = state.view;
      const marks = patternsOf(state.marks);
      const value = await client.ask('verdict', {
        dumps,
        curves,
        level,
        limit,
        ...(marks.length === 0 ? {} : { marks }),
      });
      return { verdict: value, dumpIds: dumps.map(({ id }) => id) };
    },
    get: (state) => state.verdict,
    put: (answer) => store.setState({ verdict: answer }),
  };

  const stackPair: Question<StackPair> = {
    wish: (state) => {
      const { tab, groupKey, level, a, b } = state.view;
      if (tab !== 'compare') return LATER;
      return groupKey === null || a === b ? NOTHING : about(state, [a, b], [level, groupKey]);
    },
    ask: async ({ view: { a, b, level, groupKey: key } }) =>
      a === null || b === null || key === null ? null : client.ask('stackPair', { a, b, level, key }),
    get: (state) => state.stackPair,
    put: (answer) => store.setState({ stackPair: answer }),
  };

  const births: Question<Births> = {
    wish: (state) => {
      const { dumpId, groupKey, level } = state.view;
      if (groupKey === null) return NOTHING;
      return about(state, [dumpId, ...idsOf(state)], [level, groupKey, timesOf(state)]);
    },
    ask: async (state) => {
      const { dumpId, groupKey: key, level } = state.view;
      if (dumpId === null || key === null) return null;
      return client.ask('births', { dumps: moments(state), dumpId, level, key });
    },
    get: (state) => state.births,
    put: (answer) => store.setState({ births: answer }),
  };

  return { series, levelAdvice, verdict, stackPair, births };
}

/** Many dumps, and more on their way. */
function isStillGrowing({ dumps, pending }: AppState): boolean {
  return dumps.length > MANY && pending.some(({ phase }) => phase === 'waiting' || phase === 'reading');
}

function idsOf({ dumps }: AppState): DumpId[] {
  return dumps.map(({ summary }) => summary.id);
}

function timesOf({ dumps }: AppState): (number | null)[] {
  return dumps.map(({ takenAtMs }) => takenAtMs);
}

function moments({ dumps, view }: AppState): DumpMoment[] {
  const marked = new Map(view.phases);
  return dumps.map(({ summary, name, takenAtMs }) => ({
    id: summary.id,
    name,
    takenAtMs,
    phase: marked.get(summary.id) ?? null,
  }));
}

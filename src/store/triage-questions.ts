import type { StoreApi } from 'zustand/vanilla';
import type { MarkedGroup, MarkTargets } from '../core/triage/marks.ts';
import type { DumpId } from '../worker/protocol.ts';
import { questionOf } from './cause-questions.ts';
import { markPatterns, numberLists } from './mark-patterns.ts';
import { LATER, NOTHING, type Question, type QuestionOptions } from './queries.ts';
import { type AppState, MAX_TRIED_DUMPS, type RuleTrials, type TriedRule } from './state.ts';

/** Questions about marks and own rules. */
export function triageQuestions(store: StoreApi<AppState>, { client, about }: QuestionOptions) {
  // Marks and rules are only ever replaced: a number for each list stands for what it says.
  const numberOf = numberLists();

  const markTargets: Question<MarkTargets> = {
    wish: (state) => {
      const { dumpId, level, groupKey } = state.view;
      return groupKey === null ? NOTHING : about(state, [dumpId], [level, groupKey]);
    },
    // A mark must not go to the group that was chosen before.
    misleads: () => true,
    ask: async ({ view: { dumpId, level, groupKey: key } }) =>
      dumpId === null || key === null ? null : client.ask('markTargets', { dumpId, level, key }),
    get: (state) => state.markTargets,
    put: (answer) => store.setState({ markTargets: answer }),
  };

  const patternsOf = markPatterns();

  const marked: Question<readonly MarkedGroup[]> = {
    wish: (state) => {
      if (state.marks.length === 0) return NOTHING;
      const ids = idsOnShow(state);
      return ids === null ? LATER : about(state, ids, [state.view.level, numberOf(patternsOf(state.marks))]);
    },
    ask: async (state) => {
      const dumpIds = (idsOnShow(state) ?? []).flatMap((id) => id ?? []);
      const marks = patternsOf(state.marks);
      return client.ask('markedGroups', { dumpIds, level: state.view.level, marks });
    },
    get: (state) => state.marked,
    put: (answer) => store.setState({ marked: answer }),
  };

  const ruleTrials: Question<RuleTrials> = {
    wish: (state) => {
      const { rulesView, ownRules, view, verdict } = state;
      if (rulesView === null) return NOTHING;
      return about(state, triedDumps(state), [
        rulesView,
        view.level,
        numberOf(ownRules),
        verdict.value === null ? null : numberOf(verdict.value),
      ]);
    },
    ask: async (state) => {
      const { search, draft } = state.rulesView ?? { search: '', draft: '' };
      const [found, read] = await Promise.all([
        client.ask('findRules', { text: search }),
        draft.trim() === '' ? null : client.ask('readRule', { text: draft }),
      ]);
      const drafted = read?.kind === 'rule' ? read.rule : null;
      const shown = [...(drafted === null ? [] : [drafted]), ...state.ownRules, ...found];
      const dumpIds = triedDumps(state);
      const trials = await Promise.all(
        dumpIds.map((id) => client.ask('tryRules', { ...questionOf(state, id), rules: shown })),
      );
      const of = (rule: (typeof shown)[number], at: number) => ({
        rule,
        trials: trials.flatMap((ofDump) => ofDump[at] ?? []),
      });
      const all = shown.map(of);
      const first = drafted === null ? 0 : 1;
      return {
        dumpIds,
        problems: read?.kind === 'invalid' ? read.problems : [],
        draft: drafted === null ? null : (all[0] ?? null),
        own: all.slice(first, first + state.ownRules.length),
        // Those that match something come first.
        found: all.slice(first + state.ownRules.length).sort((a, b) => matchedBy(b) - matchedBy(a)),
      };
    },
    get: (state) => state.ruleTrials,
    put: (answer) => store.setState({ ruleTrials: answer }),
  };

  return { markTargets, marked, ruleTrials };
}

/** Goroutines that a rule fits, over all tried dumps. */
function matchedBy({ trials }: TriedRule): number {
  return trials.reduce((sum, { fits }) => sum + fits.goroutines, 0);
}

/** The dumps whose groups the tab shows; null where it shows none. */
function idsOnShow({ view, dumps }: AppState): (DumpId | null)[] | null {
  if (view.tab === 'groups') return [view.dumpId];
  if (view.tab !== 'compare') return null;
  return view.compareMode === 'matrix' ? dumps.map(({ summary }) => summary.id) : [view.a, view.b];
}

function triedDumps({ dumps }: AppState): DumpId[] {
  return dumps.slice(-MAX_TRIED_DUMPS).map(({ summary }) => summary.id);
}

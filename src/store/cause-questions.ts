import type { StoreApi } from 'zustand/vanilla';
import type { Cause } from '../core/causes/rule.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import type { Call, GroupVerdict } from '../core/trend/verdict.ts';
import type { CausesQuestion, DumpId } from '../worker/protocol.ts';
import { numberObjects } from './number-objects.ts';
import { LATER, NOTHING, type Question, type QuestionOptions } from './queries.ts';
import type { AppState, TableCauses, VerdictCauses, VerdictReply } from './state.ts';

/** Calls of groups whose cause the verdict shows. */
const ALARMING: ReadonlySet<Call> = new Set<Call>(['leaked', 'growing', 'raised', 'stuck', 'suspicious']);
/** Dumps whose causes are asked for the verdict: the groups it names first are rarely in more. */
const MAX_VERDICT_DUMPS = 3;

/** Questions about what causes the groups; asked once the verdict is there, as growth decides between causes. */
export function causeQuestions(store: StoreApi<AppState>, { client, about }: QuestionOptions) {
  // An answer stands row for row for one table, so another table of the same dump asks again.
  const numberOf = numberObjects();

  // A question that waited is asked as it was wished for: by then the table on show may be another dump's.
  let planned: { readonly of: GroupTable; readonly question: CausesQuestion } | null = null;
  const causes: Question<TableCauses> = {
    wish: (state) => {
      const { groups, verdict, view } = state;
      if (view.dumpId === null) return NOTHING;
      if (groups.status !== 'ready' || groups.value === null) return LATER;
      if (verdict.status === 'none' || verdict.status === 'asking') return LATER;
      const question = questionOf(state, view.dumpId);
      planned = { of: groups.value.table, question };
      return about(state, idsIn([question]), [numberOf(groups.value.table), question]);
    },
    ask: async () => {
      if (planned === null) return null;
      const { of, question } = planned;
      const reply = await client.ask('causes', question);
      const ids = new Set(
        reply.causes.flatMap((cause) => (cause === null ? [] : [cause.ruleId, cause.brokenGuardOf ?? cause.ruleId])),
      );
      const rules = ids.size === 0 ? [] : await client.ask('rules', { ids: [...ids], ...ownOf(question) });
      return { of, reply, rules, own: question.ownRules ?? [] };
    },
    get: (state) => state.causes,
    put: (answer) => store.setState({ causes: answer }),
  };

  let judged: { readonly reply: VerdictReply; readonly questions: readonly CausesQuestion[] } | null = null;
  const verdictCauses: Question<VerdictCauses> = {
    wish: (state) => {
      const { verdict } = state;
      if (verdict.status === 'none') return NOTHING;
      if (verdict.status !== 'ready' || verdict.value === null) return LATER;
      const questions = dumpsToAsk(verdict.value).map((id) => questionOf(state, id));
      if (questions.length === 0) return NOTHING;
      judged = { reply: verdict.value, questions };
      return about(state, idsIn(questions), [numberOf(verdict.value.verdict), questions]);
    },
    ask: async () => {
      if (judged === null) return null;
      const { reply, questions } = judged;
      const { groups } = reply.verdict;
      const found = new Map<GroupVerdict, Cause | null>();
      for (const question of questions) {
        const members = groups.filter((group) => lastDumpOf(group, reply) === question.dumpId);
        const answers = await client.ask('causesOf', { ...question, keys: members.map(({ key }) => key) });
        members.forEach((group, at) => {
          found.set(group, answers[at] ?? null);
        });
      }
      const causesOf = groups.map((group) => found.get(group) ?? null);
      const at = causesOf.findIndex((cause, place) => cause?.kind === 'leak' && isToLookAt(groups[place]));
      const cause = causesOf[at] ?? null;
      if (cause === null) return { of: reply.verdict, causes: causesOf, leading: null };
      const [rule = null] = await client.ask('rules', { ids: [cause.ruleId], ...ownOf(questions[0]) });
      const own = questions[0]?.ownRules?.find(({ id }) => id === cause.ruleId) ?? null;
      return { of: reply.verdict, causes: causesOf, leading: { at, cause, rule, own } };
    },
    get: (state) => state.verdictCauses,
    put: (answer) => store.setState({ verdictCauses: answer }),
  };

  return { causes, verdictCauses };
}

/** The team's own rules that a question holds. */
function ownOf(question: CausesQuestion | undefined): Pick<CausesQuestion, 'ownRules'> {
  return question?.ownRules === undefined ? {} : { ownRules: question.ownRules };
}

/** All dumps that questions are about. */
function idsIn(questions: readonly CausesQuestion[]): DumpId[] {
  return questions.flatMap(({ dumpId, proofs = [] }) => [dumpId, ...proofs]);
}

/** Whether somebody should look at a group: it alarms and no mark keeps it out, or it is marked suspect. */
function isToLookAt(group: GroupVerdict | undefined): boolean {
  return group !== undefined && !group.leftOut && (ALARMING.has(group.call) || group.mark === 'suspect');
}

/** More than before, and they stay. What is proven leaked need not have grown. */
function isRising({ call, growth }: GroupVerdict): boolean {
  return call === 'growing' || call === 'raised' || (call === 'leaked' && growth > 0);
}

function lastDumpOf(group: GroupVerdict, { dumpIds }: VerdictReply): DumpId | undefined {
  return dumpIds[group.dumps.at(-1) ?? -1];
}

/** The dumps of the first groups that somebody should look at. */
function dumpsToAsk(reply: VerdictReply): DumpId[] {
  const ids = new Set(reply.verdict.groups.filter(isToLookAt).flatMap((group) => lastDumpOf(group, reply) ?? []));
  return [...ids].slice(0, MAX_VERDICT_DUMPS);
}

/** What is asked about the causes of a dump. */
export function questionOf(state: AppState, dumpId: DumpId): CausesQuestion {
  const { level } = state.view;
  const reply = state.verdict.status === 'ready' ? state.verdict.value : null;
  const place = reply?.dumpIds.indexOf(dumpId) ?? -1;
  const at = reply?.verdict.processes.findIndex(({ dumps }) => dumps.includes(place)) ?? -1;
  const process = reply?.verdict.processes[at];
  const groups = reply?.verdict.level === level ? reply.verdict.groups : [];
  return {
    dumpId,
    level,
    rising: groups.flatMap((group) => (isRising(group) && group.process === at ? [group.key] : [])),
    dumps: Math.max(process?.judged.length ?? 1, 1),
    ...(state.ownRules.length === 0 ? {} : { ownRules: state.ownRules }),
    proofs: (process?.profiles ?? []).flatMap((of) => reply?.dumpIds[of] ?? []).filter((id) => id !== dumpId),
  };
}

import type { StoreApi } from 'zustand/vanilla';
import type { Rule } from '../core/causes/rule.ts';
import { cleanNote, isMarkOf, type Mark, type MarkKind } from '../core/triage/marks.ts';
import { mergeRuleFiles, RULE_FILE_LIMITS, type RuleFile } from '../core/triage/rule-file.ts';
import type { FileId } from '../worker/protocol.ts';
import type { Say } from './notices.ts';
import type { Actions, AppState } from './state.ts';

type TriageActions = Pick<Actions, 'markGroup' | 'keepRule' | 'removeRule' | 'showRules'>;

/** Keeps marks and own rules: what rule files say, and over that what is said on the page. */
export interface Triage extends TriageActions {
  /** A rule file was read, for the first time or again. */
  readonly put: (id: FileId, name: string, file: RuleFile) => void;
  /** Marks and rules of a saved investigation: as if they were said on the page. */
  readonly said: (file: RuleFile) => void;
  /** Makes these all that applies: what files say beside them is taken away. */
  readonly restore: (file: RuleFile) => void;
  readonly drop: (id: FileId) => void;
  readonly holds: (id: FileId) => boolean;
}

export function createTriage(store: StoreApi<AppState>, say: Say): Triage {
  /** What the page said of a mark or rule by its id; null takes it away though a file has it. */
  const saidMarks = new Map<string, Mark | null>();
  const saidRules = new Map<string, Rule | null>();
  /** Notes of marks that were taken away, by the mark's id: whoever goes round the marks comes back to them. */
  const lastNotes = new Map<string, string>();

  /** Puts together what applies. */
  const settle = (ruleFiles: AppState['ruleFiles'] = store.getState().ruleFiles): void => {
    const merged = mergeRuleFiles(ruleFiles.map(({ file }) => file));
    store.setState({
      ruleFiles,
      ownRules: laidOver(merged.rules, saidRules),
      marks: laidOver(merged.marks, saidMarks),
    });
  };

  return {
    put: (id, name, file) => {
      const { ruleFiles } = store.getState();
      const entry = { fileId: id, name, file };
      const known = ruleFiles.some((other) => other.fileId === id);
      settle(known ? ruleFiles.map((other) => (other.fileId === id ? entry : other)) : [...ruleFiles, entry]);
      if (known) return;
      const words = countRules(file);
      say(
        'info',
        words === '' ? `${name} is a team rule file without rules or marks.` : `${name} is in use: ${words}.`,
      );
    },

    said: ({ rules, marks }) => {
      for (const rule of rules) saidRules.set(rule.id, rule);
      for (const mark of marks) saidMarks.set(mark.id, mark);
      settle();
    },

    restore: ({ rules, marks }) => {
      const now = store.getState();
      for (const { id } of now.ownRules) saidRules.set(id, null);
      for (const { id } of now.marks) saidMarks.set(id, null);
      for (const rule of rules) saidRules.set(rule.id, rule);
      for (const mark of marks) saidMarks.set(mark.id, mark);
      settle();
    },

    drop: (id) => {
      const { ruleFiles } = store.getState();
      if (ruleFiles.some(({ fileId }) => fileId === id)) settle(ruleFiles.filter(({ fileId }) => fileId !== id));
    },

    holds: (id) => store.getState().ruleFiles.some(({ fileId }) => fileId === id),

    markGroup: (mark, note) => {
      const { markTargets, marks } = store.getState();
      const found = markTargets.value;
      if (found === null || found.total > found.targets.length) return;
      const old = marks.filter((each) => found.targets.some((target) => isMarkOf(each, target)));
      const known = old.find((each) => each.note !== '')?.note;
      const last = old.length > 0 ? undefined : found.targets.find(({ id }) => lastNotes.has(id));
      const kept = cleanNote(note ?? known ?? lastNotes.get(last?.id ?? '') ?? '');
      if (mark !== null && marks.length - old.length + found.targets.length > RULE_FILE_LIMITS.marks) {
        say('error', `No more than ${RULE_FILE_LIMITS.marks.toLocaleString('en-GB')} marks can be kept.`);
        return;
      }
      for (const { id } of old) saidMarks.set(id, null);
      for (const { id } of found.targets) {
        if (mark === null && kept !== '') lastNotes.set(id, kept);
        else lastNotes.delete(id);
      }
      if (mark !== null) {
        for (const { goroutines: _, ...target } of found.targets) {
          // Set anew, so that the last word stands last.
          saidMarks.delete(target.id);
          saidMarks.set(target.id, { ...target, mark, note: kept });
        }
      }
      settle();
    },

    keepRule: (rule) => {
      const { ownRules } = store.getState();
      if (ownRules.length >= RULE_FILE_LIMITS.rules && !ownRules.some(({ id }) => id === rule.id)) {
        say('error', `No more than ${RULE_FILE_LIMITS.rules.toLocaleString('en-GB')} own rules can be kept.`);
        return;
      }
      saidRules.set(rule.id, rule);
      settle();
    },

    removeRule: (id) => {
      saidRules.set(id, null);
      settle();
    },

    showRules: (change) =>
      store.setState(({ rulesView }) => ({
        rulesView: change === null ? null : { search: '', draft: '', ...rulesView, ...change },
      })),
  };
}

/** What files say with what was said over it: in the place of the file's, new ones last. */
function laidOver<T extends { readonly id: string }>(
  ofFiles: readonly T[],
  said: ReadonlyMap<string, T | null>,
): readonly T[] {
  const all = new Map(ofFiles.map((each) => [each.id, each]));
  for (const [id, each] of said) {
    if (each === null) all.delete(id);
    else all.set(id, each);
  }
  return [...all.values()];
}

/** "3 rules, 1 mark"; empty when there are none. */
export function countRules({ rules, marks }: RuleFile): string {
  return [numberOf(rules, 'rule'), numberOf(marks, 'mark')].flat().join(', ');
}

function numberOf({ length }: readonly unknown[], word: string): string[] {
  return length === 0 ? [] : [`${length.toLocaleString('en-GB')} ${word}${length === 1 ? '' : 's'}`];
}

/** The mark that follows when a key goes round. */
export function nextMark(mark: MarkKind | null): MarkKind | null {
  return mark === null ? 'expected' : mark === 'expected' ? 'suspect' : mark === 'suspect' ? 'done' : null;
}

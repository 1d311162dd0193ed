import { useRef, useState } from 'react';
import type { Rule } from '../../core/causes/rule.ts';
import { type AppState, MAX_TRIED_DUMPS, type TriedRule } from '../../store/state.ts';
import { selectRuleFile } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { tailOf } from '../words.ts';
import { RuleRow } from './RuleRow.tsx';
import { RULE_TEMPLATE, ruleText } from './rule-draft.ts';
import './triage.css';

/** Own and shipped rules with what they match in the loaded dumps, and a place to write one. */
export function RulesDialog() {
  const view = useStandstill((state) => state.rulesView);
  return view === null ? null : <Open view={view} />;
}

function Open({ view }: { view: NonNullable<AppState['rulesView']> }) {
  const trials = useStandstill((state) => state.ruleTrials);
  const dumps = useStandstill((state) => state.dumps.length);
  const { showRules, removeRule } = useActions();
  const ruleFiles = useStandstill((state) => state.ruleFiles);
  const ownRules = useStandstill((state) => state.ownRules);
  const standsIn = (rule: Rule) => {
    const file = selectRuleFile({ ruleFiles }, rule);
    return file === null ? 'kept with this investigation' : `from ${tailOf(file.name)}`;
  };
  const editor = useRef<HTMLTextAreaElement>(null);
  const edit = ({ rule }: TriedRule) => {
    if (editor.current === null) return;
    editor.current.value = ruleText(rule);
    editor.current.focus();
    showRules({ draft: editor.current.value });
  };
  const { value } = trials;
  return (
    <Dialog title="Rules" className="dialog rules-dialog" onClose={() => showRules(null)}>
      <p className="muted">
        Rules of your team are asked before the shipped ones.{' '}
        {dumps === 0
          ? 'Once a dump is open each is tried on it by itself.'
          : `Here each is tried by itself on ${dumps > MAX_TRIED_DUMPS ? `the last ${MAX_TRIED_DUMPS} of ${formatCount(dumps)} dumps` : 'the loaded dumps'}.`}
      </p>
      {trials.status === 'failed' ? (
        <p className="failed-note" role="alert">
          The rules could not be tried: {trials.error}
        </p>
      ) : null}
      <Editor field={editor} />
      <section aria-label="Own rules" aria-busy={trials.status === 'asking'}>
        <h3>
          {value === null || value.own.length === 0 ? 'No own rules yet' : formatNumberOf(value.own.length, 'own rule')}
        </h3>
        <ul className="rule-list">
          {value?.own.map((tried) => (
            <RuleRow
              key={tried.rule.id}
              tried={tried}
              dumpIds={value.dumpIds}
              note={standsIn(tried.rule)}
              edit="Edit"
              onEdit={edit}
              onRemove={() => removeRule(tried.rule.id)}
            />
          ))}
        </ul>
      </section>
      <section aria-label="Shipped rules">
        <h3>Shipped rules</h3>
        <input
          type="search"
          className="field"
          aria-label="Search the shipped rules"
          placeholder="id, word or function"
          defaultValue={view.search}
          maxLength={200}
          onChange={(event) => showRules({ search: event.currentTarget.value })}
        />
        {view.search.trim() !== '' && value !== null && value.found.length === 0 && trials.status === 'ready' ? (
          <p className="muted">No shipped rule has these words.</p>
        ) : null}
        <ul className="rule-list">
          {value?.found.map((tried) => (
            <RuleRow
              key={tried.rule.id}
              tried={tried}
              dumpIds={value.dumpIds}
              note={ownRules.some(({ id }) => id === tried.rule.id) ? 'your own rule stands in its place' : ''}
              edit="Copy to editor"
              onEdit={edit}
            />
          ))}
        </ul>
      </section>
    </Dialog>
  );
}

/** A rule as JSON: tried first, then kept. */
function Editor({ field }: { field: React.RefObject<HTMLTextAreaElement | null> }) {
  const draft = useStandstill((state) => state.rulesView?.draft ?? '');
  const trials = useStandstill((state) => state.ruleTrials);
  const isOwn = useStandstill((state) =>
    state.ownRules.some(({ id }) => id === state.ruleTrials.value?.draft?.rule.id),
  );
  const { showRules, keepRule } = useActions();
  /** The text has been changed since it was tried. */
  const [changed, setChanged] = useState(false);
  const { value } = trials;
  const tried = value?.draft ?? null;
  const isTried = draft !== '' && !changed && trials.status === 'ready';
  const tryIt = () => {
    setChanged(false);
    showRules({ draft: field.current?.value ?? '' });
  };
  return (
    <section aria-label="Write a rule">
      <h3>Write a rule</h3>
      <textarea
        ref={field}
        className="field mono rule-text"
        aria-label="Rule as JSON"
        rows={10}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        defaultValue={draft === '' ? RULE_TEMPLATE : draft}
        onChange={() => setChanged(true)}
      />
      <p className="rule-tools">
        <button type="button" className="button small primary" onClick={tryIt}>
          Try it
        </button>
        <button
          type="button"
          className="button small"
          disabled={!isTried || tried === null}
          onClick={() => tried !== null && keepRule(tried.rule)}
        >
          {isOwn ? 'Replace the own rule' : 'Keep as own rule'}
        </button>
        {changed && draft !== '' ? <span className="muted">Changed since it was tried.</span> : null}
      </p>
      {isTried && value !== null && value.problems.length > 0 ? (
        <ul className="failed-note" role="alert">
          {value.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
      {isTried && tried !== null && value !== null ? (
        <ul className="rule-list" aria-label="The rule on trial">
          <RuleRow tried={tried} dumpIds={value.dumpIds} />
        </ul>
      ) : null}
    </section>
  );
}

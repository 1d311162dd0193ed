import type { Verdict } from '../../core/trend/verdict.ts';
import { selectVerdictCauses } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Checks } from '../causes/CauseText.tsx';
import { capital } from '../causes/cause-words.ts';
import { OwnRule } from '../causes/OwnRule.tsx';
import { ShowLink } from './SentenceView.tsx';
import { showsOf } from './verdict-words.ts';

/** What to check for the likely cause, the next step with its commands, and what would change the answer. */
export function WhatToDo({ verdict, onClose }: { verdict: Verdict; onClose: () => void }) {
  const { next, wouldChange } = verdict;
  return (
    <Dialog title="What to do" onClose={onClose}>
      <div className="what-to-do">
        <FirstChecks verdict={verdict} onClose={onClose} />
        <p>{next.text}</p>
        {next.commands.length === 0 ? null : (
          <ul aria-label="Commands">
            {next.commands.map(({ title, command }) => (
              <li key={title} className="next-command">
                <div>
                  <h3>{title}</h3>
                  <CopyButton text={command} what={`command: ${title}`} className="button small" />
                </div>
                <pre>{command}</pre>
              </li>
            ))}
          </ul>
        )}
        {next.commands.some(({ command }) => /\b[A-Z]{3,}\b/.test(command)) ? (
          <p className="muted">Words in capitals stand for your own names.</p>
        ) : null}
        {wouldChange.length === 0 ? null : (
          <section aria-label="What would change this answer">
            <h3>What would change this answer</h3>
            <ul className="bullets">
              {wouldChange.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** The questions of the likely cause of the group to look at first; they lead to it. */
function FirstChecks({ verdict, onClose }: { verdict: Verdict; onClose: () => void }) {
  const leading = useStandstill((state) => selectVerdictCauses(state)?.leading ?? null);
  const group = leading === null ? undefined : verdict.groups[leading.at];
  if (leading?.rule?.kind !== 'leak' || group === undefined) return null;
  return (
    <section className="first-checks" aria-label="Likely cause">
      <h3 className="first-checks-head">
        <strong>{capital(leading.cause.title)}</strong> at{' '}
        <ShowLink className="link mono" show={showsOf(group, verdict).last} onShow={onClose}>
          {group.name}
        </ShowLink>
      </h3>
      {leading.own === null ? null : <OwnRule rule={leading.own} />}
      <Checks rule={leading.rule} />
    </section>
  );
}

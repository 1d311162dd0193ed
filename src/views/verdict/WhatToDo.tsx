import type { Verdict } from '../../core/trend/verdict.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** The next step with its commands, and what would change the answer. */
export function WhatToDo({ verdict, onClose }: { verdict: Verdict; onClose: () => void }) {
  const { next, wouldChange } = verdict;
  return (
    <Dialog title="What to do" onClose={onClose}>
      <div className="what-to-do">
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

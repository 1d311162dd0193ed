import { useState } from 'react';
import { formatRuleFile, RULE_FILE_LIMITS } from '../../core/triage/rule-file.ts';
import { countRules } from '../../store/triage.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { saveFile } from '../../ui/save-file.ts';
import { tailOf } from '../words.ts';
import './triage.css';

/** Name of the file that is saved. */
export const RULE_FILE_NAME = 'standstill-rules.json';

/** Marks and own rules that are in use, the files they came from, and how to save them. Longer names of files are cut. */
export function TeamRules({ nameLength = 28 }: { nameLength?: number }) {
  const ruleFiles = useStandstill((state) => state.ruleFiles);
  const rules = useStandstill((state) => state.ownRules);
  const marks = useStandstill((state) => state.marks);
  const { removeRuleFile, showRules } = useActions();
  const [tooLarge, setTooLarge] = useState(false);
  const save = () => {
    const text = formatRuleFile({ rules, marks });
    // Bytes in UTF-8, as the file will have.
    const fits = new Blob([text]).size <= RULE_FILE_LIMITS.bytes;
    setTooLarge(!fits);
    if (fits) saveFile(RULE_FILE_NAME, 'application/json', text);
  };
  return (
    <section className="side-part team-rules" aria-label="Team rules">
      <h2>Team rules</h2>
      {ruleFiles.length === 0 ? null : (
        <ul aria-label="Rule files">
          {ruleFiles.map(({ fileId, name, file }) => (
            <li key={fileId} className="side-line">
              <h3 title={name}>
                {tailOf(name, nameLength)} <span className="muted">{countRules(file) || 'empty'}</span>
              </h3>
              <button
                type="button"
                className="button small quiet"
                aria-label={`Remove ${name}`}
                onClick={() => removeRuleFile(fileId)}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="muted team-rules-sum">
        {rules.length + marks.length === 0
          ? 'Mark a group (m), write a rule, or drop a team rule file.'
          : `In use: ${countRules({ rules, marks })}.`}
      </p>
      <p className="team-rules-tools">
        <button type="button" className="button small" onClick={() => showRules({})}>
          Rules
        </button>
        {rules.length + marks.length === 0 ? null : (
          <button type="button" className="button small" onClick={save} title={`Saves ${RULE_FILE_NAME}`}>
            Save team rules
          </button>
        )}
      </p>
      {tooLarge ? (
        <p className="failed-note" role="alert">
          The team rules take more than {RULE_FILE_LIMITS.bytes / 2 ** 20} MiB, more than can be opened again. Remove
          some marks.
        </p>
      ) : null}
    </section>
  );
}

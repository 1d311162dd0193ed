import type { LeakRule } from '../../core/causes/rule.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { addressOf } from './cause-words.ts';

/** What a rule knows: what it means, what to check, a fix, and where it is from. */
export function CauseText({ rule }: { rule: LeakRule }) {
  // A team's own rule need not have one, nor questions.
  const hasExample = rule.example.before !== '' || rule.example.after !== '';
  return (
    <>
      <p>{rule.meaning}</p>
      <Checks rule={rule} />
      {hasExample ? (
        <details className="cause-example">
          <summary>Example: before and after</summary>
          <div className="cause-code">
            <Code label="Before" text={rule.example.before} />
            <Code label="After" text={rule.example.after} />
          </div>
        </details>
      ) : null}
      {rule.sources.length === 0 ? null : (
        <details className="cause-sources">
          <summary>Sources</summary>
          <ul>
            {rule.sources.map((source) => (
              <li key={source}>
                <Source text={source} />
              </li>
            ))}
            {rule.versions === undefined ? null : <li className="muted">Versions: {rule.versions}</li>}
          </ul>
        </details>
      )}
    </>
  );
}

/** Questions for whoever looks into the source, the most telling first. */
export function Checks({ rule }: { rule: LeakRule }) {
  if (rule.check.length === 0) return null;
  return (
    <div className="cause-checks">
      <h4>What to check</h4>
      <ol aria-label="What to check">
        {rule.check.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ol>
    </div>
  );
}

function Code({ label, text }: { label: string; text: string }) {
  return (
    <figure aria-label={label}>
      <figcaption>
        {label}
        <CopyButton text={text} what={`example: ${label.toLowerCase()}`} />
      </figcaption>
      <pre>{text}</pre>
    </figure>
  );
}

/** Only a reader's click opens an address; the page itself fetches none. */
function Source({ text }: { text: string }) {
  const address = addressOf(text);
  if (address === null) return text;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  );
}

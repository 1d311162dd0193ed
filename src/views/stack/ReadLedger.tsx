import { formatBytes, formatCount, formatNumberOf, formatShare } from '../../ui/format.ts';
import type { DumpSummary } from '../../worker/protocol.ts';

/** Where the bytes of a dump's text went, and whether the dump holds what it says. `onProblems` opens the list of problems. */
export function ReadLedger({ summary, onProblems }: { summary: DumpSummary; onProblems: () => void }) {
  const { bytes, problemCount } = summary;
  const understood = bytes.read > 0 ? (100 * bytes.understood) / bytes.read : 0;
  return (
    <section className="block" aria-label="What was read">
      <h3>What was read</h3>
      <span className="ledger-bar" aria-hidden="true">
        <span className="ledger-understood" style={{ width: `${understood}%` }} />
      </span>
      <table className="ledger">
        <caption className="visually-hidden">Where the bytes of the text went</caption>
        <tbody>
          <tr>
            <th scope="row">
              <span className="ledger-key understood" aria-hidden="true" />
              Understood
            </th>
            <Size part={bytes.understood} all={bytes.read} />
          </tr>
          <tr>
            <th scope="row">
              <span className="ledger-key" aria-hidden="true" />
              {problemCount > 0 ? 'Surrounding text and problems' : 'Surrounding text'}
            </th>
            <Size part={bytes.ignored} all={bytes.read} />
          </tr>
          <tr className="ledger-sum">
            <th scope="row">Read</th>
            <Size part={bytes.read} all={bytes.read} />
          </tr>
          <tr>
            <th scope="row">Problems</th>
            <td colSpan={2} className="numbers">
              {problemCount === 0 ? (
                'none'
              ) : (
                <button
                  type="button"
                  className="link warn"
                  aria-label={`List ${formatNumberOf(problemCount, 'problem')}`}
                  onClick={onProblems}
                >
                  {formatNumberOf(problemCount, 'problem')}
                </button>
              )}
            </td>
          </tr>
        </tbody>
      </table>
      <Declared summary={summary} />
      {summary.lowerBounds.map((sentence) => (
        <p key={sentence} className="ledger-lower">
          <strong className="warn">Lower bound:</strong> {sentence}
        </p>
      ))}
    </section>
  );
}

function Size({ part, all }: { part: number; all: number }) {
  return (
    <>
      <td className="numbers" title={`${formatCount(part)} bytes`}>
        {formatBytes(part)}
      </td>
      <td className="numbers muted">{formatShare(part, all)}</td>
    </>
  );
}

/** The total that the dump claims against the one that was counted: always said. */
function Declared({ summary: { declared, goroutines } }: { summary: DumpSummary }) {
  if (declared === null) {
    return (
      <p className="ledger-declared">
        <span className="muted">Declares no total,</span> counted {formatCount(goroutines)}
      </p>
    );
  }
  const agrees = declared === goroutines;
  const missing = declared - goroutines;
  return (
    <p className="ledger-declared">
      Declares {formatCount(declared)}, counted {formatCount(goroutines)}{' '}
      <strong className={agrees ? 'shrink' : 'warn'}>
        <span aria-hidden="true">{agrees ? '✓' : '≠'}</span> {agrees ? 'agrees' : 'differs'}
      </strong>
      {agrees ? null : (
        <span className="muted">
          {' '}
          by {formatCount(Math.abs(missing))}
          {missing > 0 ? ', which are missing here' : ' more than it says'}
        </span>
      )}
    </p>
  );
}

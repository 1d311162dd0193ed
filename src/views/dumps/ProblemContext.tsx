import { useEffect, useRef } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatCount } from '../../ui/format.ts';
import './problem-context.css';

/** The lines of the file around the problem that is open, as they stand. `place` names its line. */
export function ProblemContext({ place, onClose }: { place: string; onClose: () => void }) {
  const { status, value, error, dumpId, line } = useStandstill((state) => state.rawLines);
  const { showRawLines } = useActions();
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (value !== null) current.current?.scrollIntoView({ block: 'nearest' });
  }, [value]);
  return (
    <section className="raw-lines" aria-label={`Lines around ${place}`} aria-busy={status === 'asking'}>
      <div className="raw-lines-head">
        <span className="muted">As it stands in the file</span>
        {value === null ? null : <CopyButton text={() => value.lines.join('\n')} what="lines" />}
        <button type="button" className="button small" onClick={onClose} title="Close (Esc)">
          Close
        </button>
      </div>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          The lines could not be read back: {error}{' '}
          {dumpId === null ? null : (
            <button type="button" className="link" onClick={() => showRawLines({ dumpId, line })}>
              Try again
            </button>
          )}
        </p>
      ) : value === null ? (
        <p className="muted" role="status">
          Reading the lines…
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
        <ol className="raw-lines-list" tabIndex={0} aria-label="Lines of the file">
          {value.lines.map((text, index) => {
            const number = value.first + index;
            const here = number === line;
            return (
              <li
                key={number}
                className={here ? 'here' : undefined}
                aria-current={here ? 'true' : undefined}
                ref={here ? current : undefined}
              >
                <span className="raw-lines-number">
                  {here ? <span className="raw-lines-mark">this line </span> : null}
                  {formatCount(number)}
                </span>
                <code>{text}</code>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

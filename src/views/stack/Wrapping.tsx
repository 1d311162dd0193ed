import type { Wrapper } from '../../core/model/provenance.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import type { DumpSummary } from '../../worker/protocol.ts';

/** What a log had put around the lines and was taken off, with an example and the way to have it otherwise. */
export function Wrapping({ summary }: { summary: DumpSummary }) {
  const { fileId, provenance } = summary;
  const { wrapper } = provenance;
  const off = useStandstill((state) => state.asTheyStand.includes(fileId));
  const { setUnwrap } = useActions();
  if (wrapper === null && !off) return null;
  return (
    <section className="block" aria-label="Wrapper">
      {wrapper === null ? (
        <p>
          <strong>Lines are read as they stand,</strong> with everything a log put before them.
        </p>
      ) : (
        <Example wrapper={wrapper} />
      )}
      <label className="check">
        <input type="checkbox" checked={off} onChange={(event) => setUnwrap(fileId, !event.currentTarget.checked)} />
        Read the lines as they stand
      </label>
      <p className="muted small">
        {off ? 'Clear it to have the wrapper taken off again.' : 'For the whole file; it is read again.'}
      </p>
    </section>
  );
}

function Example({ wrapper: { kinds, example, exampleRead, lines } }: { wrapper: Wrapper }) {
  // Where the line ends as it was read, all before that was taken off.
  const before = exampleRead !== '' && example.endsWith(exampleRead) ? example.length - exampleRead.length : 0;
  return (
    <>
      <h3>Taken off every line: {kinds.join(', ')}</h3>
      <dl className="wrapping">
        <div>
          <dt>in the file</dt>
          <dd>
            <code>
              {before === 0 ? null : <span className="taken-off">{example.slice(0, before)}</span>}
              {example.slice(before)}
            </code>
          </dd>
        </div>
        <div>
          <dt>read as</dt>
          <dd>
            <code>{exampleRead === '' ? '(nothing)' : exampleRead}</code>
          </dd>
        </div>
      </dl>
      <p className="muted small">On {formatNumberOf(lines, 'line')} of the file.</p>
    </>
  );
}

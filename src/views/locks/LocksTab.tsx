import { selectChosenDump } from '../../store/selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatNumberOf } from '../../ui/format.ts';
import { LockTable } from './LockTable.tsx';
import { LockVerdicts } from './LockVerdicts.tsx';
import './locks.css';

const COMMAND = "curl -s 'http://HOST:6060/debug/pprof/goroutine?debug=2' > dump.txt";

/** Who waits for which lock of the chosen dump, who likely holds it, and what that makes of it. */
export function LocksTab() {
  const { status, value, error } = useStandstill((state) => state.locks);
  const dump = useStandstill(selectChosenDump);
  const reply = value?.dumpId === dump?.summary.id ? value : null;
  return (
    <div className="locks" aria-busy={status === 'asking'}>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          The locks could not be found: {error}
        </p>
      ) : null}
      {reply === null ? (
        status === 'failed' ? null : (
          <p className="hint muted" role="status">
            {status === 'none' ? 'Choose a dump.' : 'Looking for locks…'}
          </p>
        )
      ) : (
        <>
          <p className="lock-intro">
            <strong>{formatNumberOf(reply.report.waiting, 'goroutine')}</strong> of {dump?.name}{' '}
            {reply.report.waiting === 1 ? 'waits' : 'wait'} for locks, WaitGroups or conditions
            {reply.report.targets.some(({ kind }) => kind === 'channel')
              ? ', or at channels whose address is printed'
              : ''}
            . No dump prints who holds a lock: a holder is always inferred, from addresses and lines.
          </p>
          {reply.report.notes.map((note) => (
            <p key={note} className="lock-note">
              {note}
            </p>
          ))}
          {dump?.summary.format !== 'traceback' ? <HowToGet /> : null}
          <LockVerdicts report={reply.report} places={reply.places} />
          <LockTable report={reply.report} places={reply.places} />
        </>
      )}
    </div>
  );
}

/** The form that prints addresses. */
function HowToGet() {
  return (
    <p className="lock-command">
      <code>{COMMAND}</code>
      <CopyButton text={COMMAND} what="command" />
    </p>
  );
}

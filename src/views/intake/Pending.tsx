import type { PendingFile } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatBytes, formatCount, formatNumberOf } from '../../ui/format.ts';
import type { ReadProgress } from '../../worker/protocol.ts';
import { Message } from './Message.tsx';
import { paceWords } from './pace.ts';

/** Files that wait are listed up to this many: a drop of hundreds would be drawn anew with every one that is read. */
const LISTED = 12;

/** Files on their way in, and those that held no dump, each with what to do next. */
export function Pending() {
  const pending = useStandstill((state) => state.pending);
  const { cancelAll, dismissFile } = useActions();
  if (pending.length === 0) return null;
  const moving = pending.filter((file) => !('why' in file));
  const ended = pending.length - moving.length;
  const waiting = moving.slice(LISTED).length;
  const listed = waiting === 0 ? pending : pending.filter((file) => !moving.includes(file, LISTED));
  return (
    <section className="pending" aria-label="Files being read">
      <div className="pending-head">
        <h2>
          {moving.length > 0
            ? `Reading ${formatNumberOf(moving.length, 'file')}`
            : `${formatNumberOf(ended, 'file')} not read`}
        </h2>
        {moving.length > 1 ? (
          <button type="button" className="button small" onClick={cancelAll}>
            Cancel all
          </button>
        ) : null}
        {ended > 1 ? (
          <button
            type="button"
            className="button small"
            onClick={() => {
              for (const file of pending) {
                if ('why' in file) dismissFile(file.id);
              }
            }}
          >
            Dismiss all
          </button>
        ) : null}
      </div>
      <ul>
        {listed.map((file) => (
          <PendingRow key={file.id} file={file} />
        ))}
        {waiting === 0 ? null : <li className="pending-file muted">and {formatNumberOf(waiting, 'more file')}</li>}
      </ul>
    </section>
  );
}

function PendingRow({ file }: { file: PendingFile }) {
  const { cancelFile, dismissFile, setUnwrap } = useActions();
  const asItStands = useStandstill((state) => state.asTheyStand.includes(file.id));
  if ('why' in file) {
    return (
      <li className={`pending-file ${file.phase}`}>
        <div className="pending-name">
          <span className="name" title={file.name}>
            {file.name}
          </span>
          <button
            type="button"
            className="button small quiet"
            aria-label={`Dismiss ${file.name}`}
            onClick={() => dismissFile(file.id)}
          >
            Dismiss
          </button>
        </div>
        <p className="pending-why" role="alert">
          <strong>
            {file.phase === 'failed' ? 'Could not be read.' : file.isOwnFile ? 'Not taken.' : 'No dump in it.'}
          </strong>{' '}
          <Message text={file.why} />
        </p>
        {asItStands ? (
          <button type="button" className="button small" onClick={() => setUnwrap(file.id, true)}>
            Take wrappers off its lines again
          </button>
        ) : null}
      </li>
    );
  }
  const read = file.phase === 'reading' ? file.bytesRead : 0;
  return (
    <li className="pending-file">
      <div className="pending-name">
        <span className="name" title={file.name}>
          {file.name}
        </span>
        <button
          type="button"
          className="button small quiet"
          aria-label={`Cancel ${file.name}`}
          onClick={() => cancelFile(file.id)}
        >
          Cancel
        </button>
      </div>
      <progress aria-label={`Reading ${file.name}`} max={Math.max(1, file.sizeBytes)} value={read} />
      <span className="muted pending-bytes">
        {file.phase === 'waiting'
          ? `${formatBytes(file.sizeBytes)}, waiting`
          : `${formatBytes(Math.min(read, file.sizeBytes))} of ${formatBytes(file.sizeBytes)}${paceWords(file)}`}
      </span>
      {file.phase === 'reading' && file.soFar ? <SoFar soFar={file.soFar} /> : null}
    </li>
  );
}

/** The largest groups of what is read so far. */
function SoFar({ soFar }: { soFar: NonNullable<ReadProgress['soFar']> }) {
  return (
    <div className="pending-so-far">
      <span className="muted">So far {formatNumberOf(soFar.goroutines, 'goroutine')}, most in</span>
      <ol>
        {soFar.groups.map(({ name, count }) => (
          <li key={name}>
            <span className="number">{formatCount(count)}</span> <code>{name}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}

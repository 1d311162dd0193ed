import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { Message } from '../intake/Message.tsx';
import { tailOf } from '../words.ts';

/** Sentences of a file that are shown at once. */
const FIRST = 4;

/** What reading had to say of files as a whole: limits that were reached, entries left out. */
export function FileNotes() {
  const fileNotes = useStandstill((state) => state.fileNotes);
  const { dismissFileNotes } = useActions();
  if (fileNotes.length === 0) return null;
  return (
    <section className="side-part" aria-label="Notes on files">
      {fileNotes.map(({ fileId, name, notes }) => (
        <div key={fileId} className="file-notes">
          <div className="side-line">
            <h3 title={name}>{tailOf(name, 34)}</h3>
            <button
              type="button"
              className="button small quiet"
              aria-label={`Dismiss notes on ${name}`}
              onClick={() => dismissFileNotes(fileId)}
            >
              Dismiss
            </button>
          </div>
          <Sentences notes={notes.slice(0, FIRST)} />
          {notes.length > FIRST ? (
            <details>
              <summary>{formatNumberOf(notes.length - FIRST, 'more note')}</summary>
              <Sentences notes={notes.slice(FIRST)} />
            </details>
          ) : null}
        </div>
      ))}
    </section>
  );
}

function Sentences({ notes }: { notes: readonly string[] }) {
  return (
    <ul>
      {notes.map((note) => (
        <li key={note}>
          <Message text={note} />
        </li>
      ))}
    </ul>
  );
}

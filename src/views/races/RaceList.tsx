import { lazy, useState } from 'react';
import type { RaceEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { LazyPart } from '../LazyPart.tsx';
import { tailOf } from '../words.ts';

/** Few inputs hold a race; it comes when one is opened. */
const Races = lazy(async () => ({ default: (await import('./Races.tsx')).Races }));

/** "2 data races"; races past the reader's limit are counted by their reports. */
export function raceWords({ report }: RaceEntry): string {
  return formatNumberOf(report.races.length, 'data race');
}

/** Races by file; each opens over the page. */
export function RaceList() {
  const races = useStandstill((state) => state.races);
  const { removeRaces } = useActions();
  const [open, setOpen] = useState<RaceEntry | null>(null);
  if (races.length === 0) return null;
  return (
    <section className="side-part" aria-label="Data races">
      <h2>Data races</h2>
      <ul>
        {races.map((entry) => (
          <li key={`${entry.fileId} ${entry.name}`} className="side-line">
            <button
              type="button"
              className="side-open"
              aria-haspopup="dialog"
              title={`${entry.name}: show both accesses of each race`}
              onClick={() => setOpen(entry)}
            >
              <strong>{raceWords(entry)}</strong>{' '}
              <span className="muted">
                · {tailOf(entry.name, 30)}
                {entry.report.reports > entry.report.races.length
                  ? `, ${formatCount(entry.report.reports)} reports`
                  : ''}
              </span>
            </button>
            <button
              type="button"
              className="button small quiet"
              aria-label={`Dismiss races of ${entry.name}`}
              onClick={() => removeRaces(entry.fileId)}
            >
              Dismiss
            </button>
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <Dialog title={`Data races in ${tailOf(open.name, 60)}`} className="dialog wide" onClose={() => setOpen(null)}>
          <LazyPart what="The races">
            <Races entry={open} />
          </LazyPart>
        </Dialog>
      )}
    </section>
  );
}

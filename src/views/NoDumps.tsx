import { lazy } from 'react';
import { useStandstill } from '../store/use-store.ts';
import { formatNumberOf } from '../ui/format.ts';
import { useIntake } from './intake/intake-context.ts';
import { LazyPart } from './LazyPart.tsx';
import { TimelineTab } from './timeline/TimelineTab.tsx';

const Races = lazy(async () => ({ default: (await import('./races/Races.tsx')).Races }));

/** The middle of the page with counts or races but no dump: what there is, and what to add. */
export function NoDumps() {
  const counts = useStandstill((state) => state.counts);
  const races = useStandstill((state) => state.races);
  const { openFiles, openHowTo } = useIntake();
  const found = races.reduce((sum, { report }) => sum + report.races.length, 0);
  const what = [
    ...(counts.length > 0 ? [formatNumberOf(counts.length, 'count series', 'count series')] : []),
    ...(found > 0 ? [formatNumberOf(found, 'data race')] : []),
  ];
  return (
    <div className="middle">
      <section className="next-step" aria-label="Next step">
        <h2>{what.join(' and ')}, no dump yet</h2>
        <p className="muted">
          {counts.length > 0
            ? 'Counts tell when goroutines rise. Add a dump to see where they wait.'
            : 'A race report shows two moments of a few goroutines. Add a dump to see where all of them wait.'}
        </p>
        <div className="next-step-buttons">
          <button type="button" className="button primary" onClick={openFiles}>
            Add a dump
          </button>
          <button type="button" className="button" onClick={openHowTo}>
            How to get a dump
          </button>
        </div>
      </section>
      {counts.length > 0 ? (
        <TimelineTab />
      ) : (
        <div className="races-page">
          {races.map((entry) => (
            <section key={`${entry.fileId} ${entry.name}`} aria-label={`Data races in ${entry.name}`}>
              {races.length > 1 ? <h3>{entry.name}</h3> : null}
              <LazyPart what="The races">
                <Races entry={entry} />
              </LazyPart>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}

import type { SeriesTable } from '../../core/trend/series.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { selectHasInstances } from '../instances/has-instances.ts';
import type { ProcessLine } from './process-lines.ts';
import type { TimelinePoint } from './timeline-points.ts';

/** What the chart leaves out, and why there is no slope. */
export function TimelineNotes({
  table,
  points,
  processes,
  timed,
  countsLeft,
}: {
  table: SeriesTable;
  points: readonly TimelinePoint[];
  processes: readonly ProcessLine[];
  timed: boolean;
  /** Count series that are not drawn. */
  countsLeft: number;
}) {
  const unplaced = points.filter(({ x }) => Number.isNaN(x)).length;
  const grey = processes.filter(({ style }) => style === null).length;
  const several = processes.length > 0;
  const notes = [
    grey > 0 ? `${formatNumberOf(grey, 'more process', 'more processes')} in grey.` : '',
    table.otherGroups > 0 ? `${formatNumberOf(table.otherGroups, 'other group')} not drawn.` : '',
    countsLeft > 0 ? `${formatNumberOf(countsLeft, 'more series', 'more series')} in the table.` : '',
    unplaced > 0 ? `${formatNumberOf(unplaced, 'dump')} without a time not drawn; set it in the table.` : '',
    timed || points.length < 2
      ? ''
      : 'Not every dump has its own time, so they stand in order; set times in the table below.',
    several || table.fit !== null || points.length === 0 ? '' : noSlope(points),
  ].filter((note) => note !== '');
  return (
    <p className="timeline-notes muted">
      {notes.join(' ')}
      {several ? <PerProcess /> : null}
    </p>
  );
}

/** Said once, instead of numbers nobody can claim. */
function noSlope(points: readonly TimelinePoint[]): string {
  const timed = points.filter(({ dump }) => dump.takenAtMs !== null).length;
  return timed < 3
    ? 'Growth per hour takes three dumps with a time, so none is claimed.'
    : 'Growth per hour takes three dumps of one process at different times, so none is claimed.';
}

function PerProcess() {
  const hasInstances = useStandstill(selectHasInstances);
  const { choose } = useActions();
  if (!hasInstances) return null;
  return (
    <>
      {' '}
      Growth per hour is told for each process:{' '}
      <button type="button" className="link" onClick={() => choose({ tab: 'instances' })}>
        Instances
      </button>
      .
    </>
  );
}

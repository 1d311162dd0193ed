import { useStandstill } from '../../store/use-store.ts';
import { formatMoment, formatNumberOf, formatSpan, formatZone } from '../../ui/format.ts';
import { ShowLink } from './SentenceView.tsx';

/** What was judged, in a quiet line: dumps, instances, counts, and the time they span. */
export function LoadedFacts() {
  const dumps = useStandstill((state) => state.dumps);
  const counts = useStandstill((state) => state.counts.length);
  const instances = new Set(dumps.flatMap((dump) => dump.summary.provenance.instance ?? [])).size;
  const times = dumps.flatMap((dump) => dump.takenAtMs ?? []);
  const from = times[0];
  const to = times.at(-1);
  const untimed = dumps.length - times.length;
  return (
    <p className="loaded-facts muted">
      <span className="fact">
        <ShowLink show={{ kind: 'timeline' }}>
          {dumps.length > 0
            ? formatNumberOf(dumps.length, 'dump')
            : formatNumberOf(counts, 'count series', 'count series')}
        </ShowLink>
        {dumps.length > 0 && counts > 0 ? ` and ${formatNumberOf(counts, 'count series', 'count series')}` : ''}
        {instances > 1 ? (
          <>
            {' '}
            of <ShowLink show={{ kind: 'instances' }}>{formatNumberOf(instances, 'instance')}</ShowLink>
          </>
        ) : null}
      </span>
      {dumps.length === 0 ? null : from === undefined || to === undefined ? (
        <span className="fact">no times known</span>
      ) : (
        <span
          className="fact"
          title={from === to ? formatMoment(from) : `${formatMoment(from)} to ${formatMoment(to)}`}
        >
          {formatSpan(from, to)} {formatZone(from)}
          {untimed > 0 ? ` (${untimed} without a time)` : ''}
        </span>
      )}
    </p>
  );
}

import type { Verdict } from '../../core/trend/verdict.ts';
import { useStandstill } from '../../store/use-store.ts';
import { LimitField } from './LimitField.tsx';
import { ShowLink } from './SentenceView.tsx';
import { doublingWords, forecastWords, noSlopeWords, slopeWords, startWords } from './verdict-words.ts';

/** How fast it grows, since when, and when it reaches the limit; below three dumps only that nobody can say. */
export function SinceWhen({ verdict }: { verdict: Verdict }) {
  const dumps = useStandstill((state) => state.dumps.length);
  const counts = useStandstill((state) => state.counts);
  const { call, fit, forecast } = verdict;
  const limit = useStandstill((state) => state.view.limit);
  if (fit === null) {
    const points = counts.reduce((sum, { log }) => sum + log.counts.length, 0);
    return <p className="since-when muted">{noSlopeWords(dumps, points)}</p>;
  }
  const { slope, interval } = slopeWords(fit);
  // A slope over the whole time says nothing of what comes when the count no longer rises.
  const goesOn = call === 'growing' || call === 'leaked';
  const facts = (goesOn ? [startWords(fit), doublingWords(fit)] : ['over the whole time']).filter(
    (words) => words !== '',
  );
  return (
    <div className="since-when">
      <span className="fact">
        <ShowLink show={{ kind: 'timeline' }}>{slope}</ShowLink> <span className="muted">{interval}</span>
      </span>
      {facts.map((words) => (
        <span key={words} className="fact">
          {words}
        </span>
      ))}
      <span className="fact forecast">
        <LimitField />
        <span role="status" aria-label="Forecast">
          {forecast !== null ? forecastWords(forecast, fit) : limit !== null && !goesOn ? 'does not grow now' : ''}
        </span>
      </span>
    </div>
  );
}

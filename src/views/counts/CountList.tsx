import { useMemo } from 'react';
import type { CountEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { toneOf } from '../../ui/Change.tsx';
import { formatCount, formatSigned } from '../../ui/format.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { tailOf } from '../words.ts';
import { CountKeysField } from './CountKeysField.tsx';
import { countFacts, countOrigin, spanWords, timeWords } from './count-facts.ts';
import { thinPoints } from './thin-points.ts';
import './counts.css';

/** Points of a small line. */
const SPARK_POINTS = 80;

/** Goroutine counts without stacks, and which keys of logs are taken for one. */
export function CountList() {
  const counts = useStandstill((state) => state.counts);
  const hasKeys = useStandstill((state) => state.countKeys !== null);
  return (
    <section className="side-part" aria-label="Counts">
      {counts.length === 0 ? null : (
        <>
          <h2>Counts</h2>
          <ul>
            {counts.map((entry) => (
              <CountItem key={entry.id} entry={entry} />
            ))}
          </ul>
        </>
      )}
      <details open={hasKeys}>
        <summary className="muted">Keys that count in logs</summary>
        <CountKeysField />
      </details>
    </section>
  );
}

function CountItem({ entry }: { entry: CountEntry }) {
  const { choose, removeCounts } = useActions();
  const { log } = entry;
  const facts = useMemo(() => countFacts(log), [log]);
  const points = useMemo(() => sparkPoints(log), [log]);
  const origin = countOrigin(entry);
  return (
    <li className="count-series">
      <div className="side-line">
        <button
          type="button"
          className="side-open"
          title={`${entry.name}: show it over time`}
          onClick={() => choose({ tab: 'timeline' })}
        >
          {tailOf(entry.name, 34)}
        </button>
        <strong className="numbers">
          {facts === null ? 'none' : formatCount(facts.last.count)}
          <span className="visually-hidden"> goroutines last</span>
        </strong>
        <button
          type="button"
          className="button small quiet"
          aria-label={`Remove counts ${entry.name}`}
          onClick={() => removeCounts(entry.id)}
        >
          Remove
        </button>
      </div>
      {origin === '' ? null : <p className="muted mono count-origin">{origin}</p>}
      {points.length < 2 || facts === null ? null : (
        <Sparkline
          label={`Goroutines of ${entry.name}, from ${formatCount(facts.first.count)} to ${formatCount(facts.last.count)}, least ${formatCount(facts.least.count)}, most ${formatCount(facts.largest.count)}`}
          points={points}
        />
      )}
      {facts === null ? null : (
        <p className="count-ends">
          <span title={timeWords(facts.first.timeMs)}>{formatCount(facts.first.count)}</span> →{' '}
          <span title={timeWords(facts.last.timeMs)}>{formatCount(facts.last.count)}</span>{' '}
          <span className={toneOf(facts.last.count - facts.first.count)}>
            ({formatSigned(facts.last.count - facts.first.count)})
          </span>{' '}
          <span className="muted">{spanWords(facts)}</span>
        </p>
      )}
    </li>
  );
}

/** Points with a time along it; without any, all in their order. */
function sparkPoints(log: CountEntry['log']) {
  const times = log.timesMs.some((time) => !Number.isNaN(time)) ? log.timesMs : log.counts.map((_, index) => index);
  return thinPoints(times, log.counts, SPARK_POINTS).map((index) => ({
    x: times[index] ?? 0,
    y: log.counts[index] ?? 0,
    key: String(index),
    label: '',
    chosen: false,
  }));
}

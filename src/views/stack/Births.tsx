import { useState } from 'react';
import type { BirthBin, BirthSeries, Births as BirthsAnswer } from '../../core/trend/births.ts';
import { selectChosenDump } from '../../store/selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import {
  formatClock,
  formatClockMinutes,
  formatCount,
  formatDay,
  formatNumberOf,
  formatSpan,
} from '../../ui/format.ts';
import { type BirthBars, type BirthEvidence, birthBars, earlierWords, evidenceOf, medianWords } from './birth-bars.ts';
import './births.css';

const WORDS: Readonly<
  Record<BirthEvidence, { readonly button: string; readonly hint: string; readonly chart: string }>
> = {
  id: {
    button: 'by id',
    hint: 'Ids grow in order of birth, so those of two dumps date what was born between them',
    chart: 'Births over time, by goroutine id',
  },
  wait: {
    button: 'by wait minutes',
    hint: 'The minutes printed in this dump say when each began to wait',
    chart: 'Beginnings of waits over time, by printed minutes',
  },
};

/** Since when the chosen group is there, with what must be known before trusting it. */
export function Births() {
  const births = useStandstill((state) => state.births);
  const takenAtMs = useStandstill((state) => selectChosenDump(state)?.takenAtMs ?? null);
  const [wanted, setWanted] = useState<BirthEvidence>('id');
  if (births.status === 'none') return null;
  return (
    <section className="block births" aria-label="Since when" aria-busy={births.status === 'asking'}>
      <h3>Since when</h3>
      {births.status === 'failed' ? (
        <p className="muted">It could not be dated: {births.error}</p>
      ) : births.value === null ? (
        <p className="muted">{births.status === 'asking' ? 'Dating…' : 'Nothing to date.'}</p>
      ) : (
        <Dated births={births.value} wanted={wanted} onWant={setWanted} takenAtMs={takenAtMs} />
      )}
    </section>
  );
}

function Dated({
  births,
  wanted,
  onWant,
  takenAtMs,
}: {
  births: BirthsAnswer;
  wanted: BirthEvidence;
  onWant: (evidence: BirthEvidence) => void;
  takenAtMs: number | null;
}) {
  const evidence = evidenceOf(births);
  const shown = evidence.includes(wanted) ? wanted : evidence[0];
  const series = shown === 'id' ? births.byId : births.byWait;
  const whyNots = [
    births.byId === null && births.byIdWhyNot !== '' ? `By id: ${births.byIdWhyNot}` : '',
    births.byWait === null && births.byWaitWhyNot !== '' ? `By wait: ${births.byWaitWhyNot}` : '',
  ].filter((sentence) => sentence !== '');
  const median = medianWords(births, takenAtMs);
  return (
    <>
      {median === '' ? null : <p>{median}</p>}
      {evidence.length < 2 ? null : (
        <p className="births-choice">
          {evidence.map((each) => (
            <button
              key={each}
              type="button"
              className="button small"
              aria-pressed={each === shown}
              title={WORDS[each].hint}
              onClick={() => onWant(each)}
            >
              {WORDS[each].button}
            </button>
          ))}
        </p>
      )}
      {shown === undefined || series === null ? null : <Evidence evidence={shown} series={series} />}
      {whyNots.map((sentence) => (
        <p key={sentence} className="births-note muted">
          {sentence}
        </p>
      ))}
    </>
  );
}

function Evidence({ evidence, series }: { evidence: BirthEvidence; series: BirthSeries }) {
  const bars = birthBars(series);
  const earlier = earlierWords(series.bins, evidence === 'wait');
  const notes = [
    earlier,
    series.unplaced === 0 ? '' : `${formatNumberOf(series.unplaced, 'goroutine')} could not be placed.`,
    ...series.caveats,
  ].filter((sentence) => sentence !== '');
  return (
    <>
      {bars === null ? null : <Chart bars={bars} label={WORDS[evidence].chart} />}
      <Numbers bins={series.bins} caption={WORDS[evidence].chart} />
      <ul className="births-note muted">
        {notes.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

const WIDTH = 320;
const HEIGHT = 64;

/** Bars along time. The table beside it has the same numbers. */
function Chart({ bars: { bars, unit, top, fromMs, toMs }, label }: { bars: BirthBars; label: string }) {
  const sameDay = formatDay(fromMs) === formatDay(toMs);
  const clock = toMs - fromMs < 5 * 60_000 ? formatClock : formatClockMinutes;
  const moment = (ms: number) => `${sameDay ? '' : `${formatDay(ms)} `}${clock(ms)}`;
  return (
    <figure className="births-chart">
      <figcaption className="muted">
        {unit}, up to {top >= 10 ? formatCount(top) : Number(top.toPrecision(2))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <line className="births-base" x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {bars.map(({ bin, from, to, height }) => {
          const size = bin.goroutines === 0 ? 0 : Math.max(1.5, height * (HEIGHT - 2));
          return (
            <rect
              key={bin.fromMs}
              className="births-bar"
              x={from * WIDTH}
              // A gap between bars, and a bar that is seen however short its time.
              width={Math.max(1, (to - from) * WIDTH - 1)}
              y={HEIGHT - size}
              height={size}
            >
              <title>{`${binWords(bin)}: ${formatNumberOf(bin.goroutines, 'goroutine')}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="births-axis muted" aria-hidden="true">
        <span>{moment(fromMs)}</span>
        <span>{moment(toMs)}</span>
      </p>
    </figure>
  );
}

/** The bins that hold any, for those who do not see the bars. */
function Numbers({ bins, caption }: { bins: readonly BirthBin[]; caption: string }) {
  return (
    <table className="visually-hidden">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Goroutines</th>
        </tr>
      </thead>
      <tbody>
        {bins
          .filter(({ goroutines }) => goroutines > 0)
          .map((bin) => (
            <tr key={bin.toMs}>
              <th scope="row">{binWords(bin)}</th>
              <td>{formatCount(bin.goroutines)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function binWords({ fromMs, toMs }: BirthBin): string {
  if (fromMs === null) return `before ${formatDay(toMs)} ${formatClock(toMs)}`;
  return toMs - fromMs < 60_000
    ? `${formatDay(fromMs)} ${formatClock(fromMs)} to ${formatClock(toMs)}`
    : formatSpan(fromMs, toMs);
}

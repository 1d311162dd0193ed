import { useMemo, useState } from 'react';
import type { CountEntry } from '../../store/state.ts';
import { Change } from '../../ui/Change.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import {
  type CountFacts,
  type CountPoint,
  countFacts,
  countOrigin,
  countPoint,
  timeWords,
} from '../counts/count-facts.ts';
import type { DrawnCount } from './drawn-counts.ts';
import { Swatch } from './Legend.tsx';
import { type SeriesStyle, TOTAL_STYLE } from './series-style.ts';

/** Points listed at first, and with each click more. */
const FIRST = 100;
const MORE = 500;

/** The count series in numbers; a number of points opens them one by one. */
export function CountTable({
  counts,
  drawn,
  styles,
}: {
  counts: readonly CountEntry[];
  drawn: readonly DrawnCount[];
  /** Of each of `drawn`. */
  styles: readonly SeriesStyle[];
}) {
  const rows = useMemo(() => counts.map((entry) => ({ entry, facts: countFacts(entry.log) })), [counts]);
  return (
    <div className="timeline-table-box">
      <table className="timeline-table counts-table">
        <caption className="visually-hidden">Counts without stacks</caption>
        <thead>
          <tr>
            <th scope="col">Counts without stacks</th>
            <th scope="col" className="numbers">
              Points
            </th>
            <th scope="col" className="numbers">
              First
            </th>
            <th scope="col" className="numbers">
              Last
            </th>
            <th scope="col" className="numbers">
              Change
            </th>
            <th scope="col" className="numbers">
              Least
            </th>
            <th scope="col" className="numbers">
              Most
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ entry, facts }) => {
            const at = drawn.findIndex(({ id }) => id === entry.id);
            return (
              <Row key={entry.id} entry={entry} facts={facts} style={at < 0 ? null : (styles[at] ?? TOTAL_STYLE)} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** `style` is null when the series is not drawn. */
function Row({ entry, facts, style }: { entry: CountEntry; facts: CountFacts | null; style: SeriesStyle | null }) {
  const [open, setOpen] = useState(false);
  const origin = countOrigin(entry);
  if (facts === null) return null;
  return (
    <>
      <tr>
        <th scope="row" title={entry.name}>
          {style === null ? null : <Swatch style={style} />}
          <span className="count-name">{entry.name}</span>
          {origin === '' ? null : <span className="second muted mono">{origin}</span>}
          {style === null ? <span className="second muted">not drawn</span> : null}
          {entry.log.caveats.map((caveat) => (
            <span key={caveat} className="second muted">
              {caveat}
            </span>
          ))}
        </th>
        <td className="numbers">
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {formatNumberOf(facts.points, 'point')}
          </button>
          {facts.untimed > 0 ? (
            <span className="second warn">{formatCount(facts.untimed)} without time, not drawn</span>
          ) : null}
        </td>
        <PointCell point={facts.first} />
        <PointCell point={facts.last} />
        <td className="numbers">
          <Change before={facts.first.count} after={facts.last.count} />
        </td>
        <PointCell point={facts.least} />
        <PointCell point={facts.largest} />
      </tr>
      {open ? (
        <tr>
          <td colSpan={7}>
            <Points entry={entry} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function PointCell({ point }: { point: CountPoint }) {
  return (
    <td className="numbers">
      {formatCount(point.count)}
      <span className="second muted">{timeWords(point.timeMs)}</span>
    </td>
  );
}

function Points({ entry: { name, log } }: { entry: CountEntry }) {
  const [limit, setLimit] = useState(FIRST);
  const all = log.counts.length;
  const shown = Math.min(limit, all);
  return (
    <>
      <table className="count-points">
        <caption className="visually-hidden">Points of {name}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" className="numbers">
              Goroutines
            </th>
            <th scope="col" className="numbers">
              Line
            </th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: shown }, (_, index) => {
            const { count, timeMs } = countPoint(log, index);
            const line = log.lines[index] ?? 0;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: points never move.
              <tr key={index}>
                <td>{timeWords(timeMs)}</td>
                <td className="numbers">{formatCount(count)}</td>
                <td className="numbers muted">{line > 0 ? formatCount(line) : ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown < all ? (
        <button type="button" className="button small" onClick={() => setLimit(limit + MORE)}>
          Show {formatCount(Math.min(MORE, all - shown))} more of {formatCount(all)}
        </button>
      ) : null}
    </>
  );
}

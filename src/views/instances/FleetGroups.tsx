import { useMemo, useState } from 'react';
import type { Fleet, Verdict } from '../../core/trend/verdict.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { ShowLink } from '../verdict/SentenceView.tsx';
import { type FleetRow, fleetRows } from './instance-rows.ts';

const FIRST_ROWS = 50;
/** More bars than this could not be told apart in a cell. */
const MOST_BARS = 40;

/** Groups over all instances: which of them are large somewhere. */
export function FleetGroups({ verdict, fleet }: { verdict: Verdict; fleet: Fleet }) {
  const rows = useMemo(() => fleetRows(fleet), [fleet]);
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <section className="fleet" aria-label="Groups over instances">
      <h3>Groups over {formatNumberOf(fleet.processes.length, 'instance')}</h3>
      <p className="muted">
        Ranked by root mean square of the counts in the last dump of each instance: a group that is huge in one instance
        comes before one that is middling in all, which a sum or a mean would hide.
      </p>
      <div className="instances-box">
        <table className="instances-table">
          <caption className="visually-hidden">Groups ranked over instances</caption>
          <thead>
            <tr>
              <th scope="col" className="numbers" title="Root mean square of its counts over the instances">
                RMS
              </th>
              <th scope="col">Group</th>
              <th scope="col">Per instance</th>
              <th scope="col" className="numbers">
                Least · middle · most
              </th>
              <th scope="col">Most in</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.key} row={row} verdict={verdict} fleet={fleet} />
            ))}
          </tbody>
        </table>
        {shown.length < rows.length ? (
          <p className="instances-more">
            <button type="button" className="button small" onClick={() => setAll(true)}>
              Show all {formatNumberOf(rows.length, 'group')}
            </button>
          </p>
        ) : null}
      </div>
    </section>
  );
}

function Row({ row, verdict, fleet }: { row: FleetRow; verdict: Verdict; fleet: Fleet }) {
  const { key, name, rms, counts, least, median, most, largest, largestTimes } = row;
  const nameOf = (at: number) => verdict.processes[fleet.processes[at] ?? -1]?.name ?? '';
  const show = {
    kind: 'group',
    dump: verdict.processes[fleet.processes[largest] ?? -1]?.dumps.at(-1) ?? -1,
    level: verdict.level,
    key,
  } as const;
  return (
    <tr>
      <td className="numbers">{formatRms(rms)}</td>
      <th scope="row">
        <ShowLink className="link mono" show={show} title={`${name}\nin ${nameOf(largest)}`}>
          <Breakable text={name} />
        </ShowLink>
      </th>
      <td>
        {counts.length <= MOST_BARS ? (
          <Bars counts={counts} most={most} only={largestTimes === 1} nameOf={nameOf} />
        ) : (
          <span className="muted">{formatNumberOf(counts.length, 'instance')}</span>
        )}
      </td>
      <td className="numbers">
        {formatCount(least)} · {formatCount(median)} · <ShowLink show={show}>{formatCount(most)}</ShowLink>
      </td>
      <td className="fleet-most">
        {largestTimes === counts.length ? (
          <span className="muted">all alike</span>
        ) : (
          <>
            <span className="mono">
              <Breakable text={nameOf(largest)} />
            </span>
            {largestTimes > 1 ? <span className="muted"> and {formatNumberOf(largestTimes - 1, 'other')}</span> : null}
          </>
        )}
      </td>
    </tr>
  );
}

const BAR = 5;
const HEIGHT = 20;

/** A bar per instance; the numbers beside it say the same. */
function Bars({
  counts,
  most,
  only,
  nameOf,
}: {
  counts: readonly number[];
  most: number;
  /** One instance has more than all others. */
  only: boolean;
  nameOf: (at: number) => string;
}) {
  const width = counts.length * BAR;
  return (
    <svg className="fleet-bars" viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} aria-hidden="true">
      {counts.map((count, at) => {
        const height = most > 0 && count > 0 ? Math.max(1, (count / most) * HEIGHT) : 0;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: instances of one answer never move.
          <g key={at}>
            <title>{`${nameOf(at)}: ${formatCount(count)}`}</title>
            <rect x={at * BAR} y={0} width={BAR} height={HEIGHT} fill="transparent" />
            <rect
              className={only && count === most ? 'fleet-bar most' : 'fleet-bar'}
              x={at * BAR}
              y={HEIGHT - height}
              width={BAR - 1}
              height={height}
            />
          </g>
        );
      })}
      <line x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
    </svg>
  );
}

/** One decimal below ten, so that small groups differ. */
function formatRms(rms: number): string {
  return rms < 10 ? String(Number(rms.toFixed(1))) : formatCount(rms);
}

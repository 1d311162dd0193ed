import { useMemo } from 'react';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatCount, formatMinutes, formatNumberOf } from '../../ui/format.ts';
import type { GroupDetail } from '../../worker/protocol.ts';
import { binWaits, type WaitBin } from './wait-bins.ts';

/** How long the goroutines of a group wait: a list whose bars only repeat its numbers. */
export function WaitHistogram({ detail }: { detail: GroupDetail }) {
  const bins = useMemo(() => binWaits(detail.waits ?? []), [detail.waits]);
  if (detail.waits === null) return <p className="muted">This form of dump prints no wait times.</p>;
  if (bins.length === 0) {
    return (
      <p className="muted">
        None of {formatNumberOf(detail.waitUnknown, 'goroutine')} prints minutes: under a minute, or not waiting.
      </p>
    );
  }
  const most = Math.max(detail.waitUnknown, ...bins.map((bin) => bin.goroutines));
  return (
    <ul className="histogram" aria-label="Goroutines by minutes waited">
      {detail.waitUnknown > 0 ? (
        <li title="No minutes printed: under a minute, or not waiting">
          <span className="histogram-range">none printed</span>
          <CountBar part={detail.waitUnknown} all={most} tone="faint" />
          <span className="numbers">{formatCount(detail.waitUnknown)}</span>
        </li>
      ) : null}
      {bins.map((bin) => (
        <li key={bin.from}>
          <span className="histogram-range">{binWords(bin)}</span>
          <CountBar part={bin.goroutines} all={most} />
          <span className="numbers">{formatCount(bin.goroutines)}</span>
        </li>
      ))}
    </ul>
  );
}

function binWords({ from, to }: WaitBin): string {
  if (from === to) return formatMinutes(from);
  if (to < 60) return `${from}–${to} min`;
  return `${formatMinutes(from)} – ${formatMinutes(to + 1)}`;
}

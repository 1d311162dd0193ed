import { type FormEvent, useState } from 'react';
import type { WatchState } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatClock, formatNumberOf } from '../../ui/format.ts';
import './watch.css';

const INTERVALS: readonly (readonly [seconds: number, words: string])[] = [
  [10, 'every 10 s'],
  [30, 'every 30 s'],
  [60, 'every minute'],
  [300, 'every 5 min'],
];
const USUAL = 30;
const EXAMPLE = '/debug/pprof/goroutine?debug=2';

/** Takes dumps of a running program into the page, where the browser allows it; else says how to take them by hand. */
export function WatchPart() {
  const watch = useStandstill((state) => state.watch);
  const { startWatch, stopWatch } = useActions();
  const [address, setAddress] = useState(watch?.address ?? EXAMPLE);
  const [seconds, setSeconds] = useState(USUAL);
  const isOn = watch !== null && watch.status !== 'stopped';
  const start = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim() !== '') startWatch(address, seconds);
  };
  return (
    <details className="watch" open={isOn || (watch !== null && watch.why !== '') ? true : undefined}>
      <summary>Watch a running program</summary>
      <form onSubmit={start}>
        <label>
          <span className="muted">Address of its goroutine profile</span>
          <input
            type="text"
            className="field mono"
            value={address}
            maxLength={2000}
            disabled={isOn}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
        </label>
        <div className="watch-tools">
          <select
            aria-label="Interval"
            className="field"
            value={seconds}
            disabled={isOn}
            onChange={(event) => setSeconds(Number(event.currentTarget.value))}
          >
            {INTERVALS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          {isOn ? (
            // Two buttons, not one whose type changes while it is clicked: that would submit the form.
            <button key="stop" type="button" className="button small" onClick={stopWatch}>
              Stop
            </button>
          ) : (
            <button key="start" type="submit" className="button small">
              Start
            </button>
          )}
        </div>
      </form>
      {watch === null ? (
        <p className="muted">
          Only addresses on the server of this page, or allowed when it was built. Each dump stops the program for a
          moment.
        </p>
      ) : (
        <Progress watch={watch} />
      )}
      {watch !== null && watch.status === 'stopped' && watch.taken === 0 && watch.why !== '' ? (
        <Loop address={watch.address} seconds={seconds} />
      ) : null}
    </details>
  );
}

function Progress({ watch }: { watch: WatchState }) {
  const { status, taken, failures, why, nextAtMs } = watch;
  const sum = formatNumberOf(taken, 'dump');
  return (
    <>
      <p role="status" className="muted">
        {status === 'asking'
          ? `Asking… ${sum} so far.`
          : status === 'waiting'
            ? `${sum} so far, next at ${formatClock(nextAtMs)}.`
            : `Stopped after ${sum}.`}
      </p>
      {why === '' ? null : (
        <p className="failed-note" role="alert">
          {why}
          {failures > 1 ? ` (${failures} times in a row)` : ''}
        </p>
      )}
    </>
  );
}

/** The same from a terminal. */
function Loop({ address, seconds }: { address: string; seconds: number }) {
  const quoted = `'${(address.startsWith('/') ? `http://HOST:6060${address}` : address).replaceAll("'", "'\\''")}'`;
  const command = `while sleep ${seconds}; do curl -sS ${quoted} -o "goroutines-$(date -u +%Y%m%dT%H%M%SZ).txt"; done`;
  return (
    <div className="command">
      <div className="command-head">
        <span className="muted">Take them by hand, and drop the files</span>
        <CopyButton text={command} what="command" className="button small" />
      </div>
      <pre>{command}</pre>
    </div>
  );
}

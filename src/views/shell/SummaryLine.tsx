import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { toneOf } from '../../ui/Change.tsx';
import {
  formatCount,
  formatMoment,
  formatNumberOf,
  formatShare,
  formatSigned,
  formatSpan,
  formatZone,
} from '../../ui/format.ts';
import { tailOf } from '../words.ts';

/** Facts about everything that is loaded, in one line; each part shows what it counts when clicked. */
export function SummaryLine() {
  const dumps = useStandstill((state) => state.dumps);
  const chosenId = useStandstill((state) => state.view.dumpId);
  const groups = useStandstill((state) => state.groups.value);
  const { choose } = useActions();
  // From first to last is only said of dumps whose order is known, or when none has a time.
  const timed = dumps.filter((dump) => dump.takenAtMs !== null);
  const ordered = timed.length > 1 ? timed : dumps;
  const first = ordered[0];
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return null;
  const table = groups?.table;
  const largest = table !== undefined && table.length > 0 ? { name: table.name[0], count: table.count[0] ?? 0 } : null;
  const instances = new Set(dumps.flatMap((dump) => dump.summary.provenance.instance ?? []));
  const oneProcess = instances.size <= 1;
  return (
    <section className="summary" aria-label="Summary">
      <span className="fact">
        <button type="button" className="link" onClick={() => choose({ tab: 'timeline' })}>
          {formatNumberOf(dumps.length, 'dump')}
        </button>
        {oneProcess ? '' : ` of ${instances.size} instances`}
        <Span dumps={dumps} />
      </span>
      <span className="fact">
        {dumps.length > 1 && oneProcess ? (
          <>
            <CountOf dump={first} /> → <CountOf dump={last} /> goroutines{' '}
            <span className={toneOf(last.summary.goroutines - first.summary.goroutines)}>
              ({formatSigned(last.summary.goroutines - first.summary.goroutines)})
            </span>
          </>
        ) : (
          <ChosenCount dumps={dumps} />
        )}
      </span>
      {largest === null || table === undefined ? null : (
        <span className="fact largest">
          largest
          {dumps.length > 1 ? (
            <span className="largest-where">
              {' '}
              in {tailOf(dumps.find((dump) => dump.summary.id === chosenId)?.name ?? '')}
            </span>
          ) : null}
          :{' '}
          <button
            type="button"
            className="link mono"
            title={largest.name}
            onClick={() => choose({ tab: 'groups', groupKey: table.key[0] ?? null })}
          >
            {largest.name}
          </button>
          <span className="largest-count">
            , <strong>{formatCount(largest.count)}</strong> ({formatShare(largest.count, table.goroutines)})
          </span>
        </span>
      )}
    </section>
  );
}

function CountOf({ dump }: { dump: DumpEntry }) {
  const { choose } = useActions();
  return (
    <button
      type="button"
      className="link strong"
      title={`Choose ${dump.name}`}
      onClick={() => choose({ dumpId: dump.summary.id })}
    >
      {formatCount(dump.summary.goroutines)}
    </button>
  );
}

function ChosenCount({ dumps }: { dumps: readonly DumpEntry[] }) {
  const chosenId = useStandstill((state) => state.view.dumpId);
  const dump = dumps.find((each) => each.summary.id === chosenId) ?? dumps[0];
  if (dump === undefined) return null;
  return (
    <>
      <CountOf dump={dump} /> {dump.summary.goroutines === 1 ? 'goroutine' : 'goroutines'}
      {dumps.length > 1 ? ` in ${tailOf(dump.name)}` : ''}
    </>
  );
}

function Span({ dumps }: { dumps: readonly DumpEntry[] }) {
  const times = dumps.flatMap((dump) => dump.takenAtMs ?? []);
  const from = times[0];
  const to = times.at(-1);
  if (from === undefined || to === undefined) return ', no times known';
  const without = dumps.length - times.length;
  return (
    <span title={from === to ? formatMoment(from) : `${formatMoment(from)} to ${formatMoment(to)}`}>
      , {formatSpan(from, to)} {formatZone(from)}
      {without > 0 ? ` (${without} without a time)` : ''}
    </span>
  );
}

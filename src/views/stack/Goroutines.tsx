import { useState } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatMinutes, formatNumberOf } from '../../ui/format.ts';
import type { DumpSummary, GoroutineDetail, GroupDetail } from '../../worker/protocol.ts';
import { FATE_HINTS } from '../compare/fates.ts';
import { Fates } from './Fates.tsx';
import { RawText } from './RawText.tsx';

const FIRST = 12;
const MORE = 200;

/** The goroutines of a group (or its records, in a form without ids); a click shows the raw text from the file. */
export function Goroutines({ detail, summary }: { detail: GroupDetail; summary: DumpSummary }) {
  const [limit, setLimit] = useState(FIRST);
  const { goroutines, rowCount } = detail;
  const shown = goroutines.slice(0, limit);
  const left = Math.min(MORE, goroutines.length - shown.length);
  const what = summary.hasIds ? 'goroutine' : 'record';
  // Tracebacks have a text until they are saved without it.
  const isSaved = !summary.hasText && summary.format === 'traceback';
  return (
    <>
      <Fates detail={detail} summary={summary} />
      <p className="muted">
        {summary.hasIds
          ? ''
          : isSaved
            ? 'Goroutine ids were left out. '
            : 'This form of dump prints no goroutine ids. '}
        {shown.length < rowCount ? `First ${formatCount(shown.length)} of ${formatNumberOf(rowCount, what)}. ` : ''}
        {summary.hasText ? `Click one for its text in the file.` : ''}
        {isSaved ? 'Their raw text stayed in the file they were read from.' : ''}
      </p>
      <ul className="goroutines">
        {shown.map((goroutine) => (
          <GoroutineRow key={goroutine.row} goroutine={goroutine} hasText={summary.hasText} />
        ))}
      </ul>
      {left > 0 ? (
        <button type="button" className="button small" onClick={() => setLimit(limit + MORE)}>
          Show {formatCount(left)} more
        </button>
      ) : goroutines.length < rowCount ? (
        <p className="muted">
          Only the first {formatCount(goroutines.length)} of {formatCount(rowCount)} can be listed.
        </p>
      ) : null}
    </>
  );
}

function GoroutineRow({ goroutine, hasText }: { goroutine: GoroutineDetail; hasText: boolean }) {
  const open = useStandstill((state) => state.rawText.row === goroutine.row);
  const { showRawText } = useActions();
  const name =
    goroutine.id === null ? formatNumberOf(goroutine.weight, 'goroutine') : `goroutine ${String(goroutine.id)}`;
  return (
    <li className={open ? 'goroutine open' : 'goroutine'}>
      <div className="goroutine-line">
        {hasText ? (
          <button
            type="button"
            className="link mono"
            aria-expanded={open}
            onClick={() => showRawText(open ? null : goroutine.row)}
          >
            {name}
          </button>
        ) : (
          <span className="mono">{name}</span>
        )}
        {goroutine.fate === null ? null : (
          <span className={`mark fate ${goroutine.fate}`} title={FATE_HINTS[goroutine.fate]}>
            {goroutine.fate}
          </span>
        )}
        <span className="muted">
          {goroutine.waitMinutes === null ? '' : formatMinutes(goroutine.waitMinutes)}
          {goroutine.creatorId === null ? '' : ` created by goroutine ${goroutine.creatorId}`}
        </span>
        {goroutine.lockedToThread ? <span className="mark">locked to thread</span> : null}
        {goroutine.leaked ? <span className="mark leaked">leaked</span> : null}
      </div>
      {open ? <RawText /> : null}
    </li>
  );
}

import { useState } from 'react';
import type { LockReport, LockVerdict } from '../../core/causes/locks/lock-report.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { GoroutineList, GroupLinks, Linked, OpenedText, type Places, useOpenText } from './GoroutineLinks.tsx';
import { HoldsAndWants } from './HoldsAndWants.tsx';
import { certaintyWords, holdRows, VERDICT_WORDS } from './lock-words.ts';

const FIRST_VERDICTS = 20;
const FIRST_UNKNOWN = 3;

/** What the addresses say, named verdicts first; the others are said to be unknown. */
export function LockVerdicts({ report, places }: { report: LockReport; places: Places }) {
  const named = report.verdicts.filter(({ kind }) => kind !== 'unknown');
  const unknown = report.verdicts.filter(({ kind }) => kind === 'unknown');
  if (report.verdicts.length === 0) return null;
  return (
    <>
      <section className="lock-verdicts" aria-label="What the addresses say">
        <h3>What the addresses say</h3>
        {named.length === 0 ? (
          <p className="muted">No deadlock and no holder is shown by the addresses of this dump.</p>
        ) : (
          <Capped verdicts={named} report={report} places={places} first={FIRST_VERDICTS} what="verdicts" />
        )}
      </section>
      {unknown.length === 0 ? null : (
        <section className="lock-verdicts" aria-label="Holder unknown">
          <h3>
            Holder unknown <span className="muted">{formatCount(unknown.length)}</span>
          </h3>
          <Capped verdicts={unknown} report={report} places={places} first={FIRST_UNKNOWN} what="unknown" />
        </section>
      )}
    </>
  );
}

function Capped({
  verdicts,
  report,
  places,
  first,
  what,
}: {
  verdicts: readonly LockVerdict[];
  report: LockReport;
  places: Places;
  first: number;
  what: string;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? verdicts : verdicts.slice(0, first);
  return (
    <>
      <ul>
        {shown.map((verdict) => (
          <Verdict
            key={`${verdict.kind} ${verdict.targets.join(' ')}`}
            verdict={verdict}
            report={report}
            places={places}
          />
        ))}
      </ul>
      {shown.length < verdicts.length ? (
        <button type="button" className="button small" onClick={() => setAll(true)}>
          Show all {formatCount(verdicts.length)} {what}
        </button>
      ) : null}
    </>
  );
}

function Verdict({ verdict, report, places }: { verdict: LockVerdict; report: LockReport; places: Places }) {
  const text = useOpenText();
  const certainty = certaintyWords(verdict);
  const { kind, goroutineIds, why } = verdict;
  const ids = [
    ...new Set([...goroutineIds, ...verdict.targets.flatMap((target) => report.targets[target]?.waiters.ids ?? [])]),
  ];
  return (
    <li className={kind === 'unknown' ? 'lock-verdict unknown' : 'lock-verdict'}>
      {kind === 'unknown' ? null : (
        <h4>
          {VERDICT_WORDS[kind]}
          {certainty === null ? null : (
            <span className="inferred" title={certainty.hint}>
              {certainty.word}
            </span>
          )}
          {verdict.ruleId === null ? null : <span className="rule-id muted">{verdict.ruleId}</span>}
        </h4>
      )}
      <p>
        {why.map((sentence, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one verdict never move.
          <span key={at}>
            {at === 0 ? '' : ' '}
            <Linked sentence={sentence} places={places} text={text} />
          </span>
        ))}
        {verdict.targets.length > 1
          ? ` ${formatNumberOf(verdict.waiters, 'goroutine')} in all wait for these locks.`
          : ''}
      </p>
      <HoldsAndWants rows={holdRows(verdict, report.targets)} places={places} text={text} />
      {kind === 'wait-group-children' ? (
        <GoroutineList ids={goroutineIds} count={goroutineIds.length} places={places} text={text} />
      ) : null}
      <OpenedText text={text} />
      <GroupLinks ids={ids} count={ids.length < verdict.waiters ? verdict.waiters : ids.length} places={places} />
    </li>
  );
}

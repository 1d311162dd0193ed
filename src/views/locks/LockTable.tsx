import { Fragment, useState } from 'react';
import type { LockReport, WaitTarget } from '../../core/causes/locks/lock-report.ts';
import { ALL_GROUPS } from '../../store/show.ts';
import { useActions } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { formatCount, formatMinutes, formatNumberOf } from '../../ui/format.ts';
import {
  GoroutineLink,
  GoroutineList,
  GroupLinks,
  OpenedText,
  type OpenText,
  type Places,
  useOpenText,
} from './GoroutineLinks.tsx';
import { addressWords, objectWords, WAIT_WORDS } from './lock-words.ts';

const FIRST_ROWS = 50;
const FIRST_CALLERS = 2;

/** Everything that is waited for, most waiters first. */
export function LockTable({ report, places }: { report: LockReport; places: Places }) {
  const [all, setAll] = useState(false);
  const { targets, targetCount } = report;
  const shown = all ? targets : targets.slice(0, FIRST_ROWS);
  return (
    <section aria-label="What is waited for">
      <h3 className="lock-head">What is waited for</h3>
      <div className="lock-table-box">
        <table className="lock-table">
          <caption className="visually-hidden">What is waited for</caption>
          <thead>
            <tr>
              <th scope="col">Waited for</th>
              <th scope="col" className="numbers">
                Waiters
              </th>
              <th scope="col" className="numbers">
                Longest wait
              </th>
              <th scope="col">Likely holder</th>
              <th scope="col">Groups</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((target, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: targets of one report never move, and may lack addresses.
              <Target key={at} target={target} places={places} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < targets.length ? (
        <p className="lock-more">
          <button type="button" className="button small" onClick={() => setAll(true)}>
            Show all {formatCount(targets.length)}
          </button>
        </p>
      ) : targets.length < targetCount ? (
        <p className="lock-more muted">
          The {formatCount(targets.length)} with most waiters of {formatCount(targetCount)} are listed.
        </p>
      ) : null}
    </section>
  );
}

function Target({ target, places }: { target: WaitTarget; places: Places }) {
  const [open, setOpen] = useState(false);
  const text = useOpenText();
  const { kind, waiters, object, address } = target;
  const hasIds = waiters.ids.length > 0;
  const count = formatCount(waiters.count);
  return (
    <Fragment>
      <tr>
        <th scope="row" data-label="Waited for">
          {WAIT_WORDS[kind]}
          <span className={address === null ? 'second' : 'second mono'}>{addressWords(target)}</span>
          {object === null ? null : <span className="second mono">in {objectWords(object)}</span>}
        </th>
        <td className="numbers" data-label="Waiters">
          {hasIds ? (
            <button
              type="button"
              className="link"
              aria-expanded={open}
              title="Lists the goroutines that wait"
              onClick={() => setOpen(!open)}
            >
              {count}
            </button>
          ) : (
            count
          )}
        </td>
        <td className="numbers" data-label="Longest wait">
          {waiters.oldestMinutes === null ? (
            <span className="muted" title="Under a minute, or of a form without minutes">
              not printed
            </span>
          ) : (
            formatMinutes(waiters.oldestMinutes)
          )}
        </td>
        <td data-label="Likely holder">
          <Holder target={target} places={places} text={text} />
        </td>
        <td data-label="Groups">
          {hasIds ? (
            <GroupLinks ids={waiters.ids} count={waiters.count} places={places} />
          ) : (
            <Callers target={target} />
          )}
        </td>
      </tr>
      {open || text.row !== null ? (
        <tr className="lock-open">
          <td colSpan={5}>
            {open ? <GoroutineList ids={waiters.ids} count={waiters.count} places={places} text={text} /> : null}
            <OpenedText text={text} />
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

function Holder({ target, places, text }: { target: WaitTarget; places: Places; text: OpenText }) {
  const { kind, holder, candidates, candidateCount, unknown } = target;
  if (holder !== null) {
    return (
      <>
        <GoroutineLink id={holder.goroutineId} places={places} text={text} />
        <span className="inferred">inferred</span>
        <span className="second">
          {holder.why.replace(/^Inferred: (.)/, (_, first: string) => first.toUpperCase())}
        </span>
      </>
    );
  }
  const isLock = kind === 'mutex' || kind === 'rwmutex';
  // Nobody holds the others.
  return (
    <>
      {isLock || (unknown !== '' && kind !== 'cond') ? 'unknown' : <span className="muted">none holds it</span>}
      {unknown === '' ? null : <span className="second">{unknown}</span>}
      {candidates.length === 0 ? null : (
        <span className="second">
          Inside the same object:{' '}
          {candidates.map(({ goroutineId, function: name, why }) => (
            <span key={goroutineId} className="candidate" title={why}>
              <GoroutineLink id={goroutineId} places={places} text={text} />{' '}
              <span className="mono">
                <Breakable text={name} />
              </span>
            </span>
          ))}
          {candidateCount > candidates.length
            ? `and ${formatNumberOf(candidateCount - candidates.length, 'more', 'more')}`
            : ''}
        </span>
      )}
    </>
  );
}

/** Who waits, where the form prints no ids. */
function Callers({ target }: { target: WaitTarget }) {
  const { callers } = target.waiters;
  const { choose } = useActions();
  return (
    <ul className="group-links">
      {callers.slice(0, FIRST_CALLERS).map(([name, goroutines]) => (
        <li key={name}>
          <button
            type="button"
            className="link mono"
            title="Searches the groups for it"
            onClick={() => choose({ ...ALL_GROUPS, search: name, groupKey: null, showExpected: true })}
          >
            <Breakable text={name} />
          </button>{' '}
          <span className="muted">{formatCount(goroutines)}</span>
        </li>
      ))}
      {callers.length > FIRST_CALLERS ? (
        <li className="muted">and {formatNumberOf(callers.length - FIRST_CALLERS, 'more caller')}</li>
      ) : null}
    </ul>
  );
}

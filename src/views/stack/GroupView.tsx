import { lazy, useState } from 'react';
import { UNKNOWN_STATE } from '../../core/model/symbols.ts';
import { placeIn, withoutLike, withTerm } from '../../core/query/complete.ts';
import { selectPreviousCount, selectPreviousDump } from '../../store/selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { Change } from '../../ui/Change.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatClock, formatCount, formatNumberOf, formatShare } from '../../ui/format.ts';
import { useTurns } from '../../ui/use-turns.ts';
import type { DumpSummary, GroupDetail } from '../../worker/protocol.ts';
import { CauseSection } from '../causes/CauseSection.tsx';
import { PairBlock } from '../compare/PairBlock.tsx';
import { Explained } from '../help/Explained.tsx';
import { LazyPart } from '../LazyPart.tsx';
import { Family } from '../lineage/Family.tsx';
import { LockWait } from '../locks/LockWait.tsx';
import { Triage } from '../triage/Triage.tsx';
import { showState } from '../words.ts';
import { Births } from './Births.tsx';
import { Frames } from './Frames.tsx';
import { Goroutines } from './Goroutines.tsx';
import { SourceRules } from './source-rules.ts';
import { stackText } from './stack-text.ts';
import { WaitHistogram } from './WaitHistogram.tsx';

const SourceDialog = lazy(async () => ({ default: (await import('../source/SourceDialog.tsx')).SourceDialog }));

/** Everything about one group. */
export function GroupView({
  detail,
  summary,
  dumpName,
  onClose,
}: {
  detail: GroupDetail;
  summary: DumpSummary;
  dumpName: string;
  onClose: () => void;
}) {
  const change = useChange(detail);
  const turn = useTurns(1);
  return (
    <>
      <div className="stack-head">
        <h2 className="mono">
          <Breakable text={detail.name} />
        </h2>
        <button type="button" className="button small stack-close" onClick={onClose} title="Close (Esc)">
          Close
        </button>
        <p className="stack-count">
          <strong>{formatNumberOf(detail.count, 'goroutine')}</strong>
          {change === null ? null : (
            <span className="change">
              <Change before={change.before} after={change.after} /> <span className="muted">{change.between}</span>
            </span>
          )}
          <span className="muted">
            {formatShare(detail.count, summary.goroutines)} of {dumpName}
          </span>
        </p>
        <States detail={detail} />
      </div>
      <Narrow name={detail.name} />
      <Triage groupKey={detail.key} />
      <CauseSection detail={detail} />
      <Stacks detail={detail} />
      {turn === 0 ? null : <BelowStack detail={detail} summary={summary} />}
    </>
  );
}

/** What is mostly below the fold: drawn when the stack is. */
function BelowStack({ detail, summary }: { detail: GroupDetail; summary: DumpSummary }) {
  return (
    <>
      <LockWait detail={detail} />
      <PairBlock groupKey={detail.key} />
      <section className="block" aria-label="Waits">
        <h3>Wait</h3>
        <WaitHistogram detail={detail} />
      </section>
      <Births />
      <Creators detail={detail} />
      <Family detail={detail} />
      <Labels detail={detail} />
      <section className="block" aria-label="Goroutines">
        <h3>{summary.hasIds ? 'Goroutines' : 'Records'}</h3>
        <Goroutines detail={detail} summary={summary} />
      </section>
    </>
  );
}

/** Puts the group into the search, or what stands where it stands out of it. */
function Narrow({ name }: { name: string }) {
  const search = useStandstill((state) => state.view.search);
  const { choose } = useActions();
  const place = placeIn(name);
  return (
    <p className="stack-narrow">
      <button
        type="button"
        className="button small"
        title={`Lists this group alone: name:=${name}`}
        onClick={() => choose({ tab: 'groups', search: withTerm('', 'name', name, true) })}
      >
        Only this
      </button>
      <button
        type="button"
        className="button small"
        title={`Hides all groups that stand in ${place}`}
        onClick={() => choose({ tab: 'groups', search: withoutLike(search, place) })}
      >
        Hide all like this
      </button>
    </p>
  );
}

/** The change that the tab on show is about: from A to B, or since the dump before. */
function useChange(detail: GroupDetail): { before: number; after: number; between: string } | null {
  const previousCount = useStandstill(selectPreviousCount);
  const previous = useStandstill(selectPreviousDump);
  const changes = useStandstill((state) =>
    state.view.tab === 'compare' && state.view.compareMode !== 'matrix' ? state.comparison.value?.changes : undefined,
  );
  if (changes !== undefined) {
    const row = changes.key.indexOf(detail.key);
    if (row < 0) return null;
    return { before: changes.before[row] ?? 0, after: changes.after[row] ?? 0, between: 'from A to B' };
  }
  if (previousCount === null || previous === null) return null;
  const since = previous.takenAtMs === null ? previous.name : formatClock(previous.takenAtMs);
  return { before: previousCount, after: detail.count, between: `since ${since}` };
}

function States({ detail }: { detail: GroupDetail }) {
  const { choose } = useActions();
  const level = useStandstill((state) => state.view.level);
  return (
    <p className="states">
      {detail.states.map(([state, goroutines]) =>
        state === UNKNOWN_STATE ? (
          <span key={state}>
            {detail.inferredState === '' ? 'state not printed' : detail.inferredState}
            {detail.inferredState === '' ? null : (
              <Explained word="inferred">
                <span className="inferred">inferred</span>
              </Explained>
            )}
          </span>
        ) : (
          <Explained key={state} word={state}>
            <button
              type="button"
              className="link"
              title={`Show only groups in state ${state}`}
              onClick={() => choose(showState(state, level))}
            >
              {state}
              {detail.states.length > 1 ? ` ${formatCount(goroutines)}` : ''}
            </button>
          </Explained>
        ),
      )}
    </p>
  );
}

function Stacks({ detail }: { detail: GroupDetail }) {
  const [at, setAt] = useState(0);
  const [unfolded, setUnfolded] = useState(false);
  const [asksSources, setAsksSources] = useState(false);
  const rules = useStandstill((state) => state.sourceRules);
  const stack = detail.stacks[at];
  if (stack === undefined) return null;
  return (
    <section className="block" aria-label="Frames">
      <div className="block-head">
        <h3>
          {detail.stackCount === 1 ? 'Stack' : `Stack ${formatCount(at + 1)} of ${formatCount(detail.stackCount)}`}
          {detail.stackCount === 1 ? null : (
            <span className="muted">
              , {formatNumberOf(stack.count, 'goroutine')}
              {detail.states.length > 1 ? ` in ${stack.state}` : ''}
            </span>
          )}
        </h3>
        {detail.stackCount === 1 ? null : (
          <>
            <button
              type="button"
              className="button small"
              aria-label="Stack before"
              disabled={at === 0}
              onClick={() => setAt(at - 1)}
            >
              ‹
            </button>
            <button
              type="button"
              className="button small"
              aria-label="Next stack"
              disabled={at >= detail.stacks.length - 1}
              onClick={() => setAt(at + 1)}
            >
              ›
            </button>
          </>
        )}
        <button
          type="button"
          className="button small quiet"
          aria-pressed={unfolded}
          title={unfolded ? 'Fold runs of library frames' : 'Show all library frames'}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'Fold' : 'Unfold'}
        </button>
        <CopyButton text={() => stackText(stack)} what="whole stack" />
      </div>
      {at === detail.stacks.length - 1 && detail.stacks.length < detail.stackCount ? (
        <p className="muted">
          The first {formatCount(detail.stacks.length)} of {formatCount(detail.stackCount)} stacks can be shown; group
          by exact stack for the others.
        </p>
      ) : null}
      <SourceRules value={rules}>
        <Frames key={at} stack={stack} unfolded={unfolded} />
      </SourceRules>
      <button type="button" className="link" onClick={() => setAsksSources(true)}>
        Source links…
      </button>
      {asksSources ? (
        <LazyPart what="The source links">
          <SourceDialog frames={stack.frames} onClose={() => setAsksSources(false)} />
        </LazyPart>
      ) : null}
    </section>
  );
}

/** Only where there is a choice: one creator already stands under the stack. */
function Creators({ detail }: { detail: GroupDetail }) {
  if (detail.creators === null || detail.creators.length < 2) return null;
  return (
    <section className="block" aria-label="Created by">
      <h3>Created by</h3>
      <ul className="counted">
        {detail.creators.map(([name, goroutines]) => (
          <li key={name}>
            <span className="counted-number">{formatCount(goroutines)}</span>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Labels({ detail }: { detail: GroupDetail }) {
  if (detail.labels.length === 0) return null;
  return (
    <section className="block" aria-label="Labels">
      <h3>
        Labels
        {detail.labels.length < detail.labelSetCount ? (
          <span className="muted">
            , the most frequent {formatCount(detail.labels.length)} of {formatCount(detail.labelSetCount)}
          </span>
        ) : null}
      </h3>
      <ul className="counted">
        {detail.labels.map(({ set, goroutines }) => (
          <li key={JSON.stringify(set)}>
            <span className="counted-number">{formatCount(goroutines)}</span>
            <code>{set.length === 0 ? '(none)' : set.map(([key, value]) => `${key}=${value}`).join(' ')}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { type KeyboardEvent, lazy, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../core/model/problem.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import type { DumpId, DumpSummary } from '../../worker/protocol.ts';
import { LazyPart } from '../LazyPart.tsx';
import { groupProblems, type ProblemGroup } from './problem-groups.ts';

/** Seldom looked at; it comes when a line is opened. */
const ProblemContext = lazy(async () => ({ default: (await import('./ProblemContext.tsx')).ProblemContext }));

/** Problems of a group that are listed at first, and with each click more. */
const FIRST = 8;
const MORE = 50;

/** Lines of the file that could not be used, by reason; each opens among the lines around it. */
export function Problems({ summary }: { summary: DumpSummary }) {
  const { problems, problemCount } = summary;
  const groups = useMemo(() => groupProblems(problems), [problems]);
  return (
    <div className="problems">
      <p className="muted">
        A problem costs the goroutine it stands in, never its neighbours.
        {problemCount > problems.length
          ? ` The first ${formatCount(problems.length)} of ${formatNumberOf(problemCount, 'problem')} are listed; the others are only counted.`
          : ''}
      </p>
      {groups.map((group) => (
        <Group key={group.why} group={group} dumpId={summary.id} />
      ))}
    </div>
  );
}

function Group({ group, dumpId }: { group: ProblemGroup; dumpId: DumpId }) {
  const [limit, setLimit] = useState(FIRST);
  const shown = group.problems.slice(0, limit);
  const left = group.problems.length - shown.length;
  return (
    <section className="problem-group" aria-label={group.why}>
      <h4>
        <span className="problem-count">{formatCount(group.problems.length)} ×</span> {group.why}
      </h4>
      <ol>
        {shown.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes and lines may repeat.
          <ProblemLine key={index} problem={problem} dumpId={dumpId} />
        ))}
      </ol>
      {left > 0 ? (
        <button type="button" className="button small" onClick={() => setLimit(limit + MORE)}>
          Show {formatCount(Math.min(MORE, left))} more
        </button>
      ) : null}
    </section>
  );
}

function ProblemLine({ problem, dumpId }: { problem: Problem; dumpId: DumpId }) {
  const open = useStandstill(
    ({ rawLines }) => problem.line > 0 && rawLines.dumpId === dumpId && rawLines.line === problem.line,
  );
  const { showRawLines } = useActions();
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    showRawLines(null);
    opener.current?.focus();
  };
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    // The dialog around it, and the page, have their own use for the key.
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const place = `line ${formatCount(problem.line)}`;
  return (
    <li onKeyDown={closeByKey}>
      {problem.line > 0 ? (
        <button
          type="button"
          className="link"
          ref={opener}
          aria-expanded={open}
          title="Show the lines around it"
          onClick={() => (open ? close() : showRawLines({ dumpId, line: problem.line }))}
        >
          {place}
        </button>
      ) : (
        <span className="muted">no line</span>
      )}
      <code>{problem.text === '' ? '(nothing)' : problem.text}</code>
      {open ? (
        <div className="problem-context">
          <LazyPart what="The lines">
            <ProblemContext place={place} onClose={close} />
          </LazyPart>
        </div>
      ) : null}
    </li>
  );
}

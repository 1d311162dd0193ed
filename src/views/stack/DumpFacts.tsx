import { type ReactNode, useRef, useState } from 'react';
import { UNKNOWN_STATE } from '../../core/model/symbols.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatBytes, formatCount, formatNumberOf, formatShare } from '../../ui/format.ts';
import type { DumpSummary } from '../../worker/protocol.ts';
import { timeTitle } from '../dumps/DumpRow.tsx';
import { Problems } from '../dumps/Problems.tsx';
import { FORMAT_WORDS, instanceSource, showState, takenOff } from '../words.ts';
import { ReadLedger } from './ReadLedger.tsx';
import { Wrapping } from './Wrapping.tsx';
import './facts.css';

/** What is known of the chosen dump, until a group is chosen. */
export function DumpFacts({ dump }: { dump: DumpEntry }) {
  const [problemsOpen, setProblemsOpen] = useState(false);
  const problems = useRef<HTMLDetailsElement>(null);
  const { summary } = dump;
  const { runningTests } = summary;
  return (
    <>
      <div className="stack-head">
        <h2>{dump.name}</h2>
        <p>
          <strong>{formatNumberOf(summary.goroutines, 'goroutine')}</strong>{' '}
          <span className="muted">in {formatNumberOf(summary.stacks, 'distinct stack')}</span>
        </p>
        <p className="muted">Choose a group to read its stack.</p>
      </div>
      {runningTests.length === 0 ? null : (
        <section className="block" aria-label="Running tests">
          <h3>
            {runningTests.length === 1
              ? 'A test was running'
              : `${formatCount(runningTests.length)} tests were running`}
          </h3>
          <ul className="running-tests">
            {runningTests.map((test) => (
              <li key={test}>
                <code>{test}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <States summary={summary} />
      <ReadLedger
        summary={summary}
        onProblems={() => {
          setProblemsOpen(true);
          requestAnimationFrame(() => problems.current?.scrollIntoView({ block: 'nearest' }));
        }}
      />
      {summary.problemCount === 0 ? null : (
        <section className="block" aria-label="Problems">
          <details ref={problems} open={problemsOpen} onToggle={(event) => setProblemsOpen(event.currentTarget.open)}>
            <summary>
              <h3 className="warn">{formatNumberOf(summary.problemCount, 'problem')}</h3>
            </summary>
            {problemsOpen ? <Problems summary={summary} /> : null}
          </details>
        </section>
      )}
      <Wrapping summary={summary} />
      <Source dump={dump} />
      {summary.caveats.length === 0 ? null : (
        <section className="block" aria-label="Notes">
          <h3>Notes</h3>
          <ul className="quiet-notes">
            {summary.caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function States({ summary }: { summary: DumpSummary }) {
  const { choose } = useActions();
  const level = useStandstill((state) => state.view.level);
  return (
    <section className="block" aria-label="States">
      <h3>States</h3>
      {summary.states.every(([state]) => state === UNKNOWN_STATE) ? (
        <p className="muted">This form of dump prints no states.</p>
      ) : (
        <ul className="state-bars">
          {summary.states.map(([state, goroutines]) => (
            <li key={state}>
              <button type="button" className="link" onClick={() => choose(showState(state, level))}>
                {state}
              </button>
              <CountBar part={goroutines} all={summary.goroutines} />
              <span className="numbers">{formatCount(goroutines)}</span>
              <span className="numbers muted">{formatShare(goroutines, summary.goroutines)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Source({ dump }: { dump: DumpEntry }) {
  const { summary } = dump;
  const { provenance } = summary;
  const removed = takenOff(provenance);
  const how = instanceSource(provenance);
  return (
    <section className="block" aria-label="Source">
      <h3>Source</h3>
      <dl className="facts">
        <Fact term="File">{provenance.path}</Fact>
        {provenance.entry === null ? null : (
          <Fact term="Entry">
            {provenance.entry} <span className="muted">in the archive</span>
          </Fact>
        )}
        {removed.length === 0 ? null : <Fact term="Taken off">{removed.join(', ')}</Fact>}
        <Fact term="Taken">{timeTitle(dump)}</Fact>
        {provenance.instance === null ? null : (
          <Fact term="Instance">
            {provenance.instance}
            {how === '' ? '' : `, ${how}`}
          </Fact>
        )}
        {provenance.lane === null || provenance.lane === provenance.instance ? null : (
          <Fact term="Process">
            {provenance.lane} <span className="muted">as its lines name it</span>
          </Fact>
        )}
        {provenance.reason === null ? null : (
          <Fact term="Reason">
            <code>{provenance.reason}</code>
          </Fact>
        )}
        <Fact term="Form">
          {summary.profile === 'goroutineleak' ? 'goroutineleak ' : ''}
          {FORMAT_WORDS[summary.format]}: {provenance.formatReason}
        </Fact>
        <Fact term="Size">
          {formatBytes(provenance.fileBytes)}
          {removed.length > 0 ? `, the dump’s text ${formatBytes(summary.bytes.read)}` : ''}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

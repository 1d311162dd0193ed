import { UNKNOWN_STATE } from '../../core/model/symbols.ts';
import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatBytes, formatCount, formatNumberOf, formatShare } from '../../ui/format.ts';
import { timeTitle } from '../dumps/DumpRow.tsx';
import { Problems } from '../dumps/Problems.tsx';
import { FORMAT_WORDS, showState } from '../words.ts';

/** What is known of the chosen dump, until a group is chosen. */
export function DumpFacts({ dump }: { dump: DumpEntry }) {
  const { choose } = useActions();
  const level = useStandstill((state) => state.view.level);
  const { summary } = dump;
  const { provenance } = summary;
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
      {summary.caveats.length === 0 ? null : (
        <div className="block">
          {summary.caveats.map((caveat) => (
            <p key={caveat} className="caveat">
              {caveat}
            </p>
          ))}
        </div>
      )}
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
      <section className="block" aria-label="Source">
        <h3>Source</h3>
        <dl className="facts">
          <Fact term="File">{provenance.path}</Fact>
          <Fact term="Taken">{timeTitle(dump)}</Fact>
          {provenance.instance === null ? null : <Fact term="Instance">{provenance.instance}</Fact>}
          {provenance.reason === null ? null : <Fact term="Reason">{provenance.reason}</Fact>}
          <Fact term="Form">
            {summary.profile === 'goroutineleak' ? 'goroutineleak ' : ''}
            {FORMAT_WORDS[summary.format]}
            {provenance.containers.length > 0 ? ` in ${provenance.containers.join(' in ')}` : ''}:{' '}
            {provenance.formatReason}
          </Fact>
          <Fact term="Size">
            {formatBytes(provenance.fileBytes)}
            {provenance.containers.length > 0 ? `, unpacked ${formatBytes(summary.bytes.read)}` : ''}
            {summary.bytes.ignored > 0 ? `, of that ${formatBytes(summary.bytes.ignored)} of text around the dump` : ''}
          </Fact>
          {summary.declared === null || summary.declared === summary.goroutines ? null : (
            <Fact term="Claims">{formatNumberOf(summary.declared, 'goroutine')}, unlike the sum of its records</Fact>
          )}
        </dl>
      </section>
      {summary.problemCount === 0 ? null : (
        <section className="block" aria-label="Problems">
          <details>
            <summary>
              <h3 className="warn">{formatNumberOf(summary.problemCount, 'problem')}</h3>
            </summary>
            <Problems summary={summary} />
          </details>
        </section>
      )}
    </>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

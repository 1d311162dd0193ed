import type { Sentence, Verdict, Wave } from '../../core/trend/verdict.ts';
import { formatCount } from '../../ui/format.ts';
import { SentenceView } from './SentenceView.tsx';
import { testWords, wavesWords } from './verdict-words.ts';

/** Sentences of evidence that stand without a click. */
export const EVIDENCE_SHOWN = 3;

/** Whether there is more than what stands without a click. */
export function hasMore({ evidence, waves, fit }: Verdict): boolean {
  return evidence.length > EVIDENCE_SHOWN || waves.length > 1 || fit !== null;
}

/** Sentences as a list. */
export function EvidenceList({ sentences, label }: { sentences: readonly Sentence[]; label: string }) {
  if (sentences.length === 0) return null;
  return (
    <ul className="evidence" aria-label={label}>
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one verdict never move.
        <li key={index}>
          <SentenceView sentence={sentence} />
        </li>
      ))}
    </ul>
  );
}

/** The rest of the evidence: sentences, waves, and how sure the slope is. */
export function MoreEvidence({ verdict, id }: { verdict: Verdict; id: string }) {
  const { evidence, waves, fit } = verdict;
  return (
    <div className="more-evidence" id={id}>
      <EvidenceList sentences={evidence.slice(EVIDENCE_SHOWN)} label="More evidence" />
      {waves.length > 1 ? <Waves waves={waves} /> : null}
      {fit === null ? null : <p className="muted">{testWords(fit)}</p>}
    </div>
  );
}

function Waves({ waves }: { waves: readonly Wave[] }) {
  return (
    <div className="waves">
      <p>{wavesWords(waves)}</p>
      <table aria-label="Waves">
        <thead>
          <tr>
            <th scope="col">wave</th>
            <th scope="col">before</th>
            <th scope="col">highest</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          {waves.map(({ base, peak, rest }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: waves stand in time order.
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              <td>{formatCount(base)}</td>
              <td>{formatCount(peak)}</td>
              <td>{formatCount(rest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

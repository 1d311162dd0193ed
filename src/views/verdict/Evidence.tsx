import type { Sentence, Verdict, Wave } from '../../core/trend/verdict.ts';
import { selectCauses } from '../../store/cause-selectors.ts';
import { selectChosenDump } from '../../store/selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import { PairList } from '../causes/CauseNotes.tsx';
import { SentenceView } from './SentenceView.tsx';
import { testWords, wavesWords } from './verdict-words.ts';

/** Lines that evidence may take without a click, and about how many letters a line of a wide page holds. */
const LINES = 3;
const LINE_LETTERS = 110;
/** A headline past this takes a second line, which evidence then gives up. */
const HEADLINE_LETTERS = 105;
const LEAST_SHOWN = 2;

/** How many sentences of evidence stand without a click: three, or two where they are long. */
export function evidenceShown({ headline, evidence }: Verdict): number {
  let room = LINES - (lettersOf(headline) > HEADLINE_LETTERS ? 1 : 0);
  let shown = 0;
  for (const sentence of evidence) {
    room -= Math.ceil(lettersOf(sentence) / LINE_LETTERS);
    if (shown >= LEAST_SHOWN && room < 0) break;
    shown++;
    if (shown === LINES) break;
  }
  return shown;
}

/** Whether evidence leaves a line for the next step. */
export function hasRoom(verdict: Verdict): boolean {
  return verdict.evidence.length < LEAST_SHOWN || (verdict.evidence.length < LINES && evidenceFits(verdict));
}

function evidenceFits({ evidence }: Verdict): boolean {
  return evidence.every((sentence) => lettersOf(sentence) <= LINE_LETTERS);
}

function lettersOf(sentence: Sentence): number {
  return sentence.reduce((sum, part) => sum + (typeof part === 'string' ? part : part.text).length, 0);
}

/** Whether there is more than what stands without a click. */
export function hasMore(verdict: Verdict): boolean {
  return verdict.evidence.length > evidenceShown(verdict) || verdict.waves.length > 1 || verdict.fit !== null;
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
      <EvidenceList sentences={evidence.slice(evidenceShown(verdict))} label="More evidence" />
      {waves.length > 1 ? <Waves waves={waves} /> : null}
      <Pairs />
      {fit === null ? null : <p className="muted">{testWords(fit)}</p>}
    </div>
  );
}

/** What counts of goroutines that belong together say about the dump on show. */
function Pairs() {
  const pairs = useStandstill((state) => selectCauses(state)?.reply.pairs);
  const dump = useStandstill(selectChosenDump);
  if (pairs === undefined || pairs.length === 0 || dump === null) return null;
  return (
    <div>
      <p className="muted">Goroutines that belong together in {dump.name}:</p>
      <PairList pairs={pairs} />
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

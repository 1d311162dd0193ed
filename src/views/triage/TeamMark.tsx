import type { MarkedGroup } from '../../core/triage/marks.ts';
import { selectMarked, selectNotes } from '../../store/triage-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { MARK_SIGNS } from './mark-words.ts';
import './triage.css';

/** What a group of the table is marked: sign and word. Nothing where it is not marked, as most rows are not. */
export function TeamMark({ groupKey }: { groupKey: string }) {
  const marked = useStandstill((state) => selectMarked(state).get(groupKey));
  return marked === undefined ? null : <Marked marked={marked} />;
}

function Marked({ marked: { mark, markId } }: { marked: MarkedGroup }) {
  const note = useStandstill((state) => selectNotes(state).get(markId) ?? '');
  return (
    <span className={`team-mark ${mark}`} title={`Marked ${mark}${note === '' ? '' : `: ${note}`}`}>
      <span aria-hidden="true">{MARK_SIGNS[mark]}</span> <span className="team-mark-word">{mark}</span>
    </span>
  );
}

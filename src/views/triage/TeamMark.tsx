import { selectMarked, selectNotes } from '../../store/triage-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { MARK_SIGNS } from './mark-words.ts';
import './triage.css';

/** What a group of the table is marked: sign and word. Nothing where it is not marked. */
export function TeamMark({ groupKey }: { groupKey: string }) {
  const marked = useStandstill((state) => selectMarked(state).get(groupKey));
  const note = useStandstill((state) => (marked === undefined ? '' : (selectNotes(state).get(marked.markId) ?? '')));
  if (marked === undefined) return null;
  const title = `Marked ${marked.mark}${note === '' ? '' : `: ${note}`}`;
  return (
    <span className={`team-mark ${marked.mark}`} title={title}>
      <span aria-hidden="true">{MARK_SIGNS[marked.mark]}</span> {marked.mark}
    </span>
  );
}

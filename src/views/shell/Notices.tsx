import { useActions, useStandstill } from '../../store/use-store.ts';

/** What the store has to say once: a crashed reader, a file that was already there. */
export function Notices() {
  const notices = useStandstill((state) => state.notices);
  const { dismissNotice } = useActions();
  if (notices.length === 0) return null;
  return (
    <section aria-label="Notices">
      <ul className="notices" aria-label="Notices">
        {notices.map((notice) => (
          <li key={notice.id} className={`notice ${notice.tone}`}>
            <span role={notice.tone === 'error' ? 'alert' : 'status'}>{notice.text}</span>
            <button type="button" className="button small quiet" onClick={() => dismissNotice(notice.id)}>
              Dismiss
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

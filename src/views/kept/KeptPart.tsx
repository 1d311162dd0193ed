import { KEPT_DAYS } from '../../investigation/shelf.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import './kept.css';

/** Below the dumps: whether they are kept for a reload, and how to forget them. */
export function KeptPart() {
  const { status, why } = useStandstill((state) => state.kept);
  const { setKeeping, forgetKept } = useActions();
  if (status === 'none') return null;
  return (
    <section className="side-part kept-part" aria-label="Kept in this browser">
      <label>
        <input
          type="checkbox"
          checked={status === 'on'}
          onChange={(event) => setKeeping(event.currentTarget.checked)}
        />
        Keep for a reload
      </label>
      <p className="muted">{words(status, why)}</p>
      {status === 'on' ? (
        <button type="button" className="button small" onClick={() => forgetKept()}>
          Forget everything
        </button>
      ) : null}
    </section>
  );
}

function words(status: 'on' | 'off' | 'forgotten' | 'failed', why: string): string {
  switch (status) {
    case 'on':
      return `Files, marks and the view stay in this browser, on this computer, for ${KEPT_DAYS} days.`;
    case 'off':
      return 'Nothing is kept after the page is closed.';
    case 'forgotten':
      return 'All is forgotten. Nothing is kept until the page is loaded again.';
    case 'failed':
      return `Not kept: ${why}`;
  }
}

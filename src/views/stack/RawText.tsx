import { useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';

/** The text of one goroutine as it stands in the file. */
export function RawText() {
  const { status, value, error } = useStandstill((state) => state.rawText);
  if (status === 'failed') {
    return (
      <p className="failed-note" role="alert">
        The text could not be read back: {error}
      </p>
    );
  }
  if (value === null || status !== 'ready') return <p className="muted">Reading…</p>;
  return (
    <div className="raw-text">
      <div className="raw-head">
        <span className="muted">
          At byte {formatCount(value.offset)}
          {value.cut ? `; cut after ${formatBytes(value.text.length)}` : ''}
        </span>
        <CopyButton text={value.text} what="raw text" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section className="raw-scroll" tabIndex={0} aria-label="Raw text">
        <pre>{value.text}</pre>
      </section>
    </div>
  );
}

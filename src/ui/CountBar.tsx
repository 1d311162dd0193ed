/** A bar of `part` of `all`. Only a picture of a number that stands beside it, so readers of the page skip it. */
export function CountBar({ part, all, tone = 'plain' }: { part: number; all: number; tone?: 'plain' | 'faint' }) {
  const percent = all > 0 ? Math.min(100, Math.max(0, (100 * part) / all)) : 0;
  return (
    <span className={`bar ${tone}`} aria-hidden="true">
      <span className="bar-fill" style={{ width: part > 0 ? `max(1px, ${percent}%)` : 0 }} />
    </span>
  );
}

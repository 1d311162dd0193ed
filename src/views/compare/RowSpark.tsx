const WIDTH = 84;
const HEIGHT = 24;
const PAD = 2;

/** A line of counts from zero up, for a row of the matrix. The numbers stand beside it, so readers of the page skip it. */
export function RowSpark({ counts }: { counts: readonly number[] }) {
  let top = 1;
  for (const count of counts) top = Math.max(top, count);
  const step = counts.length > 1 ? (WIDTH - 2 * PAD) / (counts.length - 1) : 0;
  const path = counts.map((count, index) => {
    const y = HEIGHT - PAD - (count / top) * (HEIGHT - 2 * PAD);
    return `${index === 0 ? 'M' : 'L'}${(PAD + index * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <svg className="row-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line className="spark-base" x1={PAD} x2={WIDTH - PAD} y1={HEIGHT - PAD} y2={HEIGHT - PAD} />
      <path className="row-spark-line" d={path.join('')} />
    </svg>
  );
}

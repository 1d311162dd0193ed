export interface SparkPoint {
  /** Place along the line; any unit, ascending. */
  readonly x: number;
  readonly y: number;
  /** Unique among the points. */
  readonly key: string;
  readonly label: string;
  readonly chosen: boolean;
}

const WIDTH = 200;
const HEIGHT = 40;
const PAD = 4;
/** With more points than this only the chosen one is drawn. */
const MANY = 20;

/**
 * A small line of counts from zero up. The page has the numbers as text beside it, so it carries one label as a whole.
 * Points can be pointed at, not tabbed to: the list beside it is the way by keyboard.
 */
export function Sparkline({
  points,
  label,
  onChoose,
}: {
  points: readonly SparkPoint[];
  label: string;
  /** Without it the points are not drawn. */
  onChoose?: (index: number) => void;
}) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const top = Math.max(1, ...points.map((point) => point.y));
  const span = last.x - first.x;
  const place = (point: SparkPoint, index: number) => {
    const along = span > 0 ? (point.x - first.x) / span : points.length > 1 ? index / (points.length - 1) : 0.5;
    return {
      x: PAD + along * (WIDTH - 2 * PAD),
      y: HEIGHT - PAD - (Math.max(0, point.y) / top) * (HEIGHT - 2 * PAD),
    };
  };
  const path = points.map((point, index) => {
    const { x, y } = place(point, index);
    return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line className="spark-base" x1={PAD} x2={WIDTH - PAD} y1={HEIGHT - PAD} y2={HEIGHT - PAD} />
      <path className="spark-line" d={path.join('')} />
      {(onChoose === undefined ? [] : points).map((point, index) => {
        const { x, y } = place(point, index);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list of dumps beside the line does the same by keyboard.
          <g
            key={point.key}
            className={point.chosen ? 'spark-point chosen' : 'spark-point'}
            onClick={() => onChoose?.(index)}
          >
            <title>{point.label}</title>
            <circle className="spark-hit" cx={x} cy={y} r={8} />
            <circle className="spark-dot" cx={x} cy={y} r={point.chosen ? 3.5 : points.length > MANY ? 0 : 2.2} />
          </g>
        );
      })}
    </svg>
  );
}

import { useXAxisScale, useYAxisScale } from 'recharts';
import type { DrawnCount } from './drawn-counts.ts';
import { pointPaint, type SeriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';

/** The count series as one path each, by the chart's own scales; their largest and last points are marked. */
export function CountLines({
  drawn,
  styles,
  hidden,
}: {
  drawn: readonly DrawnCount[];
  styles: readonly SeriesStyle[];
  hidden: ReadonlySet<string>;
}) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (xScale === undefined || yScale === undefined) return null;
  return drawn.map(({ id, timesMs, counts, line, largest }, at) => {
    if (hidden.has(id)) return null;
    const style = styles[at] ?? TOTAL_STYLE;
    const place = (index: number) => ({
      x: Number(xScale(timesMs[index] ?? 0)),
      y: Number(yScale(counts[index] ?? 0)),
    });
    const path = line.map((index, step) => {
      const { x, y } = place(index);
      return `${step === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    return (
      <g key={id} className="count-line">
        <path d={path.join('')} fill="none" stroke={style.color} strokeWidth={1.4} strokeDasharray={style.dash} />
        {[...new Set([largest, counts.length - 1])].map((index) => {
          const { x, y } = place(index);
          return <path key={index} d={shapePath(style.shape, x, y, 4)} {...pointPaint(style)} strokeWidth={1.5} />;
        })}
      </g>
    );
  });
}

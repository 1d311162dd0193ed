import { memo } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import type { DumpId } from '../../worker/protocol.ts';
import { countAt, type ProcessLine } from './process-lines.ts';
import { GREY_STYLE, pointPaint, shapePath } from './series-style.ts';

export interface ProcessLinesProps {
  readonly lines: readonly ProcessLine[];
  readonly hidden: ReadonlySet<string>;
  /** Place of the series the lines count; below 0 for all goroutines. */
  readonly series: number;
  readonly chosenId: DumpId | null;
  readonly onChoose: (id: DumpId) => void;
}

/**
 * One path per process by the chart's own scales, its dumps as points that can be clicked: the tables below choose dumps
 * by keyboard. Grey lines lie below and have no points; odd ones lie on top.
 */
export const ProcessLines = memo(function ProcessLines({
  lines,
  hidden,
  series,
  chosenId,
  onChoose,
}: ProcessLinesProps) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (xScale === undefined || yScale === undefined) return null;
  const layer = ({ style, odd }: ProcessLine) => (style === null ? 0 : odd === '' ? 1 : 2);
  const shown = lines.filter(({ id }) => !hidden.has(id)).sort((a, b) => layer(a) - layer(b));
  return shown.map(({ id, name, odd, points, style }) => {
    const placed = points.map((point) => ({
      point,
      x: Number(xScale(point.x)),
      y: Number(yScale(countAt(point, series))),
    }));
    const { color, dash, shape } = style ?? GREY_STYLE;
    return (
      <g key={id} className={style === null ? 'process-line grey' : 'process-line'} data-name={name}>
        <path
          d={placed.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}
          fill="none"
          stroke={color}
          strokeOpacity={style === null ? 0.35 : 1}
          strokeWidth={odd === '' ? 1.4 : 2.6}
          strokeDasharray={dash}
        />
        {/* A line of one dump is nothing but its point. */}
        {(style === null && placed.length > 1 ? [] : placed).map(({ point: { dump }, x, y }) => {
          const dumpId = dump.summary.id;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table below the chart does the same by keyboard.
            <g
              key={dumpId}
              className="process-point"
              onClick={(event) => {
                // The chart itself would choose the dump nearest in time.
                event.stopPropagation();
                onChoose(dumpId);
              }}
            >
              <title>{`${dump.name}, ${name}`}</title>
              <circle cx={x} cy={y} r={8} fill="transparent" />
              <path
                opacity={style === null ? 0.45 : 1}
                d={shapePath(shape, x, y, dumpId === chosenId ? 5.5 : 3.4)}
                {...pointPaint({ color, dash, shape })}
              />
            </g>
          );
        })}
      </g>
    );
  });
});

import { usePlotArea, useXAxisScale } from 'recharts';
import { PHASE_FILLS, type PhaseArea } from './phase-scale.ts';

/** Phases behind the lines. The first and the last reach to the plot's edges, which areas of recharts do not. */
export function PhaseAreas({ areas }: { areas: readonly PhaseArea[] }) {
  const plot = usePlotArea();
  const xScale = useXAxisScale();
  if (plot === undefined || xScale === undefined) return null;
  return areas.map(({ key, phase, fromX, toX }) => {
    const from = fromX === null ? plot.x : Number(xScale(fromX));
    const to = toX === null ? plot.x + plot.width : Number(xScale(toX));
    // The scale is not there yet when the chart is drawn for the first time.
    if (Number.isNaN(from) || Number.isNaN(to)) return null;
    return (
      <rect
        key={key}
        className="phase-area"
        x={from}
        y={plot.y}
        width={Math.max(0, to - from)}
        height={plot.height}
        fill={PHASE_FILLS[phase]}
      />
    );
  });
}

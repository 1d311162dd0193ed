import { pointPaint, type SeriesStyle, shapePath } from './series-style.ts';

/** Switches a line on and off. */
export function LegendItem({
  name,
  off,
  style,
  onToggle,
}: {
  name: string;
  off: boolean;
  style: SeriesStyle;
  onToggle: () => void;
}) {
  return (
    <button type="button" className="legend-item" aria-pressed={!off} title={name} onClick={onToggle}>
      <Swatch style={style} />
      <span className="clip">{name}</span>
    </button>
  );
}

/** A piece of the line as it is drawn. */
export function Swatch({ style }: { style: SeriesStyle }) {
  return (
    <svg className="swatch" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      <line x1={0} x2={26} y1={5} y2={5} stroke={style.color} strokeWidth={2} strokeDasharray={style.dash} />
      <path d={shapePath(style.shape, 13, 5, 3.4)} {...pointPaint(style)} />
    </svg>
  );
}

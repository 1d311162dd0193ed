import type { GrowthFit } from '../../core/trend/growth-fit.ts';
import type { SeriesTable } from '../../core/trend/series.ts';
import type { DrawnCount } from './drawn-counts.ts';
import { slopeCell } from './fit-words.ts';
import type { ProcessLine } from './process-lines.ts';
import { FIT_STYLE, pointPaint, type SeriesStyle, seriesStyle, shapePath, TOTAL_STYLE } from './series-style.ts';
import { FIT_KEY, TOTAL_KEY } from './timeline-points.ts';

/** Every line that can be told apart, to be switched on and off. */
export function Legend({
  table,
  processes,
  fit,
  drawn,
  countStyles,
  hidden,
  onToggle,
}: {
  /** Null without a dump. */
  table: SeriesTable | null;
  processes: readonly ProcessLine[];
  /** Of the total, when its line is drawn. */
  fit: GrowthFit | null;
  drawn: readonly DrawnCount[];
  countStyles: readonly SeriesStyle[];
  hidden: ReadonlySet<string>;
  onToggle: (key: string) => void;
}) {
  const item = (key: string, name: string, style: SeriesStyle, word?: { text: string; title: string }) => (
    <LegendItem key={key} name={name} off={hidden.has(key)} style={style} word={word} onToggle={() => onToggle(key)} />
  );
  return (
    <fieldset className="legend" aria-label="Lines">
      {table === null || processes.length > 0
        ? null
        : item(TOTAL_KEY, drawn.length > 0 ? 'Total of dumps' : 'Total', TOTAL_STYLE)}
      {fit === null ? null : item(FIT_KEY, `fit of the total, ${slopeCell(fit)}`, FIT_STYLE)}
      {processes.length > 0
        ? processes.map(({ id, name, odd, style }) =>
            style === null ? null : item(id, name, style, odd === '' ? undefined : { text: 'odd', title: odd }),
          )
        : table?.series.map(({ key, name }, at) => item(key, name, seriesStyle(at)))}
      {drawn.map(({ id, name }, at) => item(id, `counts: ${name}`, countStyles[at] ?? TOTAL_STYLE))}
    </fieldset>
  );
}

/** Switches a line on and off. */
function LegendItem({
  name,
  off,
  style,
  word,
  onToggle,
}: {
  name: string;
  off: boolean;
  style: SeriesStyle;
  /** A mark behind the name. */
  word: { readonly text: string; readonly title: string } | undefined;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      className="legend-item"
      aria-pressed={!off}
      title={word === undefined ? name : `${name}: ${word.title}`}
      onClick={onToggle}
    >
      <Swatch style={style} />
      <span className="clip">{name}</span>
      {word === undefined ? null : <span className="odd-mark">{word.text}</span>}
    </button>
  );
}

/** A piece of the line as it is drawn. */
export function Swatch({ style }: { style: SeriesStyle }) {
  return (
    <svg className="swatch" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      <line x1={0} x2={26} y1={5} y2={5} stroke={style.color} strokeWidth={2} strokeDasharray={style.dash} />
      {style === FIT_STYLE ? null : <path d={shapePath(style.shape, 13, 5, 3.4)} {...pointPaint(style)} />}
    </svg>
  );
}

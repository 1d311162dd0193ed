/** How a line is told apart: colour, dash and the shape of its points. None of them alone. */
export interface SeriesStyle {
  readonly color: string;
  /** SVG dash pattern; empty for a solid line. */
  readonly dash: string;
  readonly shape: 'circle' | 'square' | 'diamond' | 'triangle';
  /** Points are outlines: counts without stacks. */
  readonly hollow?: boolean;
}

/** The total. */
export const TOTAL_STYLE: SeriesStyle = { color: 'var(--series-total)', dash: '', shape: 'circle' };

/** The line fitted to the total. */
export const FIT_STYLE: SeriesStyle = { color: 'var(--grow)', dash: '8 5', shape: 'circle' };

const STYLES: readonly SeriesStyle[] = [
  { color: 'var(--series-1)', dash: '', shape: 'square' },
  { color: 'var(--series-2)', dash: '7 3', shape: 'diamond' },
  { color: 'var(--series-3)', dash: '2 3', shape: 'triangle' },
  { color: 'var(--series-4)', dash: '9 3 2 3', shape: 'circle' },
  { color: 'var(--series-5)', dash: '4 2', shape: 'square' },
  { color: 'var(--series-6)', dash: '1 3', shape: 'diamond' },
];

/** Style of the series at a place in the table; repeats past the sixth. */
export function seriesStyle(index: number): SeriesStyle {
  return STYLES[index % STYLES.length] ?? TOTAL_STYLE;
}

const COUNT_STYLES: readonly SeriesStyle[] = [
  { color: 'var(--series-6)', dash: '', shape: 'circle', hollow: true },
  { color: 'var(--series-5)', dash: '10 3', shape: 'square', hollow: true },
  { color: 'var(--series-4)', dash: '3 3', shape: 'diamond', hollow: true },
  { color: 'var(--series-2)', dash: '12 3 3 3', shape: 'triangle', hollow: true },
  { color: 'var(--series-3)', dash: '6 2', shape: 'circle', hollow: true },
  { color: 'var(--series-1)', dash: '2 4', shape: 'square', hollow: true },
  { color: 'var(--series-total)', dash: '5 5', shape: 'diamond', hollow: true },
  { color: 'var(--series-6)', dash: '9 2 2 2 2 2', shape: 'triangle', hollow: true },
];

/** Style of the count series at a place in the chart; repeats past the eighth. */
export function countStyle(index: number): SeriesStyle {
  return COUNT_STYLES[index % COUNT_STYLES.length] ?? TOTAL_STYLE;
}

/** Lines that can be told apart by colour and dash; more are drawn in grey. */
export const DISTINCT_LINES = 24;

const DASHES = ['', '7 3', '2 3', '9 3 2 3'];
const SHAPES = ['circle', 'square', 'diamond', 'triangle'] as const;

/**
 * Style of a process by the place of its instance; after a restart the same line goes on with other points. Colours and
 * dashes repeat past the twenty-fourth.
 */
export function processStyle(instance: number, restarts: number): SeriesStyle {
  const colors = STYLES.length;
  return {
    color: seriesStyle(instance).color,
    dash: DASHES[Math.floor(instance / colors) % DASHES.length] ?? '',
    shape: SHAPES[(instance + restarts) % SHAPES.length] ?? 'circle',
  };
}

/** A line among many that are not told apart. */
export const GREY_STYLE: SeriesStyle = { color: 'var(--text-3)', dash: '', shape: 'circle' };

/** Counts of an instance that has a line: in its colour. */
export function countStyleBeside(index: number, beside: SeriesStyle | null): SeriesStyle {
  return beside === null ? countStyle(index) : { ...countStyle(index), color: beside.color };
}

/** Fill and outline of a point. */
export function pointPaint({ color, hollow }: SeriesStyle): { readonly fill: string; readonly stroke: string } {
  return hollow === true ? { fill: 'var(--surface)', stroke: color } : { fill: color, stroke: 'var(--surface)' };
}

/** SVG path of a point around its middle, `r` its radius in pixels. */
export function shapePath(shape: SeriesStyle['shape'], x: number, y: number, r: number): string {
  switch (shape) {
    case 'circle':
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case 'square':
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`;
    case 'diamond':
      return `M${x} ${y - 1.3 * r}L${x + 1.3 * r} ${y}L${x} ${y + 1.3 * r}L${x - 1.3 * r} ${y}Z`;
    case 'triangle':
      return `M${x} ${y - 1.2 * r}L${x + 1.2 * r} ${y + r}L${x - 1.2 * r} ${y + r}Z`;
  }
}

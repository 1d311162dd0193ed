/** What of its look a shape keeps in a file without style sheets. */
const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
  'display',
] as const;
const DROPPED = /^(?:class|style|id|role|tabindex|cursor|focusable|aria-.*|data-.*|on.*)$/;
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';
const NAMESPACE = 'http://www.w3.org/2000/svg';

const MARGIN = 12;
const TITLE_HEIGHT = 26;
const LEGEND_ROW = 20;
/** About what a letter of the legend takes. */
const LETTER = 7;
const SWATCH = 34;
/** Pixels of a PNG for each of the page: sharp on any screen. */
const PNG_SCALE = 2;

/** A chart as an image that stands by itself. */
export interface ChartImage {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The chart that is drawn in `figure`, with the lines of `legend` that are switched on, on white whatever the theme. Colours
 * and fonts stand in the file. Null while no chart is drawn.
 */
export function chartImage(figure: HTMLElement, legend: HTMLElement, title: string): ChartImage | null {
  const chart = figure.querySelector('svg.recharts-surface');
  if (chart === null) return null;
  const { width, height } = chart.getBoundingClientRect();
  const stage = figure.ownerDocument.createElement('div');
  Object.assign(stage.style, { position: 'absolute', left: '-99999px', top: '0' });
  const drawn = chart.cloneNode(true);
  stage.append(drawn);
  const lines = [...legend.querySelectorAll<HTMLElement>('[aria-pressed="true"]')].map((item) => {
    const swatch = item.querySelector('svg')?.cloneNode(true) ?? null;
    if (swatch !== null) stage.append(swatch);
    return { name: item.querySelector('.clip')?.textContent ?? '', swatch };
  });
  figure.append(stage);
  // Looked at in the light theme, for white paper; nothing is painted before it is as it was.
  const root = figure.ownerDocument.documentElement;
  const theme = root.getAttribute('data-theme');
  root.setAttribute('data-theme', 'light');
  try {
    const shapes = [drawn, ...lines.map(({ swatch }) => swatch)].filter((each) => each instanceof SVGElement);
    for (const shape of shapes) fixLook(shape);
    const whole = figure.ownerDocument.createElementNS(NAMESPACE, 'svg');
    const full = Math.ceil(width) + 2 * MARGIN;
    const [rows, placed] = placeLegend(lines, full);
    const top = MARGIN + TITLE_HEIGHT;
    const bottom = top + Math.ceil(height) + MARGIN;
    const tall = bottom + rows * LEGEND_ROW + MARGIN;
    setAll(whole, { xmlns: NAMESPACE, width: full, height: tall, viewBox: `0 0 ${full} ${tall}`, 'font-family': FONT });
    const add = (parent: Element, name: string, attributes: Readonly<Record<string, string | number>>, text = '') => {
      const child = figure.ownerDocument.createElementNS(NAMESPACE, name);
      setAll(child, attributes);
      child.textContent = text;
      parent.append(child);
      return child;
    };
    add(whole, 'rect', { width: full, height: tall, fill: '#ffffff' });
    add(whole, 'text', { x: MARGIN, y: MARGIN + 14, 'font-size': 15, 'font-weight': 600, fill: '#191c21' }, title);
    if (drawn instanceof SVGElement) {
      setAll(drawn, { x: MARGIN, y: top, width: Math.ceil(width), height: Math.ceil(height) });
      whole.append(drawn);
    }
    for (const { name, swatch, x, row } of placed) {
      const y = bottom + row * LEGEND_ROW;
      if (swatch instanceof SVGElement) {
        setAll(swatch, { x, y: y + 2 });
        whole.append(swatch);
      }
      add(whole, 'text', { x: x + SWATCH, y: y + 12, 'font-size': 12, fill: '#191c21' }, name);
    }
    return { svg: new XMLSerializer().serializeToString(whole), width: full, height: tall };
  } finally {
    if (theme === null) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
    stage.remove();
  }
}

/** The image as PNG, twice as large as the page shows it. Rejects with an Error for people when the browser cannot draw it. */
export async function toPng({ svg, width, height }: ChartImage): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png === null) throw new Error('The browser could not draw the chart as PNG. Save it as SVG.');
  return png;
}

/** Puts the computed look into attributes, and drops what a file of its own does not need. */
function fixLook(root: SVGElement): void {
  for (const element of [root, ...root.querySelectorAll<SVGElement>('*')]) {
    const computed = getComputedStyle(element);
    const look = KEPT.map((name) => [name, computed.getPropertyValue(name)] as const);
    for (const { name } of [...element.attributes]) if (DROPPED.test(name)) element.removeAttribute(name);
    for (const [name, value] of look) if (value !== '') element.setAttribute(name, value);
  }
}

function placeLegend<L extends { readonly name: string }>(
  lines: readonly L[],
  width: number,
): [rows: number, placed: readonly (L & { readonly x: number; readonly row: number })[]] {
  let x = MARGIN;
  let row = 0;
  const placed = lines.map((line) => {
    const needed = SWATCH + line.name.length * LETTER + 16;
    if (x > MARGIN && x + needed > width - MARGIN) {
      x = MARGIN;
      row++;
    }
    const at = { ...line, x, row };
    x += needed;
    return at;
  });
  return [lines.length === 0 ? 0 : row + 1, placed];
}

function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

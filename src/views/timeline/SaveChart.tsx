import { type RefObject, useState } from 'react';
import { fileNameOf } from '../../store/handover.ts';
import { useStandstill } from '../../store/use-store.ts';
import { saveFile } from '../../ui/save-file.ts';
import { chartImage, toPng } from './chart-image.ts';

/** Saves the chart as it is drawn. `box` holds the chart and its legend. */
export function SaveChart({ box }: { box: RefObject<HTMLElement | null> }) {
  const title = useStandstill((state) => (state.view.title === '' ? 'Goroutines' : state.view.title));
  const name = useStandstill((state) => fileNameOf(state, state.view.title, { hosts: false }));
  const [why, setWhy] = useState('');
  const save = async (form: 'svg' | 'png'): Promise<void> => {
    try {
      const figure = box.current?.querySelector<HTMLElement>('figure.chart') ?? null;
      const legend = box.current?.querySelector<HTMLElement>('.legend') ?? null;
      const image = figure === null || legend === null ? null : chartImage(figure, legend, title);
      if (image === null) throw new Error('The chart is not drawn yet.');
      if (form === 'svg') saveFile(`${name}.svg`, 'image/svg+xml', image.svg);
      else saveFile(`${name}.png`, 'image/png', await toPng(image));
      setWhy('');
    } catch (error) {
      setWhy(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <p className="save-chart">
      <span className="muted">Save the chart:</span>
      <button type="button" className="button small quiet" onClick={() => void save('svg')}>
        SVG
      </button>
      <button type="button" className="button small quiet" onClick={() => void save('png')}>
        PNG
      </button>
      {why === '' ? null : (
        <span className="failed-note" role="alert">
          {why}
        </span>
      )}
    </p>
  );
}

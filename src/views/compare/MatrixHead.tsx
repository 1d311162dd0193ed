import type { DumpEntry } from '../../store/state.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatClock, formatMoment } from '../../ui/format.ts';
import { tailOf } from '../words.ts';
import { type MatrixWidths, stayAt } from './matrix-widths.ts';

/** The dumps as heads of columns; a click chooses one. By keyboard the arrows of the grid do. */
export function MatrixHead({
  dumps,
  places,
  ends,
  widths,
  chosenPlace,
  onChoose,
}: {
  dumps: readonly DumpEntry[];
  places: readonly number[];
  ends: { readonly first: number; readonly last: number };
  widths: MatrixWidths;
  chosenPlace: number;
  onChoose: (place: number) => void;
}) {
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const between = `${dumps[ends.first]?.name ?? ''} to ${dumps[ends.last]?.name ?? ''}`;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="matrix-name">
          Group
        </th>
        {widths.spark > 0 ? (
          <th scope="col" className="matrix-stay" style={stayAt(widths, 'spark')}>
            Course
          </th>
        ) : null}
        <th scope="col" className="numbers matrix-stay" style={stayAt(widths, 'delta')} title={`From ${between}`}>
          First → last
        </th>
        <td className="matrix-pad" aria-hidden="true" />
        {places.map((place) => {
          const dump = dumps[place];
          if (dump === undefined) return null;
          const { id } = dump.summary;
          const mark = id === a ? 'A' : id === b ? 'B' : null;
          const time = dump.takenAtMs === null ? '' : formatMoment(dump.takenAtMs);
          const partial = dump.summary.lowerBounds.join(' ');
          return (
            <th
              key={id}
              scope="col"
              aria-colindex={place + (widths.spark > 0 ? 4 : 3)}
              className={place === chosenPlace ? 'numbers matrix-dump chosen' : 'numbers matrix-dump'}
            >
              <button
                type="button"
                tabIndex={-1}
                aria-current={place === chosenPlace}
                title={[dump.name, time, partial].filter((each) => each !== '').join('\n')}
                onClick={() => onChoose(place)}
              >
                <span className="clip">
                  {dump.takenAtMs === null ? `dump ${place + 1}` : formatClock(dump.takenAtMs)}
                </span>
                <span className={partial === '' ? 'second' : 'second warn'}>
                  {mark === null ? null : <span className="ab-mark">{mark}</span>}
                  {partial === '' ? '' : '≥ '}
                  {tailOf(dump.name, mark === null ? 9 : 6)}
                </span>
              </button>
            </th>
          );
        })}
        <td className="matrix-pad" aria-hidden="true" />
      </tr>
    </thead>
  );
}

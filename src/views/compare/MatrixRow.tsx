import { CHANGE_WORDS, changeKind, toneOf } from '../../ui/Change.tsx';
import { formatCount, formatSigned } from '../../ui/format.ts';
import { TeamMark } from '../triage/TeamMark.tsx';
import type { Before } from './matrix-rows.ts';
import { type MatrixWidths, stayAt } from './matrix-widths.ts';
import { RowSpark } from './RowSpark.tsx';

/** Counts of a group, the total or all other groups over the dumps. `places`: the dumps on screen. */
export function MatrixRow({
  className,
  name,
  groupKey,
  counts,
  before,
  ends,
  places,
  pads,
  widths,
  rowIndex,
  chosen,
  chosenPlace,
  idOf,
  hint,
  onOpen,
}: {
  className: string;
  name: string;
  /** Of a group; its mark stands before its name. */
  groupKey?: string;
  counts: readonly number[];
  before: Before;
  ends: { readonly first: number; readonly last: number };
  places: readonly number[];
  pads: { readonly left: number; readonly right: number };
  widths: MatrixWidths;
  rowIndex: number;
  chosen: boolean;
  chosenPlace: number;
  idOf: (place: number) => string;
  hint: string;
  /** With the place of a dump, or null where no dump was meant. */
  onOpen: (place: number | null) => void;
}) {
  const first = counts[ends.first] ?? 0;
  const last = counts[ends.last] ?? 0;
  return (
    <tr className={chosen ? `${className} chosen` : className} aria-rowindex={rowIndex}>
      <th scope="row" className="matrix-name" title={name}>
        <button type="button" tabIndex={-1} onClick={() => onOpen(null)}>
          <span className={className === 'group' ? 'clip mono group-name' : 'clip'}>
            {groupKey === undefined ? null : <TeamMark groupKey={groupKey} />}
            {name}
          </span>
        </button>
      </th>
      {widths.spark > 0 ? (
        <td className="matrix-stay" style={stayAt(widths, 'spark')}>
          <RowSpark counts={counts} />
        </td>
      ) : null}
      <td className={`numbers matrix-stay ${toneOf(last - first)}`} style={stayAt(widths, 'delta')}>
        <span>{formatSigned(last - first)}</span>
        <span className="second">{CHANGE_WORDS[changeKind(first, last)]}</span>
      </td>
      <td className="matrix-pad" aria-hidden="true" style={{ width: pads.left }} />
      {places.map((place) => {
        const count = counts[place] ?? 0;
        const earlier = before[place] ?? -1;
        const difference = earlier < 0 ? 0 : count - (counts[earlier] ?? 0);
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names this cell by aria-activedescendant.
          <td
            key={place}
            id={idOf(place)}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the table is a grid, so this is a grid cell.
            role="gridcell"
            aria-colindex={place + (widths.spark > 0 ? 4 : 3)}
            aria-selected={chosen && place === chosenPlace}
            className={place === chosenPlace ? 'numbers matrix-cell chosen-dump' : 'numbers matrix-cell'}
          >
            <button type="button" tabIndex={-1} title={hint} onClick={() => onOpen(place)}>
              <span className={count === 0 ? 'muted' : undefined}>{formatCount(count)}</span>
              <span className={`second ${toneOf(difference)}`}>{difference === 0 ? '' : formatSigned(difference)}</span>
            </button>
          </td>
        );
      })}
      <td className="matrix-pad" aria-hidden="true" style={{ width: pads.right }} />
    </tr>
  );
}

import { formatCount, formatNumberOf } from '../../ui/format.ts';
import type { NumberLine } from './chart-numbers.ts';
import { pointPaint, shapePath } from './series-style.ts';

/** Numbers beside the pointer; more would not fit over the chart. */
const MOST = 9;

/** The numbers of one place of the chart, beside the pointer. */
export function ChartNumbers({ name, time, lines }: { name: string; time: string; lines: readonly NumberLine[] }) {
  return (
    <div className="chart-numbers">
      <p>
        {name === '' ? null : <strong>{name} </strong>}
        {time}
      </p>
      <table>
        <tbody>
          {lines.slice(0, MOST).map(({ key, name, count, beside, style }) => (
            <tr key={key}>
              <td>
                <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
                  <path d={shapePath(style.shape, 5, 5, 3.6)} {...pointPaint(style)} />
                </svg>
              </td>
              <td className="chart-numbers-name">{name}</td>
              <td className="numbers">{formatCount(count)}</td>
              <td className="numbers muted">{beside}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > MOST ? (
        <p className="muted">{formatNumberOf(lines.length - MOST, 'more line', 'more lines')}</p>
      ) : null}
    </div>
  );
}

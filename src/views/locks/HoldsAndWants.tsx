import { GoroutineLink, type OpenText, type Places } from './GoroutineLinks.tsx';
import type { HoldRow } from './lock-words.ts';

/** Who holds what and who waits for what. */
export function HoldsAndWants({ rows, places, text }: { rows: readonly HoldRow[]; places: Places; text: OpenText }) {
  if (rows.length === 0) return null;
  return (
    <div className="holds-box">
      <Ring size={rows.length} />
      <table className="holds">
        <caption className="visually-hidden">Who holds what and waits for what</caption>
        <thead>
          <tr>
            <th scope="col">Goroutine</th>
            <th scope="col">
              Holds <span className="inferred">inferred</span>
            </th>
            <th scope="col">Waits for</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ goroutineId, holds, wants }) => (
            <tr key={goroutineId}>
              <th scope="row">
                <GoroutineLink id={goroutineId} places={places} text={text} />
              </th>
              <td className="mono">{holds}</td>
              <td className="mono">
                <span className="muted" aria-hidden="true">
                  →{' '}
                </span>
                {wants}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One arrow back to itself, or two against each other. Larger rings are told by the table, which says the same. */
function Ring({ size }: { size: number }) {
  if (size > 2) return null;
  return (
    <svg className="ring" viewBox="0 0 56 44" width={56} height={44} aria-hidden="true">
      {size === 1 ? (
        <>
          <circle className="ring-node" cx={28} cy={33} r={7} />
          <path className="ring-arrow" d="M22.5 26 C8 4 48 4 34.6 24" />
          <path className="ring-head" d="M31.2 21 L33.6 26.6 L38.4 22.6 Z" />
        </>
      ) : (
        <>
          <circle className="ring-node" cx={9} cy={22} r={7} />
          <circle className="ring-node" cx={47} cy={22} r={7} />
          <path className="ring-arrow" d="M13 14 C22 4 34 4 41.4 12" />
          <path className="ring-head" d="M38.2 12.6 L44.4 15.6 L43.4 8.8 Z" />
          <path className="ring-arrow" d="M43 30 C34 40 22 40 14.6 32" />
          <path className="ring-head" d="M17.8 31.4 L11.6 28.4 L12.6 35.2 Z" />
        </>
      )}
    </svg>
  );
}

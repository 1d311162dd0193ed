import type { GrowthFit } from '../../core/trend/growth-fit.ts';
import type { SeriesTable } from '../../core/trend/series.ts';
import { useStandstill } from '../../store/use-store.ts';
import { testWords } from '../verdict/verdict-words.ts';
import { confidenceWords, doublingCell, intervalCell, sinceCell, slopeCell, trendWord } from './fit-words.ts';

/** Growth of the total and of each series, above their numbers; nothing where no slope is claimed. */
export function GrowthRows({ table }: { table: SeriesTable }) {
  // What no longer rises will not double, whatever its slope over the whole time.
  const goesOn = useStandstill(({ verdict: { value } }) => {
    const call = value?.verdict.call ?? 'growing';
    return call === 'growing' || call === 'leaked';
  });
  const fits = [table.fit, ...table.series.map(({ fit }) => fit)];
  const known = fits.flatMap((fit) => fit ?? []);
  if (known.length === 0) return null;
  const keys = ['total', ...table.series.map(({ key }) => key)];
  const row = (name: string, hint: string, cell: (fit: GrowthFit) => React.ReactNode) => (
    <tr>
      <th scope="row" colSpan={2} title={hint}>
        {name}
      </th>
      {fits.map((fit, at) => (
        <td key={keys[at]} className="numbers" title={fit === null ? undefined : testWords(fit)}>
          {fit === null ? '' : cell(fit)}
        </td>
      ))}
    </tr>
  );
  return (
    <tbody className="growth-rows">
      {row(
        `Per hour, with the interval that holds it at ${confidenceWords(known)}`,
        'Slope of the counts over time (Theil\u2013Sen)',
        (fit) => (
          <>
            <span className={toneOf(fit)}>{slopeCell(fit)}</span>
            <span className="second muted">
              {intervalCell(fit)} {trendWord(fit)}
            </span>
          </>
        ),
      )}
      {known.some(({ start }) => start !== null)
        ? row('Rises from', 'When the counts left their level', (fit) => sinceCell(fit))
        : null}
      {goesOn && known.some(({ doublingMs }) => doublingMs !== null)
        ? row('Doubles in', 'At this slope, from where it is now', (fit) => doublingCell(fit))
        : null}
    </tbody>
  );
}

function toneOf({ lowPerHour, highPerHour }: GrowthFit): string {
  if (lowPerHour > 0) return 'grow';
  return highPerHour < 0 ? 'shrink' : 'muted';
}

import type { Series } from '../../core/trend/series.ts';

/** What the lines of several processes count: all goroutines, or those of one group. */
export function MeasureSelect({
  series,
  value,
  onChange,
}: {
  series: readonly Series[];
  /** Key of a series; empty for all goroutines. */
  value: string;
  onChange: (key: string) => void;
}) {
  return (
    <p className="measure">
      <label>
        Each line counts{' '}
        <select className="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">all goroutines</option>
          {series.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}

import type { DumpEntry } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatClock, formatCount } from '../../ui/format.ts';
import { tailOf } from '../words.ts';

/** Chooses the two dumps of the comparison. */
export function PickAB() {
  const dumps = useStandstill((state) => state.dumps);
  const a = useStandstill((state) => state.view.a);
  const b = useStandstill((state) => state.view.b);
  const { choose, swapAB } = useActions();
  const idOf = (value: string) => dumps.find((dump) => dump.summary.id === value)?.summary.id ?? null;
  return (
    <>
      <label>
        <span className="ab-mark">A</span>
        <select
          className="field"
          aria-label="A, the earlier dump"
          value={a ?? ''}
          onChange={(event) => choose({ a: idOf(event.currentTarget.value) })}
        >
          <Options dumps={dumps} none={a === null} />
        </select>
      </label>
      <button type="button" className="button" onClick={swapAB} aria-label="Swap A and B" title="Swap A and B (x)">
        ⇄
      </button>
      <label>
        <span className="ab-mark">B</span>
        <select
          className="field"
          aria-label="B, the later dump"
          value={b ?? ''}
          onChange={(event) => choose({ b: idOf(event.currentTarget.value) })}
        >
          <Options dumps={dumps} none={b === null} />
        </select>
      </label>
    </>
  );
}

function Options({ dumps, none }: { dumps: readonly DumpEntry[]; none: boolean }) {
  return (
    <>
      {none ? <option value="">choose a dump</option> : null}
      {dumps.map((dump) => (
        <option key={dump.summary.id} value={dump.summary.id}>
          {dump.takenAtMs === null ? '' : `${formatClock(dump.takenAtMs)} · `}
          {formatCount(dump.summary.goroutines)} · {tailOf(dump.name)}
        </option>
      ))}
    </>
  );
}

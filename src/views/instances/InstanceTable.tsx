import { type ReactNode, useMemo, useState } from 'react';
import type { Verdict } from '../../core/trend/verdict.ts';
import { textOf } from '../../core/words/sentence.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { toneOf } from '../../ui/Change.tsx';
import { formatCount, formatNumberOf, formatSigned } from '../../ui/format.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { intervalCell, slopeCell } from '../timeline/fit-words.ts';
import { CallBadge } from '../verdict/CallBadge.tsx';
import { ShowLink } from '../verdict/SentenceView.tsx';
import {
  type InstanceColumn,
  type InstanceRow,
  type InstanceSort,
  instanceRows,
  sortInstances,
} from './instance-rows.ts';

/** Rows at first; hundreds of pods are not read one by one. */
const FIRST_ROWS = 100;

const COLUMNS: readonly { readonly column: InstanceColumn; readonly head: string; readonly numbers: boolean }[] = [
  { column: 'name', head: 'Instance', numbers: false },
  { column: 'odd', head: 'Odd', numbers: false },
  { column: 'call', head: 'Verdict', numbers: false },
  { column: 'dumps', head: 'Dumps', numbers: true },
  { column: 'last', head: 'Goroutines', numbers: true },
  { column: 'change', head: 'Change', numbers: true },
  { column: 'slope', head: 'Per hour', numbers: true },
];

/** One row per process; its name chooses its last dump. */
export function InstanceTable({ verdict, dumpIds }: { verdict: Verdict; dumpIds: readonly DumpId[] }) {
  const [sort, setSort] = useState<InstanceSort>({ column: 'odd', descending: true });
  const [all, setAll] = useState(false);
  const rows = useMemo(() => sortInstances(instanceRows(verdict), sort), [verdict, sort]);
  const chosenId = useStandstill((state) => state.view.dumpId);
  const chosen = chosenId === null ? -1 : dumpIds.indexOf(chosenId);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <div className="instances-box">
      <table className="instances-table">
        <caption className="visually-hidden">Instances</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ column, head, numbers }) => (
              <SortHead key={column} column={column} numbers={numbers} sort={sort} onSort={setSort}>
                {head}
              </SortHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row
              key={row.process}
              row={row}
              verdict={verdict}
              lastId={dumpIds[row.dumps.at(-1) ?? -1]}
              chosen={row.dumps.includes(chosen)}
            />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length ? (
        <p className="instances-more">
          <button type="button" className="button small" onClick={() => setAll(true)}>
            Show all {formatNumberOf(rows.length, 'process', 'processes')}
          </button>
        </p>
      ) : null}
    </div>
  );
}

function SortHead({
  column,
  numbers,
  sort,
  onSort,
  children,
}: {
  column: InstanceColumn;
  numbers: boolean;
  sort: InstanceSort;
  onSort: (sort: InstanceSort) => void;
  children: ReactNode;
}) {
  const sorted = sort.column === column;
  return (
    <th
      scope="col"
      className={numbers ? 'numbers' : undefined}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="sort-head"
        // Names are read from a to z, all else from the largest or most alarming.
        onClick={() => onSort({ column, descending: sorted ? !sort.descending : column !== 'name' })}
      >
        {children}
        <span aria-hidden="true">{sorted ? (sort.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

function Row({
  row,
  verdict,
  lastId,
  chosen,
}: {
  row: InstanceRow;
  verdict: Verdict;
  lastId: DumpId | undefined;
  chosen: boolean;
}) {
  const { choose } = useActions();
  const { name, dumps, first, last, change, call, fit, odd } = row;
  const a = dumps[0] ?? 0;
  const b = dumps.at(-1) ?? 0;
  return (
    <tr className={chosen ? 'chosen' : undefined}>
      <th scope="row">
        <button
          type="button"
          className="link mono"
          aria-current={chosen}
          title={`Choose the last dump of ${name}`}
          onClick={() => lastId !== undefined && choose({ dumpId: lastId })}
        >
          <Breakable text={name} />
        </button>
      </th>
      <td>
        {odd === null ? null : (
          <span className="odd-mark" title={textOf(odd)}>
            odd
          </span>
        )}
      </td>
      <td>
        <CallBadge call={call} />
      </td>
      <td className="numbers">
        <ShowLink show={{ kind: 'timeline' }}>{formatCount(dumps.length)}</ShowLink>
      </td>
      <td className="numbers">
        {dumps.length > 1 ? (
          <>
            <ShowLink show={{ kind: 'dump', dump: a }}>{formatCount(first)}</ShowLink>
            <span className="muted"> → </span>
          </>
        ) : null}
        <ShowLink show={{ kind: 'dump', dump: b }}>{formatCount(last)}</ShowLink>
      </td>
      <td className="numbers">
        {dumps.length > 1 ? (
          <ShowLink
            className={`link ${toneOf(change)}`}
            show={{ kind: 'changes', a, b, level: verdict.level, key: null, kinds: [], fate: null }}
          >
            {formatSigned(change)}
          </ShowLink>
        ) : (
          <span className="muted">one dump</span>
        )}
      </td>
      <td className="numbers slope">
        {fit === null ? (
          <span className="muted">{dumps.length < 3 ? 'not claimed' : 'no times'}</span>
        ) : (
          <>
            <span>{slopeCell(fit)}</span> <span className="muted">{intervalCell(fit)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

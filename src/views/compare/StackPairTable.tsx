import { useMemo } from 'react';
import type { StackPair } from '../../core/compare/stack-pair.ts';
import { tailOf } from '../words.ts';
import { Mark, PairFrame, SideWords } from './PairFrame.tsx';
import { type PairForms, pairRows } from './pair-words.ts';
import './pair.css';

/** The main stacks of a group in A and B next to each other, frame against frame, innermost first. */
export function StackPairTable({
  pair,
  forms,
  nameA,
  nameB,
}: {
  pair: StackPair;
  forms: PairForms;
  nameA: string;
  nameB: string;
}) {
  const both = pair.a !== null && pair.b !== null;
  const rows = useMemo(() => pairRows(pair, forms), [pair, forms]);
  return (
    <table className={both ? 'pair-table' : 'pair-table alone'}>
      <caption className="visually-hidden">The stacks of the group in A and B, innermost frame first</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="ab-mark">A</span>
            <span title={nameA}>{tailOf(nameA, 30)}</span>
            <span className="second">
              <SideWords side={pair.a} mark="A" />
            </span>
          </th>
          <th scope="col" className="pair-mark">
            <span className="visually-hidden">Difference</span>
          </th>
          <th scope="col">
            <span className="ab-mark">B</span>
            <span title={nameB}>{tailOf(nameB, 30)}</span>
            <span className="second">
              <SideWords side={pair.b} mark="B" />
            </span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const { a, b } = row.pair;
          const word = row.isCreator ? <span className="created-by-word">created by</span> : null;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a frame is its place in the stack; functions repeat in recursion.
            <tr key={index} className={`pair-row ${row.mark}${row.isCreator ? ' creator' : ''}`}>
              <td>
                {a === null ? null : word}
                {a === null ? null : <PairFrame frame={a} />}
              </td>
              <td className="pair-mark">
                <Mark row={row} />
              </td>
              <td>
                {b === null ? null : word}
                {b === null ? null : <PairFrame frame={b} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

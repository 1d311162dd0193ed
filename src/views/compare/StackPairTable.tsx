import type { StackPair } from '../../core/compare/stack-pair.ts';
import { tailOf } from '../words.ts';
import { Mark, PairFrame, SideWords } from './PairFrame.tsx';
import { markOf } from './pair-words.ts';
import './pair.css';

/** The main stacks of a group in A and B next to each other, frame against frame, innermost first. */
export function StackPairTable({ pair, nameA, nameB }: { pair: StackPair; nameA: string; nameB: string }) {
  const both = pair.a !== null && pair.b !== null;
  const rows = pair.createdBy === null ? pair.frames : [...pair.frames, pair.createdBy];
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
          const isCreator = index === pair.frames.length;
          const word = isCreator ? <span className="created-by-word">created by</span> : null;
          return (
            // A frame is its place in the stack; functions repeat in recursion.
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one pair never move.
            <tr key={index} className={`pair-row ${both ? markOf(row) : 'same'}${isCreator ? ' creator' : ''}`}>
              <td>
                {row.a === null ? null : word}
                {row.a === null ? null : <PairFrame frame={row.a} />}
              </td>
              <td className="pair-mark">{both ? <Mark pair={row} /> : null}</td>
              <td>
                {row.b === null ? null : word}
                {row.b === null ? null : <PairFrame frame={row.b} />}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

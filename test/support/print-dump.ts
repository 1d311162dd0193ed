import type { Dump } from '../../src/core/model/dump.ts';
import { FLAG, NO_ID, NO_MINUTES, NONE } from '../../src/core/model/rows.ts';
import { type Frame, stackCreatorAt, stackFramesAt } from '../../src/core/model/symbols.ts';

/** One line per row: id, state and flags as printed, frames innermost first, creator. For assertions a reviewer can read. */
export function printDump(dump: Dump): string[] {
  const lines: string[] = [];
  for (let row = 0; row < dump.rows.length; row++) lines.push(printRow(dump, row));
  return lines;
}

function printRow(dump: Dump, row: number): string {
  const { rows, symbols } = dump;
  const flags = rows.flags?.[row] ?? 0;
  const minutes = rows.waitMinutes?.[row] ?? NO_MINUTES;
  const bubble = rows.bubble?.[row] ?? NONE;
  const creatorId = rows.creatorId?.[row] ?? NO_ID;
  const labels = symbols.labelSets[rows.labels?.[row] ?? NONE];
  const stack = rows.stack[row]!;
  const creator = stackCreatorAt(symbols, stack);
  const said = [
    symbols.states[rows.state[row]!],
    ...(minutes === NO_MINUTES ? [] : [`${minutes} min`]),
    ...Object.entries(FLAG)
      .filter(([, bit]) => (flags & bit) !== 0)
      .map(([name]) => name),
    ...(bubble === NONE ? [] : [`bubble ${bubble}`]),
    ...(labels === undefined ? [] : [JSON.stringify(Object.fromEntries(labels))]),
  ];
  const who = rows.goroutineId ? `${rows.goroutineId[row]}` : `${rows.weight?.[row]} x`;
  const frames = stackFramesAt(symbols, stack).map(printFrame).join(' < ');
  const by = creator === null ? '' : ` | by ${printFrame(creator)}${creatorId === NO_ID ? '' : ` in ${creatorId}`}`;
  return `${who} [${said.join(', ')}] ${frames}${by}`;
}

function printFrame(frame: Frame): string {
  const mark = frame.kind === 'go' ? '' : ` (${frame.kind})`;
  return frame.file === '' ? `${frame.function}${mark}` : `${frame.function} ${frame.file}:${frame.line}${mark}`;
}

import { type DumpIndex, inferredStateOfCell, stateOfCell } from '../group/cells.ts';
import { type FrameIndex, frameAt, NO_FRAME, UNKNOWN_STATE } from '../model/symbols.ts';
import type { MatchedFrames } from './match-stack.ts';

/** What matched, as printed: "chan send in main.(*Hub).push.func1, below main.(*Hub).Serve, created by main.(*Hub).push." */
export function matchSentence(index: DumpIndex, cell: number, { top, frames, creator }: MatchedFrames): string {
  const printed = (frame: FrameIndex) => frameAt(index.dump.symbols, frame).function;
  const below = [...new Set(frames)].filter((frame) => frame !== top);
  const parts = [
    `${stateWords(index, cell)}${top === NO_FRAME ? '' : ` in ${printed(top)}`}`,
    ...(below.length === 0 ? [] : [`with ${below.map(printed).join(' and ')} on its stack`]),
    ...(creator === NO_FRAME ? [] : [`created by ${printed(creator)}`]),
  ];
  return `${parts.join(', ')}.`;
}

function stateWords(index: DumpIndex, cell: number): string {
  const state = stateOfCell(index, cell);
  const betrayed = index.inferred(index.cells.stack[cell] ?? 0);
  if (state === UNKNOWN_STATE) {
    const inferred = inferredStateOfCell(index, cell);
    return inferred === '' ? 'State not printed' : `${inferred} (inferred from frames)`;
  }
  return state === 'semacquire' && betrayed !== '' && betrayed !== state ? `${state} (${betrayed})` : state;
}

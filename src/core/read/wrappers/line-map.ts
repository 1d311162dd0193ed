import { GrowingInt32 } from '../../model/growing.ts';

/** Places kept at most over all lanes of a text; behind them the numbers of source lines are estimates. */
const MAX_BREAKS = 4_000_000;

/** How many more places may be kept, shared by the lanes of one text. */
export interface BreakBudget {
  left: number;
}

/** Room for the places of one text. */
export function breakBudget(): BreakBudget {
  return { left: MAX_BREAKS };
}

/**
 * Which line of the input each line of a text came from. Kept are only the places where the two numbers do not go on
 * together: at a line of another process, and in a text of many lines that came out of one.
 */
export class LineMap {
  readonly #budget: BreakBudget;
  readonly #lines = new GrowingInt32();
  /** Source of the line; negative when the lines that follow are of the same line of the input. */
  readonly #sources = new GrowingInt32();
  #ahead = 0;
  #same = false;

  constructor(budget: BreakBudget) {
    this.#budget = budget;
  }

  /** Line `line` came from line `source`, as do those after it up to the next call when `same`; else each from the next one. */
  note(line: number, source: number, same: boolean): void {
    if (!same && !this.#same && source - line === this.#ahead) return;
    if (this.#budget.left <= 0) return;
    this.#budget.left--;
    this.#lines.push(line);
    this.#sources.push(same ? -source : source);
    this.#ahead = source - line;
    this.#same = same;
  }

  sourceOf(line: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#lines.at(middle) <= line) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return line;
    const source = this.#sources.at(low - 1);
    return source < 0 ? -source : source + line - this.#lines.at(low - 1);
  }
}

/** Something in the input that could not be used. It costs the goroutine it stands in, never its neighbours. */
export interface Problem {
  /** 1-based line in the unpacked input; 0 when the form has no lines (pprof). */
  readonly line: number;
  /** The line as it stands, cut to MAX_PROBLEM_TEXT characters. */
  readonly text: string;
  /** One sentence: what was expected and what was done about it. */
  readonly why: string;
}

/** Kept problems per dump. A hostile or foreign file can hold millions of odd lines; all are counted, the first are kept. */
export const MAX_KEPT_PROBLEMS = 200;

/** Kept characters of a problem's line. */
export const MAX_PROBLEM_TEXT = 240;

/** Collects problems under the two limits above. */
export class ProblemLog {
  count = 0;
  readonly kept: Problem[] = [];

  /** `text` may be a thunk so that a line past the limit is never decoded. */
  add(line: number, text: string | (() => string), why: string): void {
    this.count++;
    if (this.kept.length >= MAX_KEPT_PROBLEMS) return;
    const whole = typeof text === 'string' ? text : text();
    this.kept.push({
      line,
      text: whole.length > MAX_PROBLEM_TEXT ? `${whole.slice(0, MAX_PROBLEM_TEXT)}…` : whole,
      why,
    });
  }
}

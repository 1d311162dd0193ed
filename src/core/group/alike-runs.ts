import { filled } from '../model/filled.ts';

/** Runs sorted by shifting: most are a few dozen long. */
const SHORT_RUN = 40;

/**
 * Numbers 0 to n - 1 in runs of those that are still alike; a number that differs from all others is in none. Split again and
 * again (partition refinement), so that 100,000 numbers cost two columns and no lists.
 */
export class AlikeRuns {
  readonly #order: Uint32Array;
  readonly #values: Float64Array;
  /** Run r is #order[start .. end) with start at #runs[2r], end at #runs[2r + 1]. */
  #runs: number[];

  /** All of them alike. */
  constructor(count: number) {
    this.#order = filled(new Uint32Array(count), (at) => at);
    this.#values = new Float64Array(count);
    this.#runs = count > 1 ? [0, count] : [];
  }

  /** Runs of two or more. */
  get length(): number {
    return this.#runs.length / 2;
  }

  /** Parts each run by the value of its members. `differs` is called for every member of a run that fell apart, in no order. */
  split(value: (i: number) => number, differs: (i: number) => void = () => {}): void {
    const next: number[] = [];
    const order = this.#order;
    const values = this.#values;
    for (let run = 0; run < this.#runs.length; run += 2) {
      const from = this.#runs[run] ?? 0;
      const to = this.#runs[run + 1] ?? from;
      let isEven = true;
      for (let at = from; at < to; at++) {
        const found = value(order[at] ?? 0);
        values[at] = found;
        isEven &&= found === values[from];
      }
      if (isEven) {
        next.push(from, to);
        continue;
      }
      this.#sort(from, to);
      let start = from;
      for (let at = from; at < to; at++) {
        differs(order[at] ?? 0);
        if (at + 1 < to && values[at + 1] === values[at]) continue;
        if (at > start) next.push(start, at + 1);
        start = at + 1;
      }
    }
    this.#runs = next;
  }

  /** Puts members of equal value side by side. */
  #sort(from: number, to: number): void {
    if (to - from > SHORT_RUN) {
      this.#gather(from, to);
      return;
    }
    const order = this.#order;
    const values = this.#values;
    for (let at = from + 1; at < to; at++) {
      const member = order[at] ?? 0;
      const value = values[at] ?? 0;
      let left = at - 1;
      for (; left >= from && (values[left] ?? 0) > value; left--) {
        order[left + 1] = order[left] ?? 0;
        values[left + 1] = values[left] ?? 0;
      }
      order[left + 1] = member;
      values[left + 1] = value;
    }
  }

  /** The same for a long run: numbers the values, counts each, and writes the members behind one another. */
  #gather(from: number, to: number): void {
    const numbers = new Map<number, number>();
    const numberOf = new Uint32Array(to - from);
    const counts: number[] = [];
    for (let at = from; at < to; at++) {
      const value = this.#values[at] ?? 0;
      let number = numbers.get(value);
      if (number === undefined) {
        number = counts.push(0) - 1;
        numbers.set(value, number);
      }
      numberOf[at - from] = number;
      counts[number] = (counts[number] ?? 0) + 1;
    }
    let next = from;
    const place = counts.map((count) => {
      next += count;
      return next - count;
    });
    const members = this.#order.slice(from, to);
    const values = this.#values.slice(from, to);
    numberOf.forEach((number, at) => {
      const to = place[number] ?? from;
      this.#order[to] = members[at] ?? 0;
      this.#values[to] = values[at] ?? 0;
      place[number] = to + 1;
    });
  }
}

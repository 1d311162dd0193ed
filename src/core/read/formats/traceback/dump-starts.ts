import type { StackIndex } from '../../../model/symbols.ts';
import { IdSet } from './id-set.ts';

/** Where one of several dumps in a text begins, and what was known there. */
export interface DumpStart {
  /** Its first goroutine. */
  readonly row: number;
  /** Of its first byte: the line that introduces it, else its first header. */
  readonly offset: number;
  readonly line: number;
  /** Line of its first header. */
  readonly headerLine: number;
  /** Of the bytes before it. */
  readonly understood: number;
  readonly problems: number;
  /** "SIGQUIT: quit" and the like; null for a dump that was asked for. */
  readonly reason: string | null;
  /** Milliseconds since 1970 UTC by the wrapper of its first line, and by a log line before it; null when it tells none. */
  readonly stampedMs: number | null;
  readonly loggedMs: number | null;
  readonly runningTests: readonly string[];
}

/** Goroutines between the one that takes a dump and the first id met before: they move to the new dump with it. */
const MAX_LOOK_BACK = 64;
/**
 * Ids of a dump that are kept. Goroutines are printed in the order of their slots, the oldest first (runtime.allgs), so the
 * first of a later dump are the first of the earlier one; keeping millions would cost more than all else here.
 */
const KEPT_IDS = 1024;
/** Innermost frames among which the function stands that prints all stacks. */
const DUMPER_DEPTH = 4;

/** Functions that print stacks; who runs one is the first goroutine of what it prints. */
const DUMPERS: readonly string[] = ['runtime/pprof.writeGoroutineStacks', 'runtime/debug.Stack', 'runtime.Stack'];

/**
 * Decides where in a text one dump ends and the next begins: at the goroutine that a line such as "SIGQUIT: quit"
 * introduces, at the one that was taking a dump, and where an id comes a second time, as ids are never reused within a
 * process. There the dump began with the running goroutine shortly before, if there is one: the one that took it.
 */
export class DumpStarts {
  readonly starts: DumpStart[] = [];
  /** Names of the innermost frames of a stack. */
  readonly functions: (stack: StackIndex, limit: number) => readonly string[];
  readonly #ids = new IdSet();
  /** The last running goroutine that was not first in its dump, and the ids since. */
  #candidate: DumpStart | null = null;
  readonly #since: number[] = [];
  readonly #here: (row: number) => DumpStart;

  /** `here`: what is known at the goroutine that is being placed. */
  constructor(functions: (stack: StackIndex, limit: number) => readonly string[], here: (row: number) => DumpStart) {
    this.functions = functions;
    this.#here = here;
  }

  /** The same so far, for stacks of which `functions` knows the frames. */
  copy(functions: DumpStarts['functions']): DumpStarts {
    const copy = new DumpStarts(functions, this.#here);
    copy.starts.push(...this.starts);
    copy.#ids.become(this.#ids);
    copy.#candidate = this.#candidate;
    copy.#since.push(...this.#since);
    return copy;
  }

  /**
   * Takes the goroutines in order; positional, as it runs once for each. `introduced`: a line such as "SIGQUIT: quit"
   * stands between it and the one before. `again`: ids may come twice in one dump (GOTRACEBACK=crash). Answers whether a
   * dump begins here or shortly before.
   */
  place(row: number, id: number, running: boolean, stack: StackIndex, introduced: boolean, again: boolean): boolean {
    if (this.starts.length === 0 || introduced || (running && !again && this.#prints(stack))) {
      this.#begin(this.#here(row), [id]);
      return true;
    }
    const repeated = id !== 0 && !again && this.#isKnown(id);
    if (running && !repeated) {
      this.#candidate = this.#here(row);
      this.#since.length = 0;
    }
    if (this.#candidate !== null) {
      this.#since.push(id);
      if (row - this.#candidate.row > MAX_LOOK_BACK) this.#candidate = null;
    }
    if (!repeated) return false;
    if (this.#candidate === null) this.#begin(this.#here(row), [id]);
    else this.#begin(this.#candidate, [...this.#since]);
    return true;
  }

  /** Whether the id stood among the first of this dump; the first ones are kept. */
  #isKnown(id: number): boolean {
    return this.#ids.size < KEPT_IDS ? !this.#ids.add(id) : this.#ids.has(id);
  }

  #begin(start: DumpStart, ids: readonly number[]): void {
    this.starts.push(start);
    this.#candidate = null;
    this.#ids.clear();
    for (const id of ids) this.#ids.add(id);
  }

  #prints(stack: StackIndex): boolean {
    return this.functions(stack, DUMPER_DEPTH).some((name) => DUMPERS.includes(name));
  }
}

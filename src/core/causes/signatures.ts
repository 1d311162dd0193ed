import type { DumpIndex } from '../group/cells.ts';
import { NO_FRAME, type StackIndex, stackCount } from '../model/symbols.ts';
import { type FunctionClasses, type RoleClasses, SILENT } from './function-entries.ts';

/** Stacks of which every subject says the same: `of[stack]` is the signature, `sample[signature]` one of its stacks. */
export interface Signatures {
  readonly of: Uint32Array;
  readonly sample: readonly StackIndex[];
}

/** Stands for a top or a creator that there is none of; classes of functions follow. */
const NONE = 0;

/**
 * The signature of a stack is the class of its top, of its creator where forms print one, of its frames from the inside
 * out as far as their order counts, and which others there are. `longest` parts of a pattern can take so many frames of a
 * run that are alike and no more, so longer runs are cut. The 100,000 stacks of the bench have some 2,400. Cost: frames of
 * stacks.
 */
export function signStacks(index: DumpIndex, classes: FunctionClasses, tops: Int32Array, longest: number): Signatures {
  const { symbols } = index;
  const { stackStart, stackFrames, stackCreator } = symbols.symbols;
  const { top, creator, ordered, loose } = classes;
  const shown = (role: RoleClasses, frame: number): number =>
    frame < 0 ? NONE : (role.of[symbols.frameFn[frame] ?? 0] ?? SILENT) + 1;
  const tree = new PathTree();
  const numberOfNode = new Map<number, number>();
  const sample: StackIndex[] = [];
  const of = new Uint32Array(stackCount(symbols.symbols));
  const keep = Math.max(longest, 1);
  const seenIn = new Int32Array(loose.classes.length).fill(-1);
  const there = new Uint32Array(loose.classes.length);
  for (let stack = 0; stack < of.length; stack++) {
    let node = tree.step(PathTree.root, shown(top, tops[stack] ?? NO_FRAME));
    node = tree.step(node, index.printsCreators ? shown(creator, stackCreator[stack] ?? NO_FRAME) : NONE);
    let last = SILENT;
    let run = 0;
    let different = 0;
    const to = stackStart[stack + 1] ?? 0;
    for (let i = stackStart[stack] ?? 0; i < to; i++) {
      const fn = symbols.frameFn[stackFrames[i] ?? 0] ?? 0;
      const other = loose.of[fn] ?? SILENT;
      if (other !== SILENT && seenIn[other] !== stack) {
        seenIn[other] = stack;
        there[different++] = other;
      }
      const each = ordered.of[fn] ?? SILENT;
      if (each === SILENT) continue;
      run = each === last ? run + 1 : 1;
      last = each;
      if (run <= keep) node = tree.step(node, each);
    }
    if (different > 1) there.subarray(0, different).sort();
    for (let i = 0; i < different; i++) node = tree.step(node, ordered.classes.length + (there[i] ?? 0));
    let number = numberOfNode.get(node);
    if (number === undefined) {
      number = sample.push(stack) - 1;
      numberOfNode.set(node, number);
    }
    of[stack] = number;
  }
  return { of, sample };
}

/** Numbers paths of numbers: two equal paths end at one node. By open addressing, as most stacks take several steps. */
class PathTree {
  static readonly root = 0;
  #nodes = 1;
  #from = new Int32Array(1 << 12).fill(-1);
  #by = new Int32Array(1 << 12);
  #to = new Int32Array(1 << 12);

  /** The node that `by` leads to from a node, new or known. */
  step(from: number, by: number): number {
    if (this.#nodes * 2 > this.#from.length) this.#grow();
    const at = this.#place(from, by);
    if (this.#from[at] === -1) {
      this.#from[at] = from;
      this.#by[at] = by;
      this.#to[at] = this.#nodes++;
    }
    return this.#to[at] ?? 0;
  }

  #place(from: number, by: number): number {
    const mask = this.#from.length - 1;
    let hash = Math.imul(from ^ Math.imul(by, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const known = this.#from[at];
      if (known === -1 || (known === from && this.#by[at] === by)) return at;
    }
  }

  #grow(): void {
    const [from, by, to] = [this.#from, this.#by, this.#to];
    this.#from = new Int32Array(from.length * 4).fill(-1);
    this.#by = new Int32Array(from.length * 4);
    this.#to = new Int32Array(from.length * 4);
    for (let i = 0; i < from.length; i++) {
      if (from[i] === -1) continue;
      const at = this.#place(from[i] ?? 0, by[i] ?? 0);
      this.#from[at] = from[i] ?? 0;
      this.#by[at] = by[i] ?? 0;
      this.#to[at] = to[i] ?? 0;
    }
  }
}

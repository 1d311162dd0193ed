import type { DumpIndex } from '../group/cells.ts';
import { displayFunction, normaliseFunctionName } from '../group/function-name.ts';
import { UNKNOWN_STATE } from '../model/symbols.ts';

export const FLAME_DIRECTIONS = ['root-first', 'leaf-first'] as const;
/** `root-first`: callers above what they call. `leaf-first`: the innermost function on top, its callers below. */
export type FlameDirection = (typeof FLAME_DIRECTIONS)[number];

export const FLAME_WEIGHTS = ['goroutines', 'minutes'] as const;
/** What makes a box wide. `minutes`: goroutines times the minutes they print; those that print none weigh nothing. */
export type FlameWeight = (typeof FLAME_WEIGHTS)[number];

/** One dump of a tree. */
export interface FlameSide {
  readonly index: DumpIndex;
  /** Per cell 1 where it counts; null: all count. */
  readonly cells: Uint8Array | null;
}

/**
 * A tree in columns, parents before their children and the children of a node side by side, the widest first. Node 0 stands
 * above all stacks. At every node: `total` is `self` and the totals of its children.
 */
export interface FlameTree {
  readonly length: number;
  readonly parent: Int32Array;
  readonly firstChild: Uint32Array;
  readonly childCount: Uint32Array;
  readonly depth: Uint16Array;
  /** Index into `functions`; of node 0 no index. */
  readonly label: Uint32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  /** The same of the dump it is compared with; null when it is compared with none. */
  readonly before: { readonly total: Float64Array; readonly self: Float64Array } | null;
  /** Index into `states` of the state that more than half of it is in, or -1. */
  readonly state: Int16Array;
  /** As printed, and as it is shown; with its package. */
  readonly functions: readonly { readonly printed: string; readonly shown: string; readonly package: string }[];
  readonly states: readonly string[];
  readonly maxDepth: number;
  /** Goroutines that weigh nothing, as they print no minutes; 0 when goroutines are counted. */
  readonly weightless: number;
}

/** Nodes of a tree at most: rarer stacks beyond them are cut off where they leave the tree, and still counted. */
export const MAX_FLAME_NODES = 2_000_000;
const NO_FRAMES = '(no frames)';

/**
 * The stacks of a dump as a tree; with `before` the same tree with what was there before. Cost: a look at each frame of each
 * distinct stack, and sorting the nodes.
 */
export function buildFlame(
  after: FlameSide,
  before: FlameSide | null,
  direction: FlameDirection,
  weight: FlameWeight,
): FlameTree {
  const grown = new Grown();
  const weightless = grown.addSide(after, 0, direction, weight);
  if (before !== null) grown.addSide(before, 1, direction, weight);
  return grown.finish(before !== null, weightless);
}

/** A tree while it grows: nodes in order of appearance. */
class Grown {
  readonly #parent: number[] = [-1];
  readonly #label: number[] = [0];
  readonly #depth: number[] = [0];
  readonly #totals: [number[], number[]] = [[0], [0]];
  readonly #selfs: [number[], number[]] = [[0], [0]];
  /** Most of the goroutines so far, by the voting of Boyer and Moore, and by how much it leads. */
  readonly #candidate: number[] = [-1];
  readonly #lead: number[] = [0];
  /** Stacks of the side that is shown, with state and weight: looked at again to see whether the candidates have half. */
  readonly #paths: { readonly end: number; readonly state: number; readonly weight: number }[] = [];
  /** Per node its first child, or 0: most nodes have no other. */
  readonly #firstChild: number[] = [0];
  /** Per node that has more than one child: the others by label. */
  readonly #otherChildren = new Map<number, Map<number, number>>();
  readonly #functions: FlameTree['functions'][number][] = [];
  readonly #functionOf = new Map<string, number>();
  readonly #states: string[] = [];
  readonly #stateOf = new Map<string, number>();

  /** Adds the stacks of a dump; answers how many goroutines weighed nothing. */
  addSide({ index, cells: wanted }: FlameSide, side: 0 | 1, direction: FlameDirection, weight: FlameWeight): number {
    const { cells, dump } = index;
    const { symbols } = dump;
    const labelOf: number[] = [];
    let weightless = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      if (wanted !== null && wanted[cell] === 0) continue;
      const goroutines = cells.count[cell] ?? 0;
      let weighs = goroutines;
      if (weight === 'minutes') {
        const { minutes, printed } = waitedIn(index, cell);
        weightless += goroutines - printed;
        weighs = minutes;
      }
      // What shrank in a difference profile has no width.
      if (weighs <= 0) continue;
      const stack = cells.stack[cell] ?? 0;
      const start = symbols.stackStart[stack] ?? 0;
      const end = symbols.stackStart[stack + 1] ?? start;
      let node = 0;
      this.#add(0, side, weighs);
      for (let i = 0; i < end - start; i++) {
        const frame = symbols.stackFrames[direction === 'root-first' ? end - 1 - i : start + i] ?? 0;
        labelOf[frame] ??= this.#labelOfFrame(index, frame);
        const child = this.#child(node, labelOf[frame]);
        if (child < 0) break;
        node = child;
        this.#add(node, side, weighs);
      }
      if (end === start) {
        node = Math.max(0, this.#child(0, this.#functionNumber(NO_FRAMES, NO_FRAMES, '')));
        if (node > 0) this.#add(node, side, weighs);
      }
      const selfs = this.#selfs[side];
      selfs[node] = (selfs[node] ?? 0) + weighs;
      if (side === 0)
        this.#vote(node, this.#stateNumber(symbols.states[cells.state[cell] ?? 0] ?? UNKNOWN_STATE), weighs);
    }
    return weightless;
  }

  #add(node: number, side: 0 | 1, weighs: number): void {
    const totals = this.#totals[side];
    totals[node] = (totals[node] ?? 0) + weighs;
  }

  #vote(end: number, state: number, weight: number): void {
    this.#paths.push({ end, state, weight });
    for (let node = end; node >= 0; node = this.#parent[node] ?? -1) {
      const lead = this.#lead[node] ?? 0;
      if (this.#candidate[node] === state) this.#lead[node] = lead + weight;
      else if (lead >= weight) this.#lead[node] = lead - weight;
      else {
        this.#candidate[node] = state;
        this.#lead[node] = weight - lead;
      }
    }
  }

  /** The child of a node, made when it is new; -1 when the tree is full. */
  #child(node: number, label: number): number {
    const first = this.#firstChild[node] ?? 0;
    if (first > 0 && this.#label[first] === label) return first;
    const others = this.#otherChildren.get(node);
    const known = others?.get(label);
    if (known !== undefined) return known;
    const made = this.#parent.length;
    if (made >= MAX_FLAME_NODES) return -1;
    if (first === 0) this.#firstChild[node] = made;
    else if (others === undefined) this.#otherChildren.set(node, new Map([[label, made]]));
    else others.set(label, made);
    this.#firstChild.push(0);
    this.#parent.push(node);
    this.#label.push(label);
    this.#depth.push((this.#depth[node] ?? 0) + 1);
    for (const column of [...this.#totals, ...this.#selfs, this.#lead]) column.push(0);
    this.#candidate.push(-1);
    return made;
  }

  #labelOfFrame(index: DumpIndex, frame: number): number {
    const { symbols } = index;
    const printed = symbols.symbols.strings[symbols.symbols.frameFunction[frame] ?? 0] ?? '';
    const pkg = symbols.packages[symbols.fnPackage[symbols.frameFn[frame] ?? 0] ?? 0] ?? '';
    return this.#functionNumber(normaliseFunctionName(printed), printed, pkg);
  }

  #functionNumber(key: string, printed: string, pkg: string): number {
    const id = `${pkg}\n${key}`;
    let number = this.#functionOf.get(id);
    if (number === undefined) {
      number = this.#functions.push({ printed, shown: displayFunction(printed), package: pkg }) - 1;
      this.#functionOf.set(id, number);
    }
    return number;
  }

  #stateNumber(state: string): number {
    let number = this.#stateOf.get(state);
    if (number === undefined) {
      number = this.#states.push(state) - 1;
      this.#stateOf.set(state, number);
    }
    return number;
  }

  finish(compares: boolean, weightless: number): FlameTree {
    const [after, before] = this.#totals;
    const width = (node: number): number => Math.max(after[node] ?? 0, before[node] ?? 0);
    const shown = (node: number): string => this.#functions[this.#label[node] ?? 0]?.shown ?? '';
    const order: number[] = [0];
    const length = this.#parent.length;
    const firstChild = new Uint32Array(length);
    const childCount = new Uint32Array(length);
    for (let at = 0; at < order.length; at++) {
      const node = order[at] ?? 0;
      const first = this.#firstChild[node] ?? 0;
      const children = first === 0 ? [] : [first, ...(this.#otherChildren.get(node)?.values() ?? [])];
      children.sort((a, b) => width(b) - width(a) || (shown(a) < shown(b) ? -1 : 1));
      firstChild[at] = order.length;
      childCount[at] = children.length;
      for (const child of children) order.push(child);
    }
    const placeOf = new Int32Array(length);
    order.forEach((node, at) => {
      placeOf[node] = at;
    });
    const column = (of: readonly number[]): Float64Array => Float64Array.from(order, (node) => of[node] ?? 0);
    let maxDepth = 0;
    for (const depth of this.#depth) maxDepth = Math.max(maxDepth, depth);
    return {
      length,
      parent: Int32Array.from(order, (node) => (node === 0 ? -1 : (placeOf[this.#parent[node] ?? 0] ?? 0))),
      firstChild,
      childCount,
      depth: Uint16Array.from(order, (node) => this.#depth[node] ?? 0),
      label: Uint32Array.from(order, (node) => this.#label[node] ?? 0),
      total: column(after),
      self: column(this.#selfs[0]),
      before: compares ? { total: column(before), self: column(this.#selfs[1]) } : null,
      state: this.#majorities(order),
      functions: this.#functions,
      states: this.#states,
      maxDepth,
      weightless,
    };
  }

  /** Per node in order: the candidate that has more than half, or -1. */
  #majorities(order: readonly number[]): Int16Array {
    const has = new Float64Array(this.#parent.length);
    for (const { end, state, weight } of this.#paths) {
      for (let node = end; node >= 0; node = this.#parent[node] ?? -1) {
        if (this.#candidate[node] === state) has[node] = (has[node] ?? 0) + weight;
      }
    }
    return Int16Array.from(order, (node) =>
      (has[node] ?? 0) * 2 > (this.#totals[0][node] ?? 0) ? (this.#candidate[node] ?? -1) : -1,
    );
  }
}

/** Goroutine-minutes that are printed in a cell, and how many goroutines print them. */
function waitedIn({ cells }: DumpIndex, cell: number): { readonly minutes: number; readonly printed: number } {
  let minutes = 0;
  let printed = 0;
  for (let i = cells.waitStart[cell] ?? 0; i < (cells.waitStart[cell + 1] ?? 0); i++) {
    const goroutines = cells.waitGoroutines[i] ?? 0;
    minutes += (cells.waitMinutes[i] ?? 0) * goroutines;
    printed += goroutines;
  }
  return { minutes, printed };
}

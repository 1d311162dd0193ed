import type { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { NO_FRAME, type StackIndex } from '../../../model/symbols.ts';
import { twice } from './bytes.ts';
import { ENTRY, type EntryTable, FIELD } from './entry-table.ts';

/** The node above all stacks. */
export const ROOT = 0;
/** Children up to so many are found by walking their list. Most nodes have one, and a table of all of them fits no cache. */
const MAX_LISTED = 16;
/** Children of a node that are found in the table. */
const INDEXED = MAX_LISTED + 1;

/**
 * The stacks met so far as a tree: a node is a frame below its parent's frames, so a stack already seen costs one step
 * a frame and no key. The children of a node are a list, the one taken last in front: most goroutines of a dump repeat
 * a recent one.
 */
export class StackTrie {
  /** Per node: the child taken last, or 0. */
  lastChild = new Int32Array(1024);
  /** Per node: its parent's next child in order of last use, or 0. */
  nextSibling = new Int32Array(1024);
  /** Per node: its entry. */
  entry = new Int32Array(1024);
  #previousSibling = new Int32Array(1024);
  #parent = new Int32Array(1024);
  /** Per node: the dump's stack that ends here + 1, or 0. */
  #stack = new Int32Array(1024);
  /** Open addressing on (parent, entry): node, or 0. Holds the children of nodes with more than MAX_LISTED. */
  #slots = new Int32Array(1024);
  #indexed = 0;
  #length = 1;
  /** Per node: its children, at most INDEXED. */
  #children = new Uint8Array(1024);
  readonly #entries: EntryTable;
  readonly #symbols: SymbolBuilder;

  constructor(entries: EntryTable, symbols: SymbolBuilder) {
    this.#entries = entries;
    this.#symbols = symbols;
  }

  /** Of all columns. */
  get bytes(): number {
    return 6 * this.entry.byteLength + this.#children.byteLength + this.#slots.byteLength;
  }

  /** Whether `node` has many children. */
  isWide(node: number): boolean {
    return this.#children[node] === INDEXED;
  }

  /** Puts `child` in front of `node`'s children. */
  moveToFront(node: number, child: number): void {
    const first = this.lastChild[node] ?? 0;
    if (first === child) return;
    const before = this.#previousSibling[child] ?? 0;
    const after = this.nextSibling[child] ?? 0;
    this.nextSibling[before] = after;
    if (after !== 0) this.#previousSibling[after] = before;
    this.#pushFront(node, child, first);
  }

  /** The child of `node` for `entry`, made when it is new; it then stands in front. */
  child(node: number, entry: number): number {
    const children = this.#children[node] ?? 0;
    const isIndexed = children === INDEXED;
    const known = isIndexed ? this.#find(node, entry) : this.#seek(node, entry);
    if (known !== 0) {
      this.moveToFront(node, known);
      return known;
    }
    const made = this.#length++;
    if (made >= this.entry.length) this.#widen();
    this.#parent[made] = node;
    this.entry[made] = entry;
    this.#pushFront(node, made, this.lastChild[node] ?? 0);
    if (!isIndexed) this.#children[node] = children + 1;
    if (isIndexed) this.#place(made);
    else if (children === MAX_LISTED) {
      for (let child = made; child !== 0; child = this.nextSibling[child] ?? 0) this.#place(child);
    }
    return made;
  }

  /** The dump's stack that ends at `node`, added to the symbols when it is new. */
  stackAt(node: number): StackIndex {
    const known = this.#stack[node] ?? 0;
    if (known > 0) return known - 1;
    const frames: number[] = [];
    let creator: number = NO_FRAME;
    for (let n = node; n !== ROOT; n = this.#parent[n] ?? ROOT) {
      const entry = this.entry[n] ?? 0;
      const frame = this.#entries.field(entry, FIELD.frame);
      if (this.#entries.field(entry, FIELD.kind) === ENTRY.creator) creator = frame;
      else frames.push(frame);
    }
    const stack = this.#symbols.appendStack(frames.reverse(), creator);
    this.#stack[node] = stack + 1;
    return stack;
  }

  #pushFront(node: number, child: number, first: number): void {
    this.nextSibling[child] = first;
    this.#previousSibling[child] = 0;
    if (first !== 0) this.#previousSibling[first] = child;
    this.lastChild[node] = child;
  }

  #widen(): void {
    this.lastChild = twice(this.lastChild);
    this.nextSibling = twice(this.nextSibling);
    this.entry = twice(this.entry);
    this.#previousSibling = twice(this.#previousSibling);
    this.#parent = twice(this.#parent);
    this.#stack = twice(this.#stack);
    const children = new Uint8Array(this.entry.length);
    children.set(this.#children);
    this.#children = children;
  }

  #seek(node: number, entry: number): number {
    let child = this.lastChild[node] ?? 0;
    while (child !== 0 && this.entry[child] !== entry) child = this.nextSibling[child] ?? 0;
    return child;
  }

  #find(node: number, entry: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = slotOf(node, entry) & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] ?? 0;
      if (known === 0 || (this.#parent[known] === node && this.entry[known] === entry)) return known;
    }
  }

  #place(node: number): void {
    this.#indexed++;
    if (this.#indexed * 2 > this.#slots.length) this.#rehash();
    this.#fill(node);
  }

  #fill(node: number): void {
    const mask = this.#slots.length - 1;
    let slot = slotOf(this.#parent[node] ?? 0, this.entry[node] ?? 0) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = node;
  }

  #rehash(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (const node of before) if (node !== 0) this.#fill(node);
  }
}

function slotOf(node: number, entry: number): number {
  const hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(entry, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

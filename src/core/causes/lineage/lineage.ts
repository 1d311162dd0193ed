import type { Frame } from '../../model/symbols.ts';

/** Nodes of a tree that are answered, those with most goroutines below them first. */
export const MAX_TREE_NODES = 500;
/** Generations of the tree; goroutines created further down count in the last one. */
export const MAX_DEPTH = 40;
/** Ids and kinds of children listed. */
export const MAX_LISTED_CHILDREN = 200;
/** Creators followed upwards from one goroutine. */
export const MAX_CHAIN = 200;

/** Goroutines of one start and one creating function, below one node. */
export interface LineageNode {
  /** Place of its creator's node in `nodes`, or -1 at the top. Always smaller than its own place. */
  readonly parent: number;
  readonly depth: number;
  /** The outermost function of these goroutines, where they started; as printed. */
  readonly entry: string;
  /** The function that created them; empty for goroutines that nobody created (main). */
  readonly createdBy: string;
  readonly goroutines: number;
  /** With all that they created, and so on. */
  readonly withDescendants: number;
  /** Of `goroutines`, those whose creating goroutine is not in this dump. */
  readonly creatorGone: number;
  /** Most frequent first, at most three. */
  readonly states: readonly (readonly [state: string, goroutines: number])[];
}

/** Who created whom, by function. */
export interface LineageTree {
  /**
   * `ids`: by the creating goroutine (Go 1.21). `functions`: older text names only the creating function; a node then hangs
   * below another only where just one kind of goroutine can have run that function. `none`: the form prints no creators.
   */
  readonly by: 'ids' | 'functions' | 'none';
  /** Parents before children, siblings by goroutines below them. */
  readonly nodes: readonly LineageNode[];
  readonly nodeCount: number;
  readonly goroutines: number;
  /** Goroutines whose creator is not in this dump; null where ids are not printed. */
  readonly creatorGone: number | null;
  /** Sentences on what the numbers leave open. */
  readonly notes: readonly string[];
}

/** One goroutine on the way up. */
export interface ChainLink {
  readonly id: number;
  /** Null when it is not in this dump. */
  readonly row: number | null;
  /** Its function that created the one below; empty when unknown. */
  readonly createdBy: string;
  readonly entry: string | null;
  readonly state: string | null;
}

/** What is known of the family of one goroutine. */
export interface GoroutineLineage {
  readonly goroutineId: number;
  readonly row: number;
  /** `none`: nobody created it (main). `unknown`: the text does not name the creating goroutine. */
  readonly creator: 'here' | 'gone' | 'none' | 'unknown';
  /** Creator, its creator, and so on, to the first that is not in this dump. */
  readonly chain: readonly ChainLink[];
  /** Goroutines it created that are still there. Null where creators have no ids. */
  readonly children: {
    readonly count: number;
    /** Ascending, at most MAX_LISTED_CHILDREN. */
    readonly ids: readonly number[];
    /** By start and state, most frequent first, at most MAX_LISTED_CHILDREN. */
    readonly kinds: readonly { readonly entry: string; readonly state: string; readonly goroutines: number }[];
  } | null;
  /** Stacks of its creators at the time they created (GODEBUG=tracebackancestors), nearest first; empty without. */
  readonly ancestors: readonly { readonly id: number; readonly isHere: boolean; readonly frames: readonly Frame[] }[];
  /** Sentences. */
  readonly evidence: readonly string[];
}

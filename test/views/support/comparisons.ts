import { CHANGE_KINDS, type Comparison } from '../../../src/core/compare/comparison.ts';
import type { FramePair, StackPair } from '../../../src/core/compare/stack-pair.ts';
import type { Frame } from '../../../src/core/model/symbols.ts';
import { changeKind } from '../../../src/ui/Change.tsx';

/** A group of a comparison; fates in the order stuck, moved in, moved out, born, left. */
export interface Group {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly fates?: readonly [stuck: number, movedIn: number, movedOut: number, born: number, left: number];
}

/** A comparison of these groups, whose ids were compared when every group has fates. */
export function comparisonOf(groups: readonly Group[], over: Partial<Comparison> = {}): Comparison {
  const sum = (of: (group: Group) => number) => groups.reduce((total, group) => total + of(group), 0);
  const byId = groups.every(({ fates }) => fates !== undefined);
  const column = (place: number) => Float64Array.from(groups, ({ fates }) => fates?.[place] ?? 0);
  const fate = (place: number) => sum(({ fates }) => fates?.[place] ?? 0);
  return {
    level: 'exact',
    goroutinesBefore: sum(({ before }) => before),
    goroutinesAfter: sum(({ after }) => after),
    changes: {
      level: 'exact',
      length: groups.length,
      key: groups.map(({ name }) => `key of ${name}`),
      name: groups.map(({ name }) => name),
      before: Float64Array.from(groups, ({ before }) => before),
      after: Float64Array.from(groups, ({ after }) => after),
      kind: Uint8Array.from(groups, ({ before, after }) => CHANGE_KINDS.indexOf(changeKind(before, after))),
      state: groups.map(() => 'select'),
      inferredState: groups.map(() => ''),
      createdBy: groups.map(() => ''),
      fates: byId
        ? { stuck: column(0), movedIn: column(1), movedOut: column(2), born: column(3), left: column(4) }
        : null,
    },
    ids: byId ? { survived: fate(0) + fate(1), sameStack: fate(0), left: fate(4), born: fate(3) } : null,
    idsWhyNot: byId ? '' : 'The pprof form prints no goroutine ids.',
    caveats: [],
    ...over,
  };
}

const frame = (name: string, line: number, file = '/srv/app/main.go'): Frame => ({
  function: name,
  file,
  line,
  kind: 'go',
});

/** Frames of A and B at a line each; 0 where one has none there. */
export function framePair(name: string, lineA: number, lineB: number): FramePair {
  return {
    a: lineA === 0 ? null : frame(name, lineA),
    b: lineB === 0 ? null : frame(name, lineB),
    match: lineA === lineB ? 'same' : lineA === 0 || lineB === 0 ? 'differs' : 'line',
  };
}

/** Stacks of one group in A and B. */
export function stackPair(key: string, frames: readonly FramePair[], over: Partial<StackPair> = {}): StackPair {
  return {
    key,
    a: { count: 1203, others: 0, state: 'chan send' },
    b: { count: 8702, others: 12, state: 'chan send' },
    frames,
    createdBy: framePair('main.serve', 31, 31),
    ...over,
  };
}

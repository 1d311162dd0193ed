import type { DumpIndex } from '../group/cells.ts';
import type { Level } from '../group/levels.ts';
import { formatNumberOf } from '../words/numbers.ts';
import { linked, sentence } from './sentences.ts';
import type { GroupVerdict, Sentence, Show } from './verdict.ts';

/** What a team says of a group. `expected` and `done` take it out of what the verdict is about, `suspect` puts it first. */
export type TeamWord = 'expected' | 'suspect' | 'done';

/** What is said of the groups of some dumps at a level, by the keys these dumps have together. */
export type TeamWordsOf = (indexes: readonly DumpIndex[], level: Level) => ReadonlyMap<string, TeamWord>;

/** For the headline: which groups the team's marks keep out of it; null when there is none. Never silently. */
export function leftOutSentence(
  groups: readonly Pick<GroupVerdict, 'key' | 'name' | 'mark' | 'leftOut' | 'counts' | 'dumps'>[],
  level: Level,
): Sentence | null {
  const out = new Map(groups.flatMap((group) => (group.leftOut ? [[group.key, group] as const] : [])));
  const largest = [...out.values()].reduce<(typeof groups)[number] | null>(
    (most, each) => (most === null || (each.counts.at(-1) ?? 0) > (most.counts.at(-1) ?? 0) ? each : most),
    null,
  );
  if (largest === null) return null;
  const words = ['expected', 'done'].filter((word) => [...out.values()].some(({ mark }) => mark === word));
  const what = `${formatNumberOf(out.size, 'group')} marked ${words.join(' or ')}`;
  const show: Show = { kind: 'group', dump: largest.dumps.at(-1) ?? 0, level, key: largest.key };
  return out.size === 1
    ? sentence(linked(what, show), ' is left out.')
    : sentence(`${what} are left out, the largest: `, linked(largest.name, show), '.');
}

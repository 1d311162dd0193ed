import type { Level } from '../group/levels.ts';
import { formatCount } from '../words/numbers.ts';
import type { GroupHistory } from './histories.ts';
import type { Moment } from './moments.ts';
import { isCountedLeakProfile } from './proven-leaks.ts';
import { counted, linked, sentence } from './sentences.ts';
import type { Sentence } from './verdict.ts';

/** What proves leaks in the last dump of a process: a leak profile, or an earlier dump with `(leaked)` states. */
export interface Proof {
  readonly moment: Moment;
  /** Place in what is judged. */
  readonly place: number;
}

/** Why a group of `dump` (its place in what is judged) is proven leaked; `proofs` are those its history was made with. */
export function provenSentence(
  history: GroupHistory,
  { dump, level, proofs }: { readonly dump: number; readonly level: Level; readonly proofs: readonly Proof[] },
): Sentence {
  const { leaked, counts, heldBy, key } = history;
  const last = counts.at(-1) ?? 0;
  const one = leaked === 1;
  const proof = heldBy === null ? undefined : proofs[heldBy];
  const head = [
    counted(leaked, { kind: 'group', dump, level, key }),
    `${leaked < last ? ` of ${formatCount(last)}` : ''} ${one ? 'is' : 'are'} proven leaked: `,
  ];
  const why = `nothing can reach what ${one ? 'it waits' : 'they wait'} for.`;
  if (proof === undefined) return sentence(...head, `the garbage collector found that ${why}`);
  const name = linked(proof.moment.name, { kind: 'dump', dump: proof.place });
  return isCountedLeakProfile(proof.moment.index.dump)
    ? sentence(...head, 'the leak profile ', name, ` holds ${one ? 'it' : 'them'}, so ${why}`)
    : sentence(...head, name, ` marks ${one ? 'it' : 'them'} (leaked), so ${why}`);
}

/** What a leak profile cannot see of a group that alarms all the same; null when it has a say on all of it. */
export function suspectedSentence({ rest, state }: GroupHistory, proofs: readonly Proof[]): Sentence | null {
  const profile = proofs.findLast(({ moment }) => isCountedLeakProfile(moment.index.dump));
  if (profile === undefined) return null;
  const blind = rest === 'work' || BLIND_STATES.has(state);
  return sentence(
    'Suspected, not proven: the leak profile ',
    linked(profile.moment.name, { kind: 'dump', dump: profile.place }),
    blind
      ? ' cannot see goroutines that run, sleep or wait for input and output.'
      : ' does not hold them; it cannot see those that a global or a running goroutine can still reach.',
  );
}

/** The garbage collector takes goroutines in these states for alive. */
const BLIND_STATES: ReadonlySet<string> = new Set(['IO wait', 'sleep', 'syscall', 'running', 'runnable']);

/** What of a leak profile could be shown in no group of the dump; null when all could. */
export function unplacedSentence(
  proof: Proof,
  { alike, absent }: { readonly alike: number; readonly absent: number },
  dump: { readonly name: string; readonly place: number },
): Sentence | null {
  if (alike + absent === 0) return null;
  const where = linked(dump.name, { kind: 'dump', dump: dump.place });
  const shown = { kind: 'dump', dump: proof.place } as const;
  return sentence(
    ...(alike > 0
      ? [
          { text: formatCount(alike), show: shown },
          ' of these stand in groups of ',
          where,
          ' that look alike in the profile, so none of these groups is called leaked.',
        ]
      : []),
    alike > 0 && absent > 0 ? ' ' : '',
    ...(absent > 0 ? [{ text: formatCount(absent), show: shown }, ' of these are not in ', where, '.'] : []),
  );
}

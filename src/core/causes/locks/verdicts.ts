import type { DumpIndex } from '../../group/cells.ts';
import { restKind } from '../../group/rest-place.ts';
import { formatCount } from '../../words/numbers.ts';
import { childrenVerdict } from './children-verdict.ts';
import type { Claim, Claims } from './claims.ts';
import { pointerReceiver } from './goroutine-text.ts';
import { type LockKey, type LockKeys, within } from './lock-keys.ts';
import type { LockVerdict } from './lock-report.ts';
import { findRings, type LockRing } from './rings.ts';
import type { KnownTarget } from './targets.ts';
import { sureAddress } from './waits-for.ts';
import { hex, mutexWord, placeWords, waitersWord } from './words.ts';

const CHANNEL_STATE = /^(?:chan (?:send|receive)|select)\b/;
/** Loggers that write under a lock of their own; the first frames of LEAKS.md L48. */
const LOGGERS =
  /^(?:log\.|log\/slog\.|github\.com\/sirupsen\/logrus\.|go\.uber\.org\/zap|github\.com\/rs\/zerolog|k8s\.io\/klog|github\.com\/golang\/glog\.|gopkg\.in\/natefinch\/lumberjack)/;

const ONCE = 'sync.(*Once).doSlow';

/** What the targets say, named ones first. Every lock somebody waits for is in exactly one verdict. */
export function judgeLocks(
  index: DumpIndex,
  targets: readonly KnownTarget[],
  keys: LockKeys,
  claims: Claims,
  all: boolean,
): LockVerdict[] {
  const verdicts: LockVerdict[] = [];
  const told = new Set<number>();
  for (const ring of all ? findRings(targets, keys, claims) : []) {
    for (const { target } of ring.members) told.add(target);
    verdicts.push(ringVerdict(targets, ring));
  }
  targets.forEach((known, at) => {
    const { kind } = known.target;
    if (told.has(at) || kind === 'cond' || kind === 'channel' || kind === 'unknown') return;
    verdicts.push(kind === 'waitgroup' ? childrenVerdict(index, known, at) : lockVerdict(known, at, claims, all));
  });
  const rank = (verdict: LockVerdict) => (verdict.kind === 'unknown' ? 1 : 0);
  return verdicts.sort((a, b) => rank(a) - rank(b) || b.waiters - a.waiters);
}

function ringVerdict(targets: readonly KnownTarget[], { members, shown }: LockRing): LockVerdict {
  const waiters = members.reduce((sum, { target }) => sum + (targets[target]?.target.waiters.count ?? 0), 0);
  return {
    kind: 'ab-ba',
    certainty: shown ? 'shown' : 'likely',
    ruleId: 'L45',
    targets: members.map(({ target }) => target),
    waiters,
    goroutineIds: members.map(({ goroutine }) => goroutine.id),
    rest: 'lock',
    why: members.map(({ goroutine, frame, target }, i) => {
      const next = members[(i + 1) % members.length];
      const has = targets[target]?.target;
      const wants = targets[next?.target ?? 0]?.target;
      const stands = shown ? 'is past the lock at' : 'stands with the object of the lock at';
      return `Goroutine ${goroutine.id} ${stands} ${lockWords(has)} in ${placeWords(goroutine, frame)} and waits for the one at ${lockWords(wants)}.`;
    }),
  };
}

function lockWords(target: KnownTarget['target'] | undefined): string {
  if (target === undefined) return 'an unknown address';
  if (target.address !== null) return hex(target.address);
  return target.object === null ? 'an unknown address' : `${target.object.type} ${hex(target.object.address)}`;
}

function lockVerdict(known: KnownTarget, at: number, claims: Claims, all: boolean): LockVerdict {
  const { target, key, holder } = known;
  const base = { targets: [at], waiters: target.waiters.count };
  const pile = `${waitersWord(target.waiters.count)} for ${mutexWord(target.kind)} at ${lockWords(target)}.`;
  const own = key === null || !all ? undefined : onlyOwn(key, known, claims);
  if (own !== undefined) return { ...base, ...ownVerdict(own, known, pile) };
  if (holder === null) {
    const suspicion = key === null ? null : suspectOwn(known);
    return {
      ...base,
      kind: 'unknown',
      certainty: null,
      ruleId: null,
      goroutineIds: [],
      rest: null,
      why: [pile, target.unknown, ...(suspicion === null ? [] : [suspicion])].filter((sentence) => sentence !== ''),
    };
  }
  const { goroutine, frame } = holder;
  const functions = goroutine.frames.map((each) => each.function);
  const logs = functions.slice(0, frame + 1).some((name) => LOGGERS.test(name));
  const channel = CHANNEL_STATE.test(goroutine.state);
  const waits = goroutine.waitsFor !== null;
  return {
    ...base,
    kind: channel ? 'channel-under-lock' : logs && !waits ? 'logging-lock' : 'pile-up',
    certainty: 'shown',
    ruleId: channel ? 'L47' : logs && !waits ? 'L48' : 'L43',
    goroutineIds: [goroutine.id],
    rest: restKind(goroutine.state, functions),
    why: [
      pile,
      `Goroutine ${goroutine.id} [${goroutine.state}] likely holds it: it is at ${placeWords(goroutine, frame)}, past line ${holder.site.line}, which locks it.`,
    ],
  };
}

/** The only goroutine that waits for a lock it is past itself; undefined when there is none, or several could. */
function onlyOwn(key: LockKey, known: KnownTarget, claims: Claims): Claim | undefined {
  const own = claims.own.get(key) ?? [];
  const [claim] = own;
  if (claim === undefined || (claims.byKey.get(key) ?? []).length > 0) return undefined;
  if (own.length === 1) return claim;
  // Several readers may all have come in again behind the same writer.
  const readers = own.every(({ mode, goroutine }) => mode === 'read' && goroutine.waitsFor?.mode === 'read');
  return readers && known.waiters.some(({ waitsFor }) => waitsFor?.mode === 'write') ? claim : undefined;
}

type Told = Pick<LockVerdict, 'kind' | 'certainty' | 'ruleId' | 'goroutineIds' | 'rest' | 'why'>;

function ownVerdict({ goroutine, frame, mode, site }: Claim, known: KnownTarget, pile: string): Told {
  const place = placeWords(goroutine, frame);
  const again = placeWords(goroutine, goroutine.waitsFor?.caller ?? 0);
  const told = { certainty: 'shown' as const, goroutineIds: [goroutine.id], rest: 'lock' as const };
  const past = `is past the lock in ${place} (which locks at its line ${site.line})`;
  const writer = known.waiters.find(({ waitsFor }) => waitsFor?.mode === 'write' && waitsFor !== goroutine.waitsFor);
  if (mode === 'read' && goroutine.waitsFor?.mode === 'read' && writer !== undefined) {
    return {
      ...told,
      kind: 'read-write-read',
      ruleId: 'L46',
      goroutineIds: [goroutine.id, writer.id],
      why: [
        pile,
        `Goroutine ${goroutine.id} ${past} as a reader and reads again in ${again}, while goroutine ${writer.id} waits to write between the two.`,
      ],
    };
  }
  return {
    ...told,
    kind: 'double-lock',
    ruleId: 'L44',
    why: [pile, `Goroutine ${goroutine.id} ${past} and waits for the same lock in ${again}.`],
  };
}

/**
 * A sentence when one waiter, or readers around a writer, have the object of their lock twice on their stacks. That is what a
 * double lock looks like, and also a method that calls a locking one while the lock was left locked: so it is no verdict.
 */
function suspectOwn({ target, waiters }: KnownTarget): string | null {
  const { address, object } = target;
  const [once] = waiters.filter(({ frames }) => frames.filter((each) => each.function === ONCE).length > 1);
  if (once !== undefined) return `Goroutine ${once.id} is inside a sync.Once twice: its function may call itself.`;
  const inside = waiters.flatMap((goroutine) => {
    const from = goroutine.waitsFor === null ? goroutine.frames.length : goroutine.waitsFor.caller + 1;
    const frame = goroutine.frames.findIndex((each, i) => {
      const receiver = pointerReceiver(each.function) === null ? null : sureAddress(each.args?.[0]);
      if (i < from || receiver === null) return false;
      return address !== null ? within(receiver, address) : receiver === object?.address;
    });
    return frame < 0 ? [] : [{ goroutine, frame }];
  });
  const [one] = inside;
  if (one === undefined || target.candidateCount > 0) return null;
  const place = `${placeWords(one.goroutine, one.frame)} of the same object`;
  if (inside.length === 1) {
    return `Inferred, not proven: goroutine ${one.goroutine.id} waits for this lock inside a call of ${place}. If that locks before it calls on, the goroutine waits for itself (a double lock); no line in this dump shows that it does.`;
  }
  const readers = inside.every(({ goroutine }) => goroutine.waitsFor?.mode === 'read');
  return readers && waiters.some(({ waitsFor }) => waitsFor?.mode === 'write')
    ? `Inferred, not proven: ${formatCount(inside.length)} goroutines wait to read inside a call of ${place}, while a writer waits. If that reads before it calls on, they wait for the writer and the writer for them; no line in this dump shows that it does.`
    : null;
}

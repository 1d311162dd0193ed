import type { Cause, Family, Grade, Guard } from '../../core/causes/rule.ts';
import { hasProof } from '../../store/cause-selectors.ts';
import type { TableCauses } from '../../store/state.ts';
import { formatCount, formatMinutes, formatNumberOf } from '../../ui/format.ts';

/** How much a match alone says, in words. */
export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  proven: 'proven',
  strong: 'strong shape',
  moderate: 'moderate shape',
  weak: 'weak shape',
};

/** One word of it, where there is little room. */
export const GRADE_SHORT: Readonly<Record<Grade, string>> = {
  proven: 'proven',
  strong: 'strong',
  moderate: 'moderate',
  weak: 'weak',
};

export const GRADE_HINTS: Readonly<Record<Grade, string>> = {
  proven: 'The garbage collector found that nothing can wake them.',
  strong: 'The stack alone tells: healthy programs do not stand like this for long.',
  moderate: 'The stack tells together with age, growth or number, and these were seen.',
  weak: 'The stack alone tells little; other explanations are likely.',
};

/** Kinds of causes in plain words. */
export const FAMILY_WORDS: Readonly<Record<Family, string>> = {
  send: 'a channel with nobody at its other end',
  cancel: 'a missing cancellation',
  loop: 'a loop with no stop',
  pool: 'a pool or queue that is not shut down',
  lock: 'a lock that is not given back',
  network: 'a connection or answer left open',
  proven: 'proven by the runtime, cause unknown',
};

/** One word of it. */
export const FAMILY_SHORT: Readonly<Record<Family, string>> = {
  send: 'channel',
  cancel: 'cancellation',
  loop: 'loop',
  pool: 'pool or queue',
  lock: 'lock',
  network: 'network',
  proven: 'proven',
};

/** What a leak profile leaves open, said wherever proven and suspected groups stand together. */
export const BLIND_SPOTS =
  'A leak profile proves goroutines that wait for a channel or lock which nothing can reach any more. It cannot see those that a global or a living goroutine still reaches, loops and timers, or waits for the network: these are judged by their stacks and marked as suspected.';

/** Upper case for the start of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How a group is marked: by sign, word and colour. */
export interface Mark {
  readonly tone: 'proven' | 'suspect' | 'expected';
  readonly text: string;
  readonly title: string;
}

/** The mark of a row of the table; null where nothing is known of its cause. */
export function markOf(causes: TableCauses, row: number): Mark | null {
  const cause = causes.reply.causes[row] ?? null;
  if (cause === null) return null;
  const tone = toneOf(cause);
  if (tone === 'expected') {
    const rule = causes.rules.find(({ id }) => id === cause.ruleId);
    const text = `expected: ${rule?.kind === 'benign' ? rule.meaning : cause.title}`;
    return { tone, text, title: [`${capital(cause.title)}.`, ...cause.why.slice(1)].join(' ') };
  }
  const title = `${capital(cause.title)}. ${GRADE_HINTS[cause.grade]}`;
  if (tone === 'proven') {
    return { tone, text: cause.family === 'proven' ? 'proven leaked' : `proven leaked: ${cause.title}`, title };
  }
  return { tone, text: `${hasProof(causes) ? 'suspected: ' : ''}${cause.title} · ${GRADE_SHORT[cause.grade]}`, title };
}

/** Proven by the runtime or a leak profile, suspected by a rule, or expected. */
export function toneOf(cause: Cause): Mark['tone'] {
  return cause.kind === 'benign' ? 'expected' : cause.grade === 'proven' ? 'proven' : 'suspect';
}

/** How many a guard expects: "up to 64, while they do not grow". */
export function guardWords(guard: Guard): string {
  switch (guard.kind) {
    case 'at-most':
      return `up to ${formatCount(guard.count)} in a process`;
    case 'per-processor':
      return 'one for each processor';
    case 'pool':
      return `up to ${formatCount(guard.count)} while they do not grow`;
    case 'young':
      return `up to ${formatCount(guard.count)} that wait for no longer than ${formatMinutes(guard.minutes)}`;
  }
}

/** "58 goroutines in 12 groups expected by 9 rules". */
export function expectedWords(expected: {
  goroutines: number;
  groups: number;
  rules: number;
  /** Groups that are marked expected. */
  marked?: number;
}): string {
  const by = [
    ...(expected.rules > 0 || !expected.marked ? [formatNumberOf(expected.rules, 'rule')] : []),
    ...(expected.marked ? [formatNumberOf(expected.marked, 'mark')] : []),
  ];
  return `${formatNumberOf(expected.goroutines, 'goroutine')} in ${formatNumberOf(expected.groups, 'group')} expected by ${by.join(' and ')}`;
}

/** The address of a source that is one; null for a name such as "helm/helm#10489". */
export function addressOf(source: string): string | null {
  return /^https?:\/\/\S+$/.test(source) ? source : null;
}

/** A cause for the headline: "send that nobody receives (strong shape)". */
export function looksLike(cause: Cause): string {
  return `${cause.title} (${GRADE_WORDS[cause.grade]})`;
}

import { formatCount, formatNumberOf } from '../words/numbers.ts';
import type { Sentence, Show } from './verdict.ts';

type Part = Sentence[number];

/** A sentence from parts; empty texts are left out. */
export function sentence(...parts: readonly Part[]): Sentence {
  return parts.filter((part) => typeof part !== 'string' || part !== '');
}

/** A number that leads to what it counts. */
export function counted(count: number, show: Show): Part {
  return { text: formatCount(count), show };
}

/** A number of goroutines that leads to what it counts. */
export function countedGoroutines(count: number, show: Show): Part {
  return { text: formatNumberOf(count, 'goroutine'), show };
}

/** A text that leads to what it means. */
export function linked(text: string, show: Show): Part {
  return { text, show };
}

import type { ReadContext, ReadOutcome } from '../../src/core/read/format.ts';
import type { Claim, OutsideLine, WatchKind } from '../../src/core/read/text/watch.ts';
import { readContext } from './read-context.ts';

/** The lines of a text as a watch is offered them. */
export function outsideLines(text: string): OutsideLine[] {
  const lines: OutsideLine[] = [];
  let offset = 0;
  for (const whole of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const bytes = new TextEncoder().encode(whole).length;
    lines.push({ text: whole.replace(/\r?\n$/, ''), number: lines.length + 1, offset, bytes });
    offset += bytes;
  }
  return lines;
}

/** What one watch finds in a text that is offered to it alone, by the rules of `Watch`, and its claims line by line. */
export function watchText(
  kind: WatchKind,
  text: string,
  context: ReadContext = readContext(),
): Pick<ReadOutcome, 'dumps' | 'countLogs' | 'races'> & { claims: readonly (Claim | 'not offered')[] } {
  const watch = kind.create(context);
  const words = kind.words(context).map((word) => word.toLowerCase());
  const claims: (Claim | 'not offered')[] = [];
  for (const line of outsideLines(text)) {
    const lower = line.text.toLowerCase();
    const offered = claims.at(-1) === 'open' || words.some((word) => lower.includes(word));
    claims.push(offered ? watch.offer(line) : 'not offered');
  }
  return { ...watch.finish(), claims };
}

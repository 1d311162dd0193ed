/** A traceback read the slow, obvious way: by lines and regular expressions. The oracle for the reader of bytes. */
export interface NaiveGoroutine {
  readonly id: number;
  readonly state: string;
  readonly minutes: number | null;
  readonly locked: boolean;
  /** `function file:line` per frame, then `by function file:line`. */
  readonly stack: string;
}

export function parseNaively(text: string): NaiveGoroutine[] {
  return text
    .split(/\r?\n\r?\n/)
    .filter((block) => block.startsWith('goroutine '))
    .map((block) => {
      const [header = '', ...lines] = block.split(/\r?\n/);
      const [, id, inner = ''] = /^goroutine (\d+) \[(.*)\]:$/.exec(header) ?? [];
      const [state = '', ...rest] = inner.split(', ');
      const minutes = rest.map((field) => /^(\d+) minutes$/.exec(field)?.[1]).find((found) => found !== undefined);
      const frames: string[] = [];
      for (let i = 0; i + 1 < lines.length; i += 2) {
        const fn = lines[i]!.replace(/^created by (.*?)( in goroutine \d+)?$/, 'by $1').replace(/\([^()]*\)$/, '');
        frames.push(`${fn} ${lines[i + 1]!.trim().replace(/ \+0x[0-9a-f]+$/, '')}`);
      }
      return {
        id: Number(id),
        state,
        minutes: minutes === undefined ? null : Number(minutes),
        locked: rest.includes('locked to thread'),
        stack: frames.join(' < '),
      };
    });
}

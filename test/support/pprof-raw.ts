/** What `go tool pprof -raw` prints: goroutines by stack, innermost frame first. */
export function stacksOfRaw(text: string): Map<string, number> {
  const [samples = '', locations = ''] = text.split(/^Locations$/m);
  const frames = new Map<string, string[]>();
  let open: string[] = [];
  for (const line of locations.split(/^Mappings$/m)[0]!.split('\n')) {
    const start = /^ {1,12}(\d+): (0x[0-9a-f]+)(?: M=\d+)?(?: (.*))?$/.exec(line);
    const content = start === null ? /^ {13,}(\S.*)$/.exec(line)?.[1] : start[3];
    if (start !== null) {
      open = [];
      frames.set(start[1]!, open);
      if (content === undefined || content.trim() === '') open.push(`${start[2]} :0`);
    }
    const frame = /^(.+) (\S+):(\d+):\d+ s=\d+/.exec(content ?? '');
    if (frame !== null) open.push(`${frame[1]} ${frame[2]}:${frame[3]}`);
  }
  const stacks = new Map<string, number>();
  for (const [, count, ids] of samples.matchAll(/^ {1,12}(-?\d+): ((?:\d+ )*\d*)$/gm)) {
    const stack = ids!
      .trim()
      .split(' ')
      .flatMap((id) => frames.get(id) ?? []);
    const key = stack.join('\n');
    stacks.set(key, (stacks.get(key) ?? 0) + Number(count));
  }
  return stacks;
}

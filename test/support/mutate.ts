/** A small generator of numbers with a seed (mulberry32), so that a failing case can be made again. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Pieces that mean something to one reader or another. */
const TOKENS = [
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  '\0',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  ' ',
  '> ',
  '    ',
  '\x1b[31m',
  'goroutine 1 [running]:\n',
  'goroutine ',
  'goroutine 99999999999999999999 [x]:\n',
  'created by ',
  ' in goroutine 7',
  '...23 frames elided...\n',
  '[originating from goroutine 4]:\n',
  '-----\n',
  'SIGQUIT: quit\n',
  'panic: x\n',
  'goroutine profile: total 5\n',
  '3 @ 0x1 0x2\n',
  '#\t0x1\tmain.main+0x1\t/m.go:1\n',
  '# labels: {"a":"b"}\n',
  '==================\nWARNING: DATA RACE\n',
  'Write at 0x00c000 by goroutine 8:\n',
  '  Goroutine 1 - User: /m.go:1 main.main (0x1)\n',
  'goroutines=12\n',
  'go_goroutines{pod="a"} 12\n',
  '{"log":"',
  '{"MESSAGE":"',
  '2026-11-23T02:41:07.123456Z ',
  '2026-11-23T02:41:07.123456789Z stdout P ',
  '[pod/a/b] ',
  'orders-1  | ',
  'Nov 23 02:41:07 host app[1]: ',
  '\ufeff',
  '\x1f\x8b\x08',
  'PK\x03\x04',
  '\x28\xb5\x2f\xfd',
].map((text) => Uint8Array.from(text, (c) => c.charCodeAt(0) & 255));

/**
 * A damaged copy of `bytes`: up to eight times a byte is changed, a piece is cut out, doubled, moved, or a token of a form
 * is put in. Copies are at most twice as long plus a little.
 */
export function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let out = bytes;
  for (let n = 1 + random(8); n > 0; n--) {
    const at = random(out.length + 1);
    const to = Math.min(out.length, at + random(random(2) === 0 ? 12 : 2000));
    const before = out.subarray(0, at);
    const piece = out.subarray(at, to);
    const after = out.subarray(to);
    const token = TOKENS[random(TOKENS.length)] ?? piece;
    const kind = random(6);
    if (kind === 0) out = Buffer.concat([before, Uint8Array.of(random(256)), out.subarray(at + 1)]);
    else if (kind === 1) out = Buffer.concat([before, after]);
    else if (kind === 2) out = Buffer.concat([before, piece, piece, after]);
    else if (kind === 3) out = Buffer.concat([before, token, piece, after]);
    else if (kind === 4) out = Buffer.concat([before, token, after]);
    else out = Buffer.concat([after, before, piece]);
    if (out.length > bytes.length * 2 + 4096) out = out.subarray(0, bytes.length);
  }
  return out;
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { identify, isSameDump, withoutRepeats } from '../../../src/core/group/fingerprint.ts';
import { PACKS } from '../../support/pack.ts';
import { readAll, readOne } from '../../support/read-one.ts';
import { WRAPS } from '../../support/wrap.ts';

const fixture = (path: string): string =>
  readFileSync(new URL(`../../fixtures/corpus/${path}`, import.meta.url), 'utf8');
const DURING = fixture('prog-tickerleak-go1.19/2-during.debug2.txt');
const LATER = fixture('prog-tickerleak-go1.19/3-later.debug2.txt');
const PROFILE = 'goroutine profile: total 2\n2 @ 0x1\n#\t0x0\tmain.main+0x1\t/m.go:1\n';

describe('the same dump', () => {
  it.each(['kubectl logs --prefix', 'CRLF', 'journalctl short', 'zap, the dump in a field'])(
    'is known again in %s and in any container',
    async (wrap) => {
      const plain = identify(await readOne(DURING));
      const wrapped = WRAPS[wrap]!(DURING);
      expect(isSameDump(plain, identify(await readOne(wrapped)))).toBe(true);
      for (const pack of Object.values(PACKS)) {
        expect(isSameDump(plain, identify(await readOne(await pack('stacks.txt', wrapped))))).toBe(true);
      }
    },
  );

  it('is not another moment of the same program', async () => {
    expect(isSameDump(identify(await readOne(DURING)), identify(await readOne(LATER)))).toBe(false);
  });

  it('is not one with another id, state, wait or frame', async () => {
    const text = 'goroutine 7 [select, 3 minutes]:\nmain.f()\n\t/m.go:3 +0x1d\n';
    const one = identify(await readOne(text));
    for (const [from, to] of [
      ['7 [', '8 ['],
      ['select', 'sleep'],
      ['3 minutes', '4 minutes'],
      ['go:3', 'go:4'],
      ['main.f', 'main.g'],
    ] as const) {
      expect(isSameDump(one, identify(await readOne(text.replace(from, to))))).toBe(false);
    }
  });

  it('is told apart by a time of its own', async () => {
    const at = async (fileName: string) => identify(await readOne(DURING, { fileName }));
    expect(isSameDump(await at('a-2026-11-23T02-41-07Z.txt'), await at('b-2026-11-23T02-51-07Z.txt'))).toBe(false);
    expect(isSameDump(await at('a-2026-11-23T02-41-07Z.txt'), await at('b-2026-11-23T02-41-07Z.txt'))).toBe(true);
    expect(isSameDump(await at('a-2026-11-23T02-41-07Z.txt'), await at('b.txt'))).toBe(true);
    // Two pods that have just started can look alike to the last id.
    const pod = (end: string) => at(`orders-6c9f8d7b5-${end}-2026-11-23T02-41-07Z.txt`);
    expect(isSameDump(await pod('xzwvt'), await pod('bdfgh'))).toBe(false);
    expect(isSameDump(await pod('xzwvt'), await at('b.txt'))).toBe(true);
  });

  it('is not seen in profiles without ids unless their times are equal', async () => {
    const at = async (fileName: string) => identify(await readOne(PROFILE, { fileName }));
    expect(isSameDump(await at('a.txt'), await at('b.txt'))).toBe(false);
    expect(isSameDump(await at('a-2026-11-23T02-41-07Z.txt'), await at('b-2026-11-23T02-41-07Z.txt'))).toBe(true);
  });

  it('stands once in a list', async () => {
    const dumps = await readAll(`${DURING}\n${LATER}\n${DURING}`);
    expect(dumps).toHaveLength(3);
    const { dumps: kept, repeats } = withoutRepeats(dumps);
    expect([kept.length, repeats]).toEqual([2, 1]);
    expect(kept).toEqual(dumps.slice(0, 2));
  });
});

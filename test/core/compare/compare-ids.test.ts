import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countFates } from '../../../src/core/compare/compare-ids.ts';
import { forEachShared, largestMissing, sortIds } from '../../../src/core/compare/ids.ts';
import { matchIds } from '../../../src/core/compare/match-ids.ts';
import { type DumpIndex, indexDump } from '../../../src/core/group/cells.ts';
import type { Provenance } from '../../../src/core/model/provenance.ts';
import { corpusFile } from '../../support/corpus.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { readOne } from '../../support/read-one.ts';

function draw(goroutines: readonly DrawnGoroutine[], provenance: Partial<Provenance> = {}) {
  return indexDump(drawDump(goroutines, 'traceback', { provenance }));
}

function compareIds(a: DumpIndex, b: DumpIndex) {
  const { match, whyNot } = matchIds(a, b);
  return { ids: match === null ? null : countFates(match), idsWhyNot: whyNot };
}

/** Ids of a dump by a plain scan of its lines, as the oracle. */
async function load(name: string) {
  const file = corpusFile(name);
  if (!file) throw new Error(`${name} is missing`);
  const text = readFileSync(file.path, 'latin1');
  const ids = new Set([...text.matchAll(/^goroutine (\d+) \[/gm)].map((match) => match[1]));
  return { index: indexDump(await readOne(readFileSync(file.path))), ids };
}

describe('matchIds', () => {
  test('counts who survived, who stayed, who left and who was born', () => {
    const a = draw([
      { id: 1, state: 'select', frames: ['main.main /m.go:1'] },
      { id: 5, state: 'chan send', frames: ['main.f /a.go:1'] },
      { id: 6, state: 'chan send', frames: ['main.f /a.go:1'] },
      { id: 7, state: 'chan send', frames: ['main.f /a.go:1'] },
    ]);
    const b = draw([
      { id: 9, state: 'chan send', frames: ['main.f /a.go:1'] },
      { id: 5, state: 'chan send', frames: ['main.f /a.go:1'], minutes: 3 },
      { id: 6, state: 'chan send', frames: ['main.f /a.go:2'] },
      { id: 1, state: 'running', frames: ['main.main /m.go:1'] },
    ]);
    expect(compareIds(a, b)).toEqual({ ids: { survived: 3, sameStack: 1, left: 1, born: 1 }, idsWhyNot: '' });
  });

  test('matches goroutine 0 of each thread as often as both dumps have it', () => {
    const zero = (frame: string): DrawnGoroutine => ({ id: 0, state: 'idle', frames: [frame] });
    const a = draw([zero('runtime.a'), zero('runtime.a'), zero('runtime.b')]);
    const b = draw([zero('runtime.a'), zero('runtime.c')]);
    expect(compareIds(a, b).ids).toEqual({ survived: 2, sameStack: 1, left: 1, born: 0 });
  });

  test.each([
    ['caddy-2.11/1-before.debug2.txt', 'caddy-2.11/4-after.debug2.txt'],
    ['prog-tickerleak-go1.19/1-before.debug2.txt', 'prog-tickerleak-go1.19/2-during.debug2.txt'],
    ['prog-tickerleak-go1.19/2-during.debug2.txt', 'prog-tickerleak-go1.19/3-later.debug2.txt'],
  ])('agrees with a plain scan of %s and %s', async (nameA, nameB) => {
    const [a, b] = [await load(nameA), await load(nameB)];
    const survived = [...a.ids].filter((id) => b.ids.has(id)).length;
    const { ids, idsWhyNot } = compareIds(a.index, b.index);
    expect(idsWhyNot).toBe('');
    expect(ids).toMatchObject({ survived, left: a.ids.size - survived, born: b.ids.size - survived });
  });
});

describe('dumps that are not of one process', () => {
  test('show one id created at two places', () => {
    const a = draw([{ id: 8, frames: ['main.f'], createdBy: 'main.start /m.go:3' }]);
    const b = draw([{ id: 8, frames: ['main.f'], createdBy: 'example.com/x.Run /x.go:7' }]);
    const why =
      'The process restarted between the dumps, or they are of two processes: goroutine 8 was created at main.start:3 in one and at x.Run:7 in the other.';
    expect(compareIds(a, b)).toEqual({ ids: null, idsWhyNot: why });
    expect(compareIds(b, a).idsWhyNot).toBe(why);
  });

  test('are found among real ones', async () => {
    const [a, b] = [await load('caddy-2.6.2/2-load.debug2.txt.gz'), await load('nats-2.9.10/1-before.debug2.txt')];
    expect(compareIds(a.index, b.index).ids).toBeNull();
    expect(compareIds(b.index, a.index).ids).toBeNull();
  });

  test('have ids that fell back although time went on', () => {
    const old = [
      { id: 1, frames: ['main.main'] },
      { id: 90_000, frames: ['main.f'] },
    ];
    const young = [
      { id: 1, frames: ['main.main'] },
      { id: 40, frames: ['main.f'] },
    ];
    const at = (takenAtMs: number, takenAtFrom: Provenance['takenAtFrom'] = 'log-prefix') => ({
      takenAtMs,
      takenAtFrom,
    });
    expect(compareIds(draw(old, at(1000)), draw(young, at(2000))).idsWhyNot).toContain('fallen back');
    expect(compareIds(draw(young, at(2000)), draw(old, at(1000))).idsWhyNot).toContain('fallen back');
    // The other way round is growth; a file's time proves nothing; leftovers of a batch lie a little below.
    expect(compareIds(draw(young, at(1000)), draw(old, at(2000))).idsWhyNot).toBe('');
    expect(compareIds(draw(old, at(1000, 'file-time')), draw(young, at(2000))).idsWhyNot).toBe('');
    const leftover = [
      { id: 1, frames: ['main.main'] },
      { id: 89_900, frames: ['main.f'] },
    ];
    expect(compareIds(draw(old, at(1000)), draw(leftover, at(2000))).idsWhyNot).toBe('');
    const nobodyNew = [{ id: 1, frames: ['main.main'] }];
    expect(compareIds(draw(old, at(1000)), draw(nobodyNew, at(2000))).idsWhyNot).toBe('');
  });

  test('name two instances', () => {
    const goroutine = [{ frames: ['main.main'] }];
    expect(compareIds(draw(goroutine, { instance: 'pod-a' }), draw(goroutine, { instance: 'pod-b' })).idsWhyNot).toBe(
      'The dumps are of two instances (pod-a and pod-b): their ids have nothing in common.',
    );
    expect(compareIds(draw(goroutine, { instance: 'pod-a' }), draw(goroutine)).idsWhyNot).toBe('');
  });
});

describe('sorted ids', () => {
  const ids = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 2 ** 50, max: 2 ** 53 - 1 })), {
    maxLength: 12,
  });
  const sorted = (list: readonly number[]) => sortIds(draw(list.map((id) => ({ id, frames: ['main.f'] }))));

  test('keep each row with its id, also where ids are huge', () => {
    fc.assert(
      fc.property(ids, (list) => {
        const { id, row } = sorted(list);
        expect([...id]).toEqual(list.toSorted((a, b) => a - b));
        expect([...row].map((at) => list[at])).toEqual([...id]);
        expect(new Set(row).size).toBe(list.length);
      }),
    );
  });

  test('are joined and subtracted like sets', () => {
    fc.assert(
      fc.property(ids, ids, (left, right) => {
        const seen: number[] = [];
        forEachShared(sorted(left), sorted(right), (id, fromA, toA, fromB, toB) => {
          seen.push(id);
          expect(toA - fromA).toBe(left.filter((other) => other === id).length);
          expect(toB - fromB).toBe(right.filter((other) => other === id).length);
        });
        expect(seen).toEqual([...new Set(left)].filter((id) => right.includes(id)).sort((a, b) => a - b));
        const missing = left.filter((id) => !right.includes(id));
        expect(largestMissing(sorted(left), sorted(right))).toBe(Math.max(0, ...missing));
      }),
    );
  });
});

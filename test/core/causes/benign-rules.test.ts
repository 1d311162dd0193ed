import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CauseTable } from '../../../src/core/causes/causes.ts';
import { compileSubjects, knownState, matchStacks } from '../../../src/core/causes/match-stack.ts';
import { nameCauses } from '../../../src/core/causes/name-causes.ts';
import type { BenignRule, Cause } from '../../../src/core/causes/rule.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { normaliseFunctionName } from '../../../src/core/group/function-name.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { printedFunctions } from '../../../src/core/group/symbol-index.ts';
import type { Dump } from '../../../src/core/model/dump.ts';
import { corpusFiles } from '../../support/corpus.ts';
import { type DrawnGoroutine, drawDump } from '../../support/dump-builder.ts';
import { readOne } from '../../support/read-one.ts';

/** An entry of benign.json. `file` names a whole file, or the three forms of one moment without what tells them apart. */
interface Fixture {
  readonly file: string;
  /** Goroutines per rule: by what the program does. */
  readonly rules: Readonly<Record<string, number>>;
  /** Rules of leaks that look alike. */
  readonly mustNot: readonly string[];
}

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
const { fixtures }: { fixtures: readonly Fixture[] } = JSON.parse(
  readFileSync(join(FIXTURES, 'causes/benign.json'), 'utf8'),
);
const FORMS = ['debug2.txt', 'debug1.txt', 'debug0.pb.gz'];
const BENIGN = ALL_RULES.filter((rule) => rule.kind === 'benign');

/** The files of a fixture; of a moment of the corpus only those the watcher of the fetching request does not blur. */
function filesOf({ file }: Fixture): string[] {
  const whole = join(FIXTURES, file);
  if (existsSync(whole)) return [whole];
  const forms = file.startsWith('corpus/') ? FORMS.slice(0, 1) : FORMS;
  return forms.map((form) => {
    const path = [`${whole}.${form}`, `${whole}.${form}.gz`].find((each) => existsSync(each));
    if (path === undefined) throw new Error(`no ${form} of ${file}`);
    return path;
  });
}

interface Named extends CauseTable {
  readonly counts: readonly number[];
}

/** `rising`: the verdict of three dumps calls all groups growing; else this is the only dump. */
function nameDump(dump: Dump, rising = false): Named {
  const index = indexDump(dump);
  const table = groupDump(index, 'exact');
  const rises = new Set(rising ? table.key : []);
  const named = nameCauses(index, table, { rules: ALL_RULES, rising: rises, dumps: rising ? 3 : 1 });
  return { ...named, counts: Array.from(table.count) };
}

function countsOf({ causes, counts }: Named, kind: Cause['kind']): Record<string, number> {
  const sums: Record<string, number> = {};
  causes.forEach((cause, row) => {
    if (cause?.kind === kind) sums[cause.ruleId] = (sums[cause.ruleId] ?? 0) + (counts[row] ?? 0);
  });
  return sums;
}

const read = async (path: string): Promise<Dump> => readOne(readFileSync(path), { fileName: 'dump' });

describe.each(fixtures)('$file', (fixture) => {
  test.each(filesOf(fixture).map((path) => [path.slice(dirname(path).length + 1), path]))('%s', async (_, path) => {
    const named = nameDump(await read(path));
    expect(countsOf(named, 'benign')).toEqual(fixture.rules);
    expect(countsOf(named, 'leak')).toEqual({});
    expect(named.suspected).toEqual({ goroutines: 0, groups: 0 });
    for (const id of fixture.mustNot) expect(named.causes.some((cause) => cause?.ruleId === id)).toBe(false);
  });
});

/** Of each benign rule a real goroutine that looks much like its own, and is another one. */
const { nearMisses }: { nearMisses: Readonly<Record<string, NearMiss>> } = JSON.parse(
  readFileSync(join(FIXTURES, 'causes/near-misses.json'), 'utf8'),
);

interface NearMiss {
  readonly file: string;
  /** As `normaliseFunctionName` gives it. */
  readonly function: string;
  readonly state: string;
}

describe('a near miss of', () => {
  test.each(BENIGN.map(({ id }) => id))('%s is not excused by it', async (id) => {
    const miss = nearMisses[id];
    if (miss === undefined) throw new Error('none in near-misses.json');
    const dump = await read(join(FIXTURES, miss.file));
    const index = indexDump(dump);
    const cells = Array.from({ length: index.cells.length }, (_, cell) => cell).filter(
      (cell) =>
        knownState(index, cell) === miss.state &&
        printedFunctions(dump.symbols, index.cells.stack[cell] ?? 0)
          .map(normaliseFunctionName)
          .includes(miss.function),
    );
    expect(cells.length, 'stands in the dump').toBeGreaterThan(0);
    const { candidates, kind } = matchStacks(index, compileSubjects(ALL_RULES));
    const fitting = cells.flatMap((cell) => candidates[kind[cell] ?? 0] ?? []);
    expect(fitting.map(({ subject }) => ALL_RULES[subject]?.id)).not.toContain(id);
  });

  test('no rule that is gone', () => {
    expect(Object.keys(nearMisses).filter((id) => !BENIGN.some((rule) => rule.id === id))).toEqual([]);
  });
});

test('rules that must not speak exist', () => {
  const ids = new Set(ALL_RULES.map(({ id }) => id));
  expect([...new Set(fixtures.flatMap(({ mustNot }) => mustNot))].filter((id) => !ids.has(id))).toEqual([]);
});

/** A goroutine of a real dump that a rule excuses, drawn anew. */
interface Excused {
  readonly rule: BenignRule;
  readonly goroutine: DrawnGoroutine & { readonly state: string };
}

/** Of each benign rule, one goroutine of a real traceback for each of its stacks that is to be found. */
async function excusedOnes(): Promise<Excused[]> {
  const found = new Map<string, Excused>();
  for (const fixture of fixtures) {
    const path = filesOf(fixture)[0];
    if (path === undefined) continue;
    const dump = await read(path);
    const index = indexDump(dump);
    for (let cell = 0; cell < index.cells.length; cell++) {
      const stack = index.cells.stack[cell] ?? 0;
      const frames = printedFunctions(dump.symbols, stack);
      const creator = dump.symbols.stackCreator[stack] ?? -1;
      const createdBy = creator < 0 ? null : (dump.symbols.strings[dump.symbols.frameFunction[creator] ?? 0] ?? '');
      const goroutine = { state: knownState(index, cell), frames, ...(createdBy === null ? {} : { createdBy }) };
      const cause = nameDump(drawDump([goroutine])).causes[0];
      const rule = BENIGN.find(({ id }) => id === cause?.ruleId);
      if (rule !== undefined) found.set(`${rule.id} ${frames.join()}`, { rule, goroutine });
    }
  }
  return [...found.values()];
}

const excused = await excusedOnes();

test('every benign rule is seen in a real dump', () => {
  const seen = new Set(excused.map(({ rule }) => rule.id));
  expect(BENIGN.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
});

describe.each(BENIGN.map((rule) => [`${rule.id} ${rule.title}`, rule] as const))('%s', (_, rule) => {
  const mine = excused.filter((each) => each.rule === rule).map(({ goroutine }) => goroutine);
  const speaksOf = (goroutine: DrawnGoroutine) => nameDump(drawDump([goroutine])).causes[0]?.ruleId;

  test('asks for the state', () => {
    for (const goroutine of mine) expect(speaksOf({ ...goroutine, state: 'chan send' })).not.toBe(rule.id);
  });

  test('asks for the frames', () => {
    for (const goroutine of mine) {
      const frames = goroutine.frames.map((name) =>
        /^(?:runtime|sync|internal\/poll|time)\./.test(name) ? name : 'main.own',
      );
      // A stack of nothing but the runtime has its names there.
      if (frames.join() !== goroutine.frames.join()) expect(speaksOf({ ...goroutine, frames })).not.toBe(rule.id);
      else expect(speaksOf({ ...goroutine, frames: ['main.own'] })).not.toBe(rule.id);
    }
  });

  test('asks for the creator where it names one', () => {
    if (!rule.stacks.every(({ createdBy }) => createdBy !== undefined)) return;
    for (const goroutine of mine) expect(speaksOf({ ...goroutine, createdBy: 'main.own' })).not.toBe(rule.id);
  });
});

describe('looks alike and is none', () => {
  const speaksOf = (goroutine: DrawnGoroutine) => nameDump(drawDump([goroutine])).causes[0]?.ruleId ?? null;

  test('a finalizer that runs its own code', async () => {
    const named = nameDump(await read(join(FIXTURES, 'corpus/prog-exotic-go1.24/1-all.debug1.txt')));
    expect(named.causes.some((cause) => cause?.ruleId === 'B03')).toBe(false);
  });

  test('a handler that reads the body of its request', () => {
    const reads = ['internal/poll.runtime_pollWait', 'net.(*conn).Read', 'net/http.(*connReader).Read'];
    const serves = ['net/http.(*conn).serve'];
    const createdBy = 'net/http.(*Server).Serve';
    const waiting = { state: 'IO wait', frames: [...reads, 'bufio.(*Reader).Peek', ...serves], createdBy };
    const handling = ['net/http.(*body).Read', 'main.upload', 'net/http.serverHandler.ServeHTTP'];
    expect(speaksOf(waiting)).toBe('B15');
    expect(speaksOf({ ...waiting, frames: [...reads, ...handling, ...serves] })).toBeNull();
  });

  test('a main function that sends to nobody', () => {
    expect(speaksOf({ state: 'chan receive', frames: ['main.main'] })).toBe('B60');
    expect(speaksOf({ state: 'chan send', frames: ['main.main'] })).not.toBe('B60');
  });

  test("no rule excuses anybody's own code", () => {
    const own = fc.constantFrom('main.work', 'main.(*Pool).run.func1', 'example.com/shop/orders.(*Queue).take');
    const plumbing = fc.constantFrom('runtime.gopark', 'sync.(*Cond).Wait', 'net.(*conn).Read', 'time.Sleep');
    const state = fc.constantFrom('chan receive', 'select', 'IO wait', 'sleep', 'sync.Cond.Wait', 'syscall', 'running');
    const stack = fc.tuple(
      fc.array(plumbing, { maxLength: 2 }),
      fc.array(own, { minLength: 1, maxLength: 4 }),
      own,
      state,
    );
    fc.assert(
      fc.property(stack, ([parked, frames, createdBy, at]) => {
        const cause = nameDump(drawDump([{ state: at, frames: [...parked, ...frames], createdBy }])).causes[0];
        expect(cause?.kind).not.toBe('benign');
      }),
    );
  });
});

describe('guards', () => {
  const guarded = BENIGN.filter(({ guard, otherwise }) => guard.kind === 'pool' && otherwise !== null);

  test.each(guarded.map((rule) => [`${rule.id} ${rule.title}`, rule] as const))('of %s', (_, rule) => {
    const count = rule.guard.kind === 'pool' ? rule.guard.count : 0;
    const goroutine = excused.find((each) => each.rule === rule)?.goroutine;
    if (goroutine === undefined) throw new Error('never seen');
    const at = (times: number, rising = false) => nameDump(drawDump([{ ...goroutine, times }]), rising).causes[0];
    const few = at(10);
    const many = at(count);
    // Beyond what a pool may fill, below what it may hold.
    const growing = at((rule.guard.kind === 'pool' ? (rule.guard.fills ?? 0) : 0) + 10, true);
    expect(few).toMatchObject({ kind: 'benign', ruleId: rule.id, brokenGuardOf: null });
    expect(many).toMatchObject({ kind: 'leak', ruleId: rule.otherwise });
    expect(growing).toMatchObject({ kind: 'leak', ruleId: rule.otherwise });
    expect(growing?.why).not.toEqual(many?.why);
  });

  test('the same idle connection at 12, at 5,000 and growing gives three answers', () => {
    const goroutine = excused.find(({ rule }) => rule.id === 'B14')?.goroutine;
    if (goroutine === undefined) throw new Error('never seen');
    const answers = [
      nameDump(drawDump([{ ...goroutine, times: 12 }])).causes[0],
      nameDump(drawDump([{ ...goroutine, times: 5000 }])).causes[0],
      nameDump(drawDump([{ ...goroutine, times: 140 }]), true).causes[0],
    ].map((cause) => `${cause?.kind} ${cause?.ruleId} of ${cause?.brokenGuardOf}: ${cause?.why.at(-1)}`);
    expect(answers).toEqual([
      'benign B14 of null: 12 in the whole dump; up to 500 are expected while they do not grow.',
      'leak L50 of B14: 5,000 in the whole dump; from 500 on they are too many for a pool.',
      'leak L50 of B14: 140 in the whole dump, and they grew and did not come back; a pool stays level.',
    ]);
  });

  test('a pool that fills under load is expected, one that goes on is not', () => {
    const goroutine = excused.find(({ rule }) => rule.id === 'B14')?.goroutine;
    if (goroutine === undefined) throw new Error('never seen');
    const cause = (times: number) => nameDump(drawDump([{ ...goroutine, times }]), true).causes[0];
    expect(cause(60)).toMatchObject({ kind: 'benign', ruleId: 'B14' });
    expect(cause(60)?.why.at(-1)).toBe('60 in the whole dump; up to 100 a pool may fill.');
    expect(cause(160)).toMatchObject({ kind: 'leak', ruleId: 'L50' });
  });

  test('one of what there is once, two that are too many', () => {
    const goroutine = excused.find(({ rule }) => rule.id === 'B05')?.goroutine;
    if (goroutine === undefined) throw new Error('never seen');
    expect(nameDump(drawDump([{ ...goroutine, times: 1 }])).causes[0]?.ruleId).toBe('B05');
    expect(nameDump(drawDump([{ ...goroutine, times: 2 }])).causes[0]).toBeNull();
  });

  test('a lookup of names is expected while it is young', () => {
    const goroutine = excused.find(({ rule }) => rule.id === 'B59')?.goroutine;
    if (goroutine === undefined) throw new Error('never seen');
    const at = (more: { minutes?: number }) =>
      nameDump(drawDump([{ ...goroutine, ...more, times: 30 }])).causes[0]?.ruleId;
    // A minute that is printed has passed.
    expect([at({}), at({ minutes: 1 }), at({ minutes: 5 })]).toEqual(['B59', 'L55', 'L55']);
  });
});

describe('idle servers of the corpus have no suspects', () => {
  const idle =
    /^(?:prometheus|etcd|caddy|nats|syncthing|influxdb|dockerd|gobgpd|node-exporter|victoriametrics)-[^/]*\/(?:1-before|2-later|4-after)\./;
  const files = (['debug2', 'debug1', 'debug0'] as const).flatMap((kind) =>
    corpusFiles(kind).filter(({ name }) => idle.test(name)),
  );
  test.each(files.map(({ name, path }) => [name, path]))('%s', async (_, path) => {
    const named = nameDump(await read(path));
    expect(countsOf(named, 'leak')).toEqual({});
    expect(named.expected.goroutines).toBeGreaterThan(0);
  });
});

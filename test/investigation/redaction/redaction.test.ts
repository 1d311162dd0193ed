import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameCauses } from '../../../src/core/causes/name-causes.ts';
import { ALL_RULES } from '../../../src/core/causes/rules/all-rules.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { groupDump } from '../../../src/core/group/group-dump.ts';
import { commonBasis, OWN_BASIS, partitionCells } from '../../../src/core/group/keys.ts';
import { LEVELS } from '../../../src/core/group/levels.ts';
import type { Dump } from '../../../src/core/model/dump.ts';
import { markGroups } from '../../../src/core/triage/mark-groups.ts';
import type { Investigation } from '../../../src/investigation/investigation.ts';
import { DEFAULT_REDACTION, type RedactionChoice } from '../../../src/investigation/redaction/choice.ts';
import { findModules, moduleOf } from '../../../src/investigation/redaction/modules.ts';
import { previewRedaction, redact } from '../../../src/investigation/redaction/redact.ts';
import { createScrub } from '../../../src/investigation/redaction/scrub.ts';
import { encodeInvestigation } from '../../../src/investigation/saved/encode.ts';
import { DEFAULT_VIEW } from '../../../src/investigation/view.ts';
import { corpusFiles } from '../../support/corpus.ts';
import { drawDump, drawnDump } from '../../support/dump-builder.ts';
import { plantedInvestigation as planted } from '../../support/planted.ts';
import { readOne } from '../../support/read-one.ts';

const EVERYTHING: RedactionChoice = {
  arguments: true,
  paths: true,
  hosts: true,
  labels: true,
  modules: ['example.com/canary', 'canaryshop', 'github.com/CanaryCorp/orders'],
};

const of = (...dumps: readonly Dump[]): Investigation => ({
  dumps: dumps.map((dump, at) => ({ name: `${at}.txt`, takenAtMs: null, takenAtFrom: null, dump })),
  counts: [],
  races: [],
  notes: [],
  rules: [],
  marks: [],
  view: DEFAULT_VIEW,
});

/** Per level, groups by count and what they are: equal before and after, whatever they are called. */
function shapeOf(dump: Dump): unknown {
  const index = indexDump(dump);
  return LEVELS.map((level) => {
    const { groupOf, length } = partitionCells(index, level);
    return [level, length, [...groupOf], [...index.cells.count]];
  });
}

describe('groups stay what they were', () => {
  test('of any dump, at every level, whatever is taken out', () => {
    fc.assert(
      fc.property(drawnDump, fc.subarray(['main', 'net', 'a', 'pkg']), (dump, modules) => {
        const [redacted] = redact(of(dump), { ...EVERYTHING, modules }).dumps;
        expect(redacted && shapeOf(redacted.dump)).toEqual(shapeOf(dump));
      }),
    );
  });

  const files = corpusFiles('debug2').filter(({ name }) =>
    /prog-(?:exotic|shopapp|lockbugs|poolbugs)|etcd|caddy/.test(name),
  );
  test.each(files.map(({ name, path }) => [name, path]))('of %s, and causes of public code too', async (_, path) => {
    const dump = await readOne(readFileSync(path));
    const modules = findModules([dump]).flatMap(({ path, isLikelyPrivate }) => (isLikelyPrivate ? [path] : []));
    const [redacted] = redact(of(dump), { ...EVERYTHING, modules }).dumps;
    if (redacted === undefined) throw new Error('no dump');
    expect(shapeOf(redacted.dump)).toEqual(shapeOf(dump));
    const causesOf = (each: Dump) => {
      const index = indexDump(each);
      const table = groupDump(index, 'exact');
      const { causes } = nameCauses(index, table, { rules: ALL_RULES, rising: new Set(), dumps: 1 });
      return causes.map((cause, row) => [cause?.ruleId, table.count[row]]).sort();
    };
    expect(causesOf(redacted.dump)).toEqual(causesOf(dump));
  });

  test('redacting twice changes nothing more than the names', () => {
    const dump = drawDump([{ state: 'chan send', frames: ['canaryshop.send /srv/canary/send.go:4'] }]);
    const once = redact(of(dump), EVERYTHING);
    expect(redact(of(dump), EVERYTHING)).toEqual(once);
    expect(JSON.stringify(redact(once, EVERYTHING))).not.toContain('canary');
  });
});

describe('names', () => {
  const { functionName, file } = createScrub(EVERYTHING);
  test.each([
    ['example.com/canary.(*Publisher).publish.func1', 'module1.(*Publisher).publish.func1'],
    ['example.com/canary/internal/queue.Map[...]', 'module1/internal/queue.Map[...]'],
    ['example.com/canary/v2.Run', 'module1/v2.Run'],
    ['sync.Map[example.com/canary.Key,go.shape.int]', 'sync.Map[module1.Key,go.shape.int]'],
    ['canaryshop.(*Cart).watch', 'module2.(*Cart).watch'],
    ['github.com/other/canaryshop.Do', 'github.com/other/canaryshop.Do'],
    ['canaryshop2.Do', 'canaryshop2.Do'],
    ['github.com/CanaryCorp/orders.Run', 'module3.Run'],
    ['net/http.(*conn).serve', 'net/http.(*conn).serve'],
    ['main.main', 'main.main'],
  ])('%s', (name, wanted) => {
    expect(functionName(name)).toBe(wanted);
  });

  test.each([
    ['/home/jane/src/canary/send.go', 'dir1/send.go'],
    ['/home/jane/src/canary/other.go', 'dir1/other.go'],
    ['C:\\src\\canary\\main.go', 'dir2/main.go'],
    ['_cgo_gotypes.go', '_cgo_gotypes.go'],
  ])('%s', (path, wanted) => {
    expect(file(path)).toBe(wanted);
  });

  test('of modules in file names are replaced without folders, too', () => {
    const only = createScrub({ ...DEFAULT_REDACTION, modules: ['github.com/CanaryCorp/orders', 'yaml.v3'] });
    expect(only.file('/go/pkg/mod/github.com/!canary!corp/orders@v1.2.0/run.go')).toBe(
      '/go/pkg/mod/module1@v1.2.0/run.go',
    );
    expect(only.functionName('yaml%2ev3.Unmarshal')).toBe('module2.Unmarshal');
  });

  test.each([
    ['main.f(0xc000012345, {0x1?, 0x2}, ...)', 'main.f(...)'],
    ['Read at 0x00c0000b4010 by goroutine 7:', 'Read at 0x… by goroutine 7:'],
    ['main.f(...)', 'main.f(...)'],
    ['took (some time)', 'took (some time)'],
  ])('arguments and addresses in “%s”', (text, wanted) => {
    expect(createScrub(DEFAULT_REDACTION).text(text)).toBe(wanted);
  });
});

test.each([
  ['github.com/acme/orders/internal/x', 'github.com/acme/orders'],
  ['git.corp.example/team/repo/pkg/x', 'git.corp.example/team/repo'],
  ['gopkg.in/yaml.v3', 'gopkg.in/yaml.v3'],
  ['example.com/orders/internal/queue', 'example.com/orders'],
  ['example.com/orders/cmd/ordersd', 'example.com/orders'],
  ['k8s.io/client-go/tools/cache', 'k8s.io/client-go'],
  ['orders/internal/billing', 'orders'],
  ['main', ''],
  ['', ''],
])('the module of %s', (path, wanted) => {
  expect(moduleOf(path)).toBe(wanted);
});

test('modules are found, and those on no public server are likely private', () => {
  const dump = drawDump([
    {
      frames: [
        'net/http.(*conn).serve',
        'github.com/redis/go-redis/v9.Do',
        'orders.Run',
        'orders/queue.Push',
        'main.main',
      ],
    },
  ]);
  expect(findModules([dump])).toEqual([
    { path: 'orders', functions: 2, isLikelyPrivate: true },
    { path: 'github.com/redis/go-redis', functions: 1, isLikelyPrivate: false },
  ]);
});

describe('a canary', () => {
  test('in any text never comes out, in the value or in the bytes', async () => {
    const redacted = redact(await planted(), EVERYTHING);
    expect(JSON.stringify(redacted).match(/.{0,60}(?:canar|c0ffee).{0,20}/gi)).toBeNull();
    expect(gunzipSync(encodeInvestigation(redacted)).toString()).not.toMatch(/canar|c0ffee/i);
  });

  test('comes out when nothing is chosen, so that the test above can fail', async () => {
    const nothing = { arguments: false, paths: false, hosts: false, labels: false, modules: [] };
    const whole = await planted();
    const { wrapper: _, ...rest } = whole.dumps[0]?.dump.provenance ?? {};
    const kept = redact(whole, nothing);
    expect(JSON.stringify(kept).match(/canar/gi)?.length).toBeGreaterThan(50);
    expect(kept.dumps[0]?.dump.provenance).toMatchObject(rest);
    expect(kept.view).toEqual(whole.view);
  });

  test('of each kind goes when its kind is chosen', async () => {
    const whole = await planted();
    const only = (choice: Partial<RedactionChoice>) =>
      JSON.stringify(redact(whole, { ...DEFAULT_REDACTION, arguments: false, ...choice }));
    expect(only({ hosts: true })).not.toContain('canary-host');
    expect(only({ labels: true })).not.toMatch(/canary-(?:key|value)/);
    expect(only({ paths: true })).not.toContain('home/canary');
    expect(only({ arguments: true })).not.toContain('c0ffee');
    expect(only({ modules: ['canaryshop'] })).not.toContain('canaryshop');
  });

  test('does not take the chosen group and the marks along', async () => {
    const whole = await planted();
    const { dumps, marks, view } = redact(whole, EVERYTHING);
    const [first] = dumps;
    if (first === undefined) throw new Error('no dump');
    const index = indexDump(first.dump);
    const table = groupDump(index, 'functions');
    expect(table.count[table.key.indexOf(view.groupKey ?? '')]).toBe(3);
    expect(markGroups([index], 'functions', OWN_BASIS, marks)).toMatchObject([{ key: view.groupKey, mark: 'suspect' }]);
  });
});

test('the chosen group stays chosen when it is of the other dump, or known by what both forms print', () => {
  const one = drawDump([{ frames: ['canaryshop.a /c/a.go:1'], state: 'select' }]);
  const two = drawDump([{ frames: ['canaryshop.b /c/b.go:1'], state: 'select', times: 3 }]);
  const counted = drawDump([{ frames: ['canaryshop.b /c/b.go:1'], times: 3 }], 'pprof');
  for (const [other, basis] of [
    [two, OWN_BASIS],
    [counted, commonBasis([indexDump(one), indexDump(counted)], 'functions').basis],
  ] as const) {
    const index = indexDump(other);
    const [key = ''] = partitionCells(index, 'functions', basis).key;
    const view = { ...DEFAULT_VIEW, level: 'functions' as const, dumpId: 0, a: 0, b: 1, groupKey: key };
    const redacted = redact({ ...of(one, other), view }, EVERYTHING);
    const after = indexDump(redacted.dumps[1]?.dump ?? one);
    expect(partitionCells(after, 'functions', basis).key).toEqual([redacted.view.groupKey]);
    expect(redacted.view.groupKey).not.toBe(key);
  }
  // Nothing of a name is taken out: the key is the same, wherever it is of.
  const view = { ...DEFAULT_VIEW, groupKey: 'anything' };
  expect(redact({ ...of(one), view }, DEFAULT_REDACTION).view.groupKey).toBe('anything');
});

test('a pseudonym is never taken for a name', () => {
  const scrub = createScrub({ ...DEFAULT_REDACTION, hosts: true });
  for (const name of ['pod-a', 'host1']) scrub.host(name);
  expect(scrub.text('pod-a is slow, host1 is not')).toBe('host1 is slow, host2 is not');
});

test('the preview says what goes, of kinds that are not chosen too', async () => {
  const { replaced, modules } = previewRedaction(await planted(), { ...DEFAULT_REDACTION, modules: ['canaryshop'] });
  const byKind = Object.fromEntries(replaced.map(({ kind, count, examples }) => [kind, [count, examples[0]]]));
  expect(byKind.modules).toEqual([1, ['canaryshop', 'module1']]);
  expect(byKind.hosts).toEqual([2, ['canary-host-7', 'host1']]);
  expect(byKind.labels?.[0]).toBe(2);
  expect(byKind.paths?.[1]).toEqual(['/home/canary/queue', 'dir1']);
  expect(modules.map(({ path }) => path)).toEqual(['example.com/canary', 'canaryshop']);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeCommand } from '../../src/command/analyze.ts';
import { parseLink } from '../../src/investigation/link/parse-link.ts';
import { decodeInvestigation } from '../../src/investigation/saved/decode.ts';
import { encodeInvestigation } from '../../src/investigation/saved/encode.ts';
import { DEFAULT_VIEW } from '../../src/investigation/view.ts';
import { corpusFile } from '../support/corpus.ts';
import { type Schema, schemaErrors } from '../support/json-schema.ts';
import { readOne } from '../support/read-one.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const schema: Schema = JSON.parse(readFileSync(join(ROOT, 'public/analysis.schema.json'), 'utf8'));
const DUMP = `goroutine 1 [select (no cases), 3 minutes]:
main.main()
\t/srv/app/main.go:31 +0x85
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'analyze-'));
  mkdirSync(join(folder, 'a'));
  mkdirSync(join(folder, 'b'));
  writeFileSync(join(folder, 'a/dump.txt'), DUMP);
  writeFileSync(join(folder, 'b/dump.txt'), DUMP);
  writeFileSync(join(folder, 'packed.gz'), gzipSync(DUMP));
  writeFileSync(join(folder, 'cut.gz'), gzipSync(DUMP.repeat(3)).subarray(0, -12));
  writeFileSync(join(folder, 'prose.txt'), 'There is no dump in this file.\n');
  writeFileSync(join(folder, 'empty.txt'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], input: readonly string[] = []) {
  let output = '';
  let errors = '';
  const status = await analyzeCommand(args, {
    stdin: (async function* () {
      yield* input;
    })(),
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
  });
  return { status, output, errors };
}

async function analyse(args: readonly string[], input?: readonly string[]) {
  const { status, output } = await run(['--json', ...args], input);
  const document = JSON.parse(output);
  expect(schemaErrors(schema, document)).toEqual([]);
  return { status, document };
}

const namesOf = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);

describe('the analyze command', () => {
  test('reads files in the order given and names them by base name', async () => {
    const { status, document } = await analyse([join(folder, 'packed.gz'), join(folder, 'a/dump.txt')]);
    expect(status).toBe(0);
    expect(namesOf(document.dumps)).toEqual(['packed.gz', 'dump.txt']);
    expect(document.dumps[0].states).toEqual({ 'select (no cases)': 1 });
    expect(document.changes).toHaveLength(1);
    expect(document.dumps[1].takenAtFrom).toBe('file-time');
  });

  test('names two files of one name as they were given', async () => {
    const files = [join(folder, 'a/dump.txt'), join(folder, 'b/dump.txt')];
    expect(namesOf((await analyse(files)).document.dumps)).toEqual(files);
  });

  test('reads the standard input, in pieces', async () => {
    const { document } = await analyse(['-'], [DUMP.slice(0, 20), DUMP.slice(20)]);
    expect(document.dumps[0]).toMatchObject({ name: 'stdin', goroutines: 1, takenAt: null });
  });

  test('groups at the level asked for', async () => {
    const { document } = await analyse(['--level', 'package', join(folder, 'a/dump.txt')]);
    expect([document.level, document.dumps[0].groups[0].name]).toEqual(['package', 'main']);
  });

  test('analyses the others when one cannot be opened or holds no dump', async () => {
    const files = ['missing.txt', 'a', 'prose.txt', 'empty.txt', 'a/dump.txt'].map((name) => join(folder, name));
    const { status, document } = await analyse(files);
    expect(status).toBe(0);
    expect(namesOf(document.dumps)).toEqual(['dump.txt']);
    expect(namesOf(document.rejected)).toEqual(['missing.txt', 'a', 'prose.txt', 'empty.txt']);
    expect(document.rejected[0].why).toBe('There is no such file.');
    expect(document.rejected[1].why).toBe('It is a folder. Name the files in it.');
    for (const { why } of document.rejected) expect(why).not.toBe('');
  });

  test('reads what is left of a gzip file that is cut', async () => {
    const { status, document } = await analyse([join(folder, 'cut.gz')]);
    expect(status).toBe(0);
    expect(document.dumps[0]).toMatchObject({ truncated: true });
  });

  test('still prints the document when nothing was read, says so and exits with 2', async () => {
    const { status, output, errors } = await run(['--json', join(folder, 'prose.txt')]);
    expect(status).toBe(2);
    expect(JSON.parse(output)).toMatchObject({ dumps: [], changes: [] });
    expect(errors).toMatch(/^prose\.txt: /);
  });

  test('prints nothing on the standard output when the command line is wrong', async () => {
    const { status, output, errors } = await run(['--jsno']);
    expect([status, output]).toEqual([2, '']);
    expect(errors).toMatch(/^Unknown option "--jsno"\.\n\nUsage: /);
  });

  test('prints its usage when asked', async () => {
    const { status, output } = await run(['--help']);
    expect(status).toBe(0);
    expect(output).toMatch(/^Usage: /);
  });
});

const LEAK = ['1-before', '2-during', '3-later'].map(
  (name) => corpusFile(`prog-tickerleak-go1.19/${name}.debug2.txt`)?.path ?? '',
);

describe('for people', () => {
  test('says the call, the evidence, the groups and what to check', async () => {
    const { status, output, errors } = await run(LEAK);
    const { document } = await analyse(LEAK);
    expect([status, errors]).toEqual([0, '']);
    const [first] = output.split('\n');
    expect(first).toBe(`${document.verdict.call.toUpperCase()}  ${document.verdict.headline}`);
    for (const sentence of document.verdict.evidence) expect(output).toContain(`  - ${sentence}`);
    const [group] = document.dumps[2].groups;
    expect(output).toMatch(new RegExp(`^ +${group.count} .*${group.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'm'));
    expect(output).toMatch(/^What to check \(/m);
  });

  test('and for an issue, as Markdown', async () => {
    const { status, output } = await run(['--markdown', ...LEAK]);
    expect(status).toBe(0);
    expect(output).toMatch(/^## Goroutines: /);
  });

  test('names from files give a terminal no orders', async () => {
    writeFileSync(join(folder, 'evil.txt'), DUMP.replaceAll('main.main', 'main.\u001b[2Jmain\u202e'));
    const { output } = await run([join(folder, 'evil.txt')]);
    expect(output).toContain('main.');
    expect(output).not.toMatch(/[\u001b\u202e]/);
  });

  test('says which file holds nothing, and prints nothing else when none does', async () => {
    const some = await run([join(folder, 'a/dump.txt'), join(folder, 'prose.txt')]);
    expect([some.status, some.errors]).toEqual([0, expect.stringMatching(/^prose\.txt: /)]);
    const none = await run([join(folder, 'prose.txt')]);
    expect([none.status, none.output, none.errors]).toEqual([2, '', expect.stringMatching(/^prose\.txt: /)]);
  });
});

test('fails on the calls that were asked for, and on no others', async () => {
  const { document } = await analyse(LEAK);
  const { call } = document.verdict;
  expect(['growing', 'raised']).toContain(call);
  const other = call === 'growing' ? 'raised' : 'growing';
  const statusOf = async (calls: string) => (await run(['--json', '--fail-on', calls, ...LEAK])).status;
  expect([await statusOf(call), await statusOf(`leaked,${call}`), await statusOf(other)]).toEqual([1, 1, 0]);
  expect((await run(['--fail-on', call, join(folder, 'prose.txt')])).status).toBe(2);
});

describe('a link', () => {
  test('opens what was analysed, and stands apart from the document', async () => {
    const { output, errors } = await run(['--json', '--link', 'https://tools.example/standstill/#old', ...LEAK]);
    const document = JSON.parse(output);
    const [base = '', fragment = ''] = errors.trim().split('#');
    expect(base).toBe('https://tools.example/standstill/');
    const parsed = parseLink(fragment);
    if (parsed.kind !== 'link' || parsed.link.data === null) throw new Error(JSON.stringify(parsed));
    const decoded = decodeInvestigation(parsed.link.data);
    if (decoded.kind === 'wrong') throw new Error(decoded.why);
    const { dumps, view } = decoded.investigation;
    expect(dumps.map(({ name, dump }) => [name, dump.goroutines])).toEqual(
      document.dumps.map(({ name, goroutines }: { name: string; goroutines: number }) => [name, goroutines]),
    );
    expect(view).toMatchObject({ level: document.level, dumpId: 2, a: 0, b: 2 });
    // In text it is the last line.
    const text = await run(['--link', 'https://tools.example/standstill/', ...LEAK]);
    expect(text.output.trimEnd().split('\n').at(-1)).toMatch(/^https:\/\/tools\.example\/standstill\/#v=1&/);
  });
});

describe('a saved investigation', () => {
  test('is analysed like the dumps in it, with the names they were given', async () => {
    const dump = await readOne(readFileSync(LEAK[2] ?? ''));
    const saved = encodeInvestigation({
      dumps: [{ name: 'after the deploy', takenAtMs: 60_000, takenAtFrom: 'user', dump }],
      counts: [],
      races: [],
      notes: [],
      rules: [],
      marks: [],
      view: DEFAULT_VIEW,
    });
    writeFileSync(join(folder, 'x.standstill.json.gz'), saved);
    const { document } = await analyse([join(folder, 'x.standstill.json.gz')]);
    expect(document.dumps[0]).toMatchObject({
      name: 'after the deploy',
      takenAt: '1970-01-01T00:01:00Z',
      takenAtFrom: 'user',
      goroutines: dump.goroutines,
    });
    writeFileSync(join(folder, 'broken.standstill.json.gz'), saved.subarray(0, 300));
    const broken = await run(['--json', join(folder, 'broken.standstill.json.gz')]);
    expect(broken.errors).toMatch(
      /^broken\.standstill\.json\.gz: This is a saved investigation that cannot be opened\. /,
    );
  });
});

describe('npm run analyze', () => {
  test('prints one JSON document and nothing else', () => {
    const file = corpusFile('prog-chanleak-go1.19/1-before.debug2.txt');
    if (!file) throw new Error('fixture missing');
    const { status, stdout, stderr } = spawnSync(
      'npm',
      ['run', '-s', 'analyze', '--', '--json', '--level', 'place', file.path, '-'],
      { cwd: ROOT, input: DUMP, encoding: 'utf8' },
    );
    expect([status, stderr.replaceAll(/^npm warn.*\n/gm, '')]).toEqual([0, '']);
    const { level, dumps } = JSON.parse(stdout);
    expect([level, namesOf(dumps), dumps[0].goroutines]).toEqual([
      'place',
      ['1-before.debug2.txt', 'stdin'],
      file.expected.goroutines,
    ]);
  });
});

describe('--query', () => {
  const path = () => corpusFile('prog-tickerleak-go1.19/3-later.debug2.txt')?.path ?? '';

  test('lists what it finds and counts what it hides', async () => {
    const { document: whole } = await analyse([path()]);
    const { document } = await analyse(['--query', 'state:"chan receive"', path()]);
    const [all, some] = [whole.dumps[0], document.dumps[0]];
    const wanted = all.groups.filter((group: { state: string }) => group.state.includes('chan receive'));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(all.groups.length);
    expect(some.groups).toEqual(wanted);
    const sum = (groups: readonly { count: number }[]) => groups.reduce((total, { count }) => total + count, 0);
    expect(some.hidden).toEqual({
      groups: all.groups.length - wanted.length,
      goroutines: sum(all.groups) - sum(wanted),
    });
    expect(all.hidden).toBeUndefined();
    expect(document.verdict).toEqual(whole.verdict);
    for (const output of ['--text', '--markdown']) {
      expect((await run([output, '--query', 'state:"chan receive"', path()])).output).toMatch(
        /hidden by the query: [\d,]+ goroutine/i,
      );
    }
  });

  test.each([
    ['state:"x', 'The query is wrong at column 7: This quote has no end'],
    ['mark:done', 'Marks are known on the page only'],
    ['', '--query needs a query'],
  ])('that is wrong ends with 2: %s', async (query, why) => {
    const { status, errors } = await run(['--query', query, path()]);
    expect(status).toBe(2);
    expect(errors).toContain(why);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeCommand } from '../../src/command/analyze.ts';
import { corpusFile } from '../support/corpus.ts';
import { type Schema, schemaErrors } from '../support/json-schema.ts';

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

import { describe, expect, it, test } from 'vitest';
import type { Dump } from '../../../src/core/model/dump.ts';
import { readDumps } from '../../../src/core/read/read-dumps.ts';
import { type CorpusFile, corpusFile, corpusFiles, hasSharedCorpus, NEEDS_SHARED } from '../../support/corpus.ts';
import { functionStacks, labelCounts } from '../../support/function-stacks.ts';
import { fileSource, nodePlatform } from '../../support/platform.ts';

async function readOne(file: CorpusFile): Promise<Dump> {
  const outcome = await readDumps(fileSource(file.path), nodePlatform);
  if (outcome === 'cancelled') throw new Error('cancelled');
  expect(outcome.nothing).toBeNull();
  expect(outcome.dumps).toHaveLength(1);
  return outcome.dumps[0]!;
}

/** Everything both counting forms and their expected records share. */
function expectAgreement(dump: Dump, file: CorpusFile): void {
  const { expected } = file;
  expect(dump.profile).toBe(expected.profile);
  expect(dump.goroutines).toBe(expected.goroutines);
  expect(dump.truncated).toBe(false);
  expect(dump.problems).toEqual([]);
  const stacks = functionStacks(dump);
  expect(stacks.size).toBe(expected.distinctStacks);
  expect(expected.topStacks!.length).toBeGreaterThan(0);
  for (const { count, functions } of expected.topStacks!)
    expect([functions, stacks.get(functions.join('\n'))]).toEqual([functions, count]);
  const labels = labelCounts(dump);
  expect(labels.size).toBe(expected.labels!.distinctLabelSets);
  expect([...labels.values()].reduce((a, b) => a + b, 0)).toBe(expected.labels!.goroutinesWithLabels);
  expect(dump.bytes.understood + dump.bytes.ignored).toBe(dump.bytes.read);
}

const allTextFiles = corpusFiles('debug1').filter((file) => file.expected.wrapped === undefined);
const textFiles = allTextFiles.filter((file) => file.expected.profile !== 'threadcreate');
const binaryFiles = corpusFiles('debug0');

describe('count profiles of the corpus', () => {
  it('are there', () => {
    expect(textFiles.length).toBeGreaterThan(50);
  });

  it.each(textFiles)('$name agrees with what other tools count', async (file) => {
    const dump = await readOne(file);
    expect(dump.format).toBe('count-profile');
    expectAgreement(dump, file);
    expect(dump.declared).toBe(file.expected.headerTotal);
    expect(dump.rows.length).toBe(file.expected.entries);
    expect(dump.bytes.read).toBe(fileSource(file.path).sizeBytes);
  });

  // CockroachDB's was published without a binary profile beside it.
  const labelled = textFiles.flatMap((file) => {
    const binary = corpusFile(file.name.replace('.debug1.txt', '.debug0.pb.gz'));
    return file.expected.labels!.distinctLabelSets > 0 && binary !== undefined
      ? [{ name: file.name, file, binary }]
      : [];
  });

  it('with labels have a binary profile of the same moment', () => {
    expect(labelled.length).toBeGreaterThan(3);
  });

  it.each(labelled)('$name has the labels of that profile', async ({ file, binary }) => {
    const labels = [...labelCounts(await readOne(file)).keys()].sort();
    const sets = Object.keys(binary.expected.labels!.sets).map((set) => JSON.stringify(JSON.parse(set)));
    expect(sets.length).toBeGreaterThan(0);
    // Expected records name the twenty most frequent sets only.
    if (binary.expected.labels!.distinctLabelSets === sets.length) expect(labels).toEqual(sets.sort());
    else for (const set of sets) expect(labels).toContain(set);
  });

  test.skipIf(!hasSharedCorpus)(`with CRLF or spaces for tabs read the same (${NEEDS_SHARED})`, async () => {
    const names = ['wrapped/debug1-crlf.txt', 'wrapped/debug1-tabs-to-spaces.txt'];
    const files = names.map((name) => corpusFile(name)!);
    for (const file of files) expectAgreement(await readOne(file), file);
  });

  test.skipIf(!hasSharedCorpus)(`behind one another in one file are several dumps (${NEEDS_SHARED})`, async () => {
    const file = corpusFile('wrapped/multi-2-debug1.txt')!;
    const outcome = await readDumps(fileSource(file.path), nodePlatform);
    const dumps = outcome === 'cancelled' ? [] : outcome.dumps;
    expect(dumps.map((dump) => dump.goroutines)).toEqual(file.expected.segments!.map((segment) => segment.goroutines));
    expect(dumps.reduce((sum, dump) => sum + dump.bytes.read, 0)).toBe(fileSource(file.path).sizeBytes);
  });
});

describe('binary profiles of the corpus', () => {
  it('are there', () => {
    expect(binaryFiles.length).toBeGreaterThan(50);
  });

  it.each(binaryFiles)('$name agrees with what other tools count', async (file) => {
    const dump = await readOne(file);
    expect(dump.format).toBe('pprof');
    expectAgreement(dump, file);
    expect(dump.declared).toBeNull();
    expect(dump.rows.length).toBe(file.expected.samples);
    expect(dump.rows.byteOffset).toBeNull();
    expect(dump.provenance.containers).toEqual(file.name.endsWith('.gz') ? ['gzip'] : []);
    const difference = dump.caveats.some((caveat) => caveat.startsWith('This is a difference profile'));
    expect(difference).toBe(file.expected.durationNanos !== 0 || file.expected.negativeSamples !== 0);
    const sets = Object.entries(file.expected.labels!.sets).map(([set, count]) => [
      JSON.stringify(JSON.parse(set)),
      count,
    ]);
    const labels = labelCounts(dump);
    for (const [set, count] of sets) expect([set, labels.get(String(set))]).toEqual([set, count]);
  });

  it.each(binaryFiles.filter((file) => file.expected.capturedAt !== undefined))(
    '$name knows when it was taken',
    async (file) => {
      const { provenance } = await readOne(file);
      expect(provenance.takenAtFrom).toBe('profile');
      // The record's time is noted when the capture of one moment in three forms was finished.
      expect(Math.abs(provenance.takenAtMs! - Date.parse(file.expected.capturedAt!))).toBeLessThan(10 * 60_000);
    },
  );
});

describe('files of the corpus that are no goroutine dump', () => {
  const files = [
    ...corpusFiles('not-a-goroutine-dump'),
    ...allTextFiles.filter((file) => file.expected.profile === 'threadcreate'),
  ];

  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
  });

  it.each(files)('$name is refused with what it is', async (file) => {
    const outcome = await readDumps(fileSource(file.path), nodePlatform);
    if (outcome === 'cancelled') throw new Error('cancelled');
    expect(outcome.dumps).toEqual([]);
    expect(outcome.nothing).toContain(
      {
        'wrong-inputs/cmdline.txt': 'the command line of a program',
        'wrong-inputs/empty.txt': 'an empty file',
        'wrong-inputs/goroutine-truncated.pb.gz': 'cut short',
        'wrong-inputs/heap.debug1.txt': 'a heap profile in text form',
        'wrong-inputs/heap.pb.gz': 'a heap profile (its samples are',
        'wrong-inputs/index.html': 'the index page of /debug/pprof/',
        'wrong-inputs/seconds-and-debug.txt': 'seconds and debug in one request',
        'wrong-inputs/threadcreate.debug1.txt': 'counts something other than goroutines',
      }[file.name] ?? 'counts something other than goroutines',
    );
    expect(outcome.nothing).toMatch(/curl -o goroutines\.txt/);
  });
});

describe('crashes without stacks', () => {
  it.each([
    ['crash-go1.19/panic.none.txt', 'something went wrong'],
    ['crash-go1.19/nil.none.txt', 'invalid memory address'],
    ['crash-go1.19/deadlock.none.txt', 'all goroutines are asleep'],
  ])('%s are refused with the panic line and GOTRACEBACK=all', async (name, line) => {
    const outcome = await readDumps(fileSource(corpusFile(name)!.path), nodePlatform);
    expect(outcome).toMatchObject({ dumps: [], nothing: expect.stringContaining(line) });
    expect(outcome).toMatchObject({ nothing: expect.stringContaining('GOTRACEBACK=all') });
  });

  it('race reports are read as races, never counted as goroutines', async () => {
    const outcome = await readDumps(fileSource(corpusFile('crash-go1.19/race.txt')!.path), nodePlatform);
    expect(outcome).toMatchObject({ dumps: [], nothing: null, races: [{ reports: 2 }] });
  });
});

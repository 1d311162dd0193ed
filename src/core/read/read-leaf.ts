import type { Dump } from '../model/dump.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Ending, Leaf } from './containers/leaf.ts';
import { instanceFromPath } from './containers/place-names.ts';
import { type Format, nothingIn, outcomeOf, type ReadContext, type ReadOutcome } from './format.ts';
import { type Opened, openHead } from './open-text.ts';
import { DEFAULT_COUNT_KEYS, MAX_MEMORY, type ReadOptions } from './options.ts';
import type { Forms } from './read-source.ts';
import { refuseAfterReading, refuseAtOnce, refuseBroken, refuseTooLarge } from './refusals.ts';
import type { ByteSource, Platform } from './source.ts';
import { takenAtOf } from './taken-at.ts';
import { type SplitText, splitText } from './text/split-text.ts';
import { TextReader } from './text/text-reader.ts';
import { createUnwrapper } from './wrappers/create-unwrapper.ts';
import type { Lane } from './wrappers/unwrapper.ts';

/** What reading one file after all containers needs to know. */
export interface LeafSurroundings {
  readonly source: ByteSource;
  readonly platform: Platform;
  readonly forms: Forms;
  readonly options: ReadOptions;
}

/** What one file holds, or why it holds nothing. */
export async function readLeaf(leaf: Leaf, around: LeafSurroundings): Promise<ReadOutcome | 'cancelled'> {
  const opened = await openHead(leaf.chunks, around.platform);
  const { head } = opened;
  if (opened.empty && leaf.ending() !== 'whole') return nothingIn(refuseBroken(leaf.containers.at(-1) ?? 'gzip'));
  const refused = refuseAtOnce(head);
  if (refused !== null) return nothingIn(refused);
  const outcome = await readForm(leaf, opened, around);
  if (outcome === 'cancelled') return 'cancelled';
  const ending = leaf.ending();
  if (outcome.nothing !== null) {
    return nothingIn(
      ending === 'cut' ? `${outcome.nothing} The packed stream also breaks off before its end.` : outcome.nothing,
    );
  }
  const last = outcome.dumps.length - 1;
  return { ...outcome, dumps: outcome.dumps.map((dump, i) => noteEnding(dump, ending, i === last)) };
}

async function readForm(leaf: Leaf, opened: Opened, around: LeafSurroundings): Promise<ReadOutcome | 'cancelled'> {
  for (const format of around.forms.documents) {
    const reason = format.detect(opened.head);
    if (reason !== null) return readDocument(leaf, opened, format, reason, around);
  }
  return readText(leaf, opened, around);
}

async function readDocument(
  leaf: Leaf,
  opened: Opened,
  format: Format,
  reason: string,
  around: LeafSurroundings,
): Promise<ReadOutcome | 'cancelled'> {
  const reader = format.createReader(contextOf(leaf, around, { formatReason: reason }));
  if ((await feed(opened, reader, around)) === 'cancelled') return 'cancelled';
  return reader.finish({ cut: isCut(leaf.ending()) });
}

/** Reads text in lanes: one for each process whose lines stand in it. */
async function readText(leaf: Leaf, opened: Opened, around: LeafSurroundings): Promise<ReadOutcome | 'cancelled'> {
  const readers: TextReader[] = [];
  const open = (lane: Lane): TextReader => {
    const known = { lane: lane.key, ...(lane.instance === null ? {} : { instance: lane.instance }) };
    const context: ReadContext = { ...contextOf(leaf, around, known), origins: lane.origins };
    const reader = new TextReader(context, around.forms.watches);
    readers.push(reader);
    return reader;
  };
  const unwrapper = createUnwrapper(
    opened.head,
    { open },
    {
      decodeText: around.platform.decodeText,
      unwrap: around.options.unwrap ?? true,
      referenceMs: leaf.modifiedMs ?? around.source.modifiedMs,
    },
  );
  const split = unwrapper.passesThrough ? await splitOf(leaf, around) : null;
  const [reader] = readers;
  const watcher = new Watcher(readers, leaf, around);
  const fed =
    split === null || reader === undefined
      ? await feed(opened, unwrapper, around, watcher)
      : await feedSplit(opened, reader, split, around, watcher);
  if (fed === 'cancelled') return 'cancelled';
  if (fed !== 'read') return nothingIn(fed.refused);
  unwrapper.finish();
  const { wrapper, encoding } = unwrapper;
  const outcomes = readers.map((reader) => reader.finish({ cut: isCut(leaf.ending()) }));
  const placed = <T extends { readonly provenance: Provenance }>(found: T): T => ({
    ...found,
    provenance: { ...found.provenance, wrapper, encoding },
  });
  const dumps = outcomes.flatMap((outcome) => outcome.dumps.map(placed));
  const countLogs = outcomes.flatMap((outcome) => outcome.countLogs.map(placed));
  const races = outcomes.flatMap((outcome) => outcome.races.map(placed));
  if (dumps.length + countLogs.length + races.length > 0) return { dumps, countLogs, races, notes: [], nothing: null };
  return outcomeOf([], refuseAfterReading(opened.head, outcomes[0]?.nothing ?? null));
}

/** A text that would take too much memory, in a sentence. */
interface Refused {
  readonly refused: string;
}

/** Bytes of a text after which what the rest will take can be told from what was taken so far. */
const SURE_BYTES = 32 * 1024 * 1024;

/** Looks at readers while they are fed: tells what they have so far, and sees when it will be too much. */
class Watcher {
  readonly #readers: readonly TextReader[];
  readonly #around: LeafSurroundings;
  /** Bytes the text will have; null when it is unpacked and nobody knows. */
  readonly #size: number | null;
  #fed = 0;

  constructor(readers: readonly TextReader[], leaf: Leaf, around: LeafSurroundings) {
    this.#readers = readers;
    this.#around = around;
    this.#size = leaf.containers.length === 0 && leaf.entry === null ? around.source.sizeBytes : null;
  }

  /** After so many bytes more: why no more may follow, or null. */
  pushed(bytes: number): string | null {
    this.#fed += bytes;
    const { lookAt, memoryBytes = MAX_MEMORY } = this.#around.options;
    const [first] = this.#readers;
    if (lookAt?.wants() === true) {
      const soFar = first?.soFar() ?? null;
      if (soFar !== null) lookAt.tell(soFar);
    }
    if (this.#fed < SURE_BYTES) return null;
    const kept = this.#readers.reduce((sum, reader) => sum + reader.keptBytes, 0);
    const whole = this.#size === null ? kept : (kept / this.#fed) * Math.max(this.#size, this.#fed);
    return whole <= memoryBytes ? null : refuseTooLarge(whole, memoryBytes, kept < whole);
  }
}

/** A large file that stands in no container, when there are others to read parts of it. */
async function splitOf(leaf: Leaf, { source, options }: LeafSurroundings): Promise<SplitText | null> {
  const isOutside = leaf.containers.length === 0 && leaf.entry === null;
  const { splitter } = options;
  if (splitter === undefined || !isOutside || source.sizeBytes < splitter.fromBytes) return null;
  const split = await splitText(source.sizeBytes, splitter);
  if (split !== null) options.onSplit?.(split.ownBytes);
  return split;
}

/** Reads the first part, then joins what others read of the rest; where that cannot be joined, reads on to the end. */
async function feedSplit(
  opened: Opened,
  reader: TextReader,
  split: SplitText,
  { options }: LeafSurroundings,
  watcher: Watcher,
): Promise<'cancelled' | 'read' | Refused> {
  let left = split.ownBytes;
  for await (const chunk of opened.all) {
    if (options.isCancelled?.() === true) return 'cancelled';
    if (left === 0 || left > chunk.length) {
      reader.push(chunk);
      left = Math.max(left - chunk.length, 0);
      const refused = watcher.pushed(chunk.length);
      if (refused !== null) return { refused };
      continue;
    }
    const rest = chunk.subarray(left);
    reader.push(chunk.subarray(0, left));
    left = 0;
    const segments = await split.segments;
    if (options.isCancelled?.() === true) return 'cancelled';
    if (segments !== null && reader.join(segments)) return 'read';
    reader.push(rest);
  }
  return 'read';
}

async function feed(
  opened: Opened,
  reader: { readonly push: (chunk: Uint8Array) => void },
  around: LeafSurroundings,
  watcher: Watcher | null = null,
): Promise<'cancelled' | 'read' | Refused> {
  for await (const chunk of opened.all) {
    // A few packed bytes may unpack to very many, so the source alone does not ask often enough.
    if (around.options.isCancelled?.() === true) return 'cancelled';
    reader.push(chunk);
    const refused = watcher?.pushed(chunk.length) ?? null;
    if (refused !== null) return { refused };
  }
  return 'read';
}

function contextOf(leaf: Leaf, around: LeafSurroundings, known: Partial<Provenance>): ReadContext {
  const { source, platform, options } = around;
  const path = leaf.entry === null ? source.path : `${source.path}/${leaf.entry.replaceAll('!/', '/')}`;
  const fileName = leaf.entry === null ? source.fileName : path.slice(path.lastIndexOf('/') + 1);
  return {
    decodeText: platform.decodeText,
    origins: null,
    countKeys: options.countKeys ?? DEFAULT_COUNT_KEYS,
    provenance: {
      fileName: source.fileName,
      path: source.path,
      fileBytes: source.sizeBytes,
      containers: leaf.containers,
      entry: leaf.entry,
      encoding: null,
      wrapper: null,
      lane: null,
      formatReason: '',
      ...takenAtOf({ fileName, path, modifiedMs: leaf.modifiedMs ?? source.modifiedMs }),
      instance: instanceFromPath(path),
      reason: null,
      ...known,
    },
  };
}

function isCut(ending: Ending): boolean {
  return ending === 'cut' || ending === 'limit';
}

/** Only the last dump of a broken stream is incomplete; those before it are whole, but the file held more. */
function noteEnding(dump: Dump, ending: Ending, isLast: boolean): Dump {
  if (ending === 'whole') return dump;
  if (ending === 'trailing') {
    const caveat = 'The packed file has bytes after its end that are not part of it; they were left out.';
    return { ...dump, caveats: [...dump.caveats, caveat] };
  }
  const why = ending === 'limit' ? 'Unpacking stopped at a limit' : 'The packed file is cut or damaged';
  if (!isLast) {
    return { ...dump, caveats: [...dump.caveats, `${why} after this dump: dumps behind it may be missing.`] };
  }
  return {
    ...dump,
    truncated: true,
    lowerBounds: [`${why}: only what could be unpacked before that is counted.`, ...dump.lowerBounds],
  };
}

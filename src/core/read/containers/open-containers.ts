import type { Container } from '../../model/provenance.ts';
import { peek } from '../peek.ts';
import type { Platform } from '../source.ts';
import { gunzipTolerant } from './gunzip-tolerant.ts';
import type { Ending, Leaf } from './leaf.ts';
import type { Meter } from './limits.ts';
import type { Member } from './member.ts';
import { isTar, tarMembers } from './tar.ts';
import { unzstd } from './unzstd.ts';
import { zipMembers } from './zip.ts';

/** Layers of compression that are removed one after the other; HTTP tooling packs a packed profile a second time. */
const MAX_LAYERS = 2;
/** Archives within each other that are opened. */
const MAX_DEPTH = 2;
/** Characters of a path in an archive that are kept. */
const MAX_PATH = 1000;
const TAR_BLOCK = 512;

/** What opening needs to know, once for a source. */
export interface Opening {
  readonly platform: Platform;
  /** Null: gzip is unpacked by the tolerant unpacker. */
  readonly gunzip: Platform['gunzip'] | null;
  readonly meter: Meter;
  readonly note: (text: string) => void;
  /** A gzip stream was given to the platform. */
  usedPlatform: boolean;
}

/** Where in the source a stream stands. */
interface Place {
  readonly entry: string | null;
  readonly containers: readonly Container[];
  readonly modifiedMs: number | null;
  readonly layers: number;
  readonly depth: number;
  /** How the containers around it ended so far. */
  readonly endings: readonly (() => Ending)[];
}

/** A source before anything is opened. */
export const OUTSIDE: Place = { entry: null, containers: [], modifiedMs: null, layers: 0, depth: 0, endings: [] };

/** All files in a stream, by the first bytes of what is found in it. */
export async function* openContainers(
  bytes: AsyncIterable<Uint8Array>,
  place: Place,
  opening: Opening,
): AsyncGenerator<Leaf> {
  const start = await peek(bytes, TAR_BLOCK);
  const kind = containerOf(start.first);
  const packed = place.containers.length === 0 && kind !== null ? inPieces(start.all, opening.meter) : start.all;
  if ((kind === 'gzip' || kind === 'zstd') && place.layers < MAX_LAYERS) {
    yield* openPacked(kind, packed, place, opening);
  } else if ((kind === 'zip' || kind === 'tar') && place.depth < MAX_DEPTH) {
    yield* openArchive(kind, packed, place, opening);
  } else if (kind === 'zip' || kind === 'tar') {
    opening.note(`${place.entry ?? 'An archive'} is an archive in an archive in an archive; it was not opened.`);
    for await (const _ of start.all) if (opening.meter.stopped !== null) break;
  } else {
    yield leafOf(start.all, place);
  }
}

/** Bytes given to the outermost container at once: what comes of them is counted before more follow. */
const PIECE_BYTES = 64 * 1024;

async function* inPieces(chunks: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES);
      meter.read(piece.length);
      yield piece;
    }
  }
}

/** What the first bytes of a stream say it is packed with; null for anything else. */
function containerOf(first: Uint8Array): Container | null {
  const [a, b, c, d] = first;
  // RFC 1952: the magic number and the only method gzip ever had.
  if (a === 0x1f && b === 0x8b && c === 8) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return 'zip';
  return isTar(first) ? 'tar' : null;
}

function leafOf(chunks: AsyncIterable<Uint8Array>, place: Place): Leaf {
  const order: readonly Ending[] = ['limit', 'cut', 'trailing'];
  return {
    entry: place.entry,
    containers: place.containers,
    modifiedMs: place.modifiedMs,
    chunks,
    ending: () => {
      const all = place.endings.map((ending) => ending());
      return order.find((ending) => all.includes(ending)) ?? 'whole';
    },
  };
}

async function* openPacked(
  kind: 'gzip' | 'zstd',
  packed: AsyncIterable<Uint8Array>,
  place: Place,
  opening: Opening,
): AsyncGenerator<Leaf> {
  let ended: Ending = 'whole';
  const onEnd = (ending: Ending): void => {
    ended = ending;
  };
  if (kind === 'gzip' && opening.gunzip !== null) opening.usedPlatform = true;
  const unpacked =
    kind === 'zstd'
      ? (opening.platform.unzstd ?? unzstd)(packed, onEnd)
      : opening.gunzip === null
        ? gunzipTolerant(packed, onEnd)
        : opening.gunzip(packed);
  const inner: Place = {
    ...place,
    containers: [...place.containers, kind],
    layers: place.layers + 1,
    endings: [...place.endings, () => ended],
  };
  yield* openContainers(
    metered(unpacked, opening.meter, () => onEnd('limit')),
    inner,
    opening,
  );
}

/** Passes chunks on until the meter says stop. */
async function* metered(
  chunks: AsyncIterable<Uint8Array>,
  meter: Meter,
  onLimit: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (meter.gave(chunk.length)) {
      onLimit();
      return;
    }
    yield chunk;
  }
}

async function* openArchive(
  kind: 'zip' | 'tar',
  bytes: AsyncIterable<Uint8Array>,
  place: Place,
  opening: Opening,
): AsyncGenerator<Leaf> {
  const { meter, platform, note } = opening;
  meter.archive = true;
  const members = kind === 'zip' ? zipMembers(bytes, note) : tarMembers(bytes, platform.decodeText, note);
  for await (const member of members) {
    if (isLeftOut(member.path)) continue;
    if (meter.entry()) return;
    yield* openMember(kind, member, place, opening);
    if (meter.stopped !== null) return;
  }
}

function openMember(kind: 'zip' | 'tar', member: Member, place: Place, opening: Opening): AsyncGenerator<Leaf> {
  const path = member.path.slice(0, MAX_PATH);
  let limited = false;
  const inner: Place = {
    entry: place.entry === null ? path : `${place.entry}!/${path}`,
    containers: [...place.containers, kind],
    modifiedMs: member.modifiedMs,
    layers: 0,
    depth: place.depth + 1,
    endings: [...place.endings, () => (limited ? 'limit' : member.cut() ? 'cut' : 'whole')],
  };
  const chunks = metered(member.chunks, opening.meter, () => {
    limited = true;
  });
  return openContainers(chunks, inner, opening);
}

/** Folders, and what macOS puts beside files. */
function isLeftOut(path: string): boolean {
  return path.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(path);
}

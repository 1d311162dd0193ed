import { toPlausibleMs } from '../taken-at.ts';
import { ByteStream } from './byte-stream.ts';
import type { Member, Note } from './member.ts';

const BLOCK = 512;
/** Bytes of a header that holds a long name or PAX records. */
const MAX_EXTRA_BYTES = 1024 * 1024;

/** What the header of an entry says. Own code: the tar libraries are web or Node streams, which this room must not know. */
interface Header {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number | null;
  readonly type: string;
}

/** Whether a block is the header of a tar entry: its checksum is right (POSIX ustar, GNU, and tar before both). */
export function isTar(block: Uint8Array): boolean {
  return block.length >= BLOCK && block[0] !== 0 && checksumIsRight(block.subarray(0, BLOCK));
}

/** The files in a tar archive. One that breaks off gives what stands before the break. */
export async function* tarMembers(
  chunks: AsyncIterable<Uint8Array>,
  decode: (bytes: Uint8Array) => string,
  note: Note,
): AsyncGenerator<Member> {
  const stream = new ByteStream(chunks);
  let longPath: string | null = null;
  let pax: ReadonlyMap<string, string> = new Map();
  try {
    for (;;) {
      const block = await stream.exactly(BLOCK);
      if (block.length < BLOCK || block.every((byte) => byte === 0)) return;
      if (!checksumIsRight(block)) {
        note('The tar archive is damaged: what stands behind the damage was left out.');
        return;
      }
      const header = readHeader(block, decode);
      const padded = Math.ceil(header.size / BLOCK) * BLOCK;
      if (header.type === 'L' || header.type === 'x') {
        if (header.size > MAX_EXTRA_BYTES)
          return note('The tar archive has a name longer than can be; it was not read further.');
        const text = decode(await stream.exactly(header.size));
        if (header.type === 'L') longPath = text.replace(/\0.*$/s, '');
        else pax = readPax(text);
        await stream.skip(padded - header.size);
        continue;
      }
      const size = Number(pax.get('size') ?? header.size);
      const path = pax.get('path') ?? longPath ?? header.path;
      const mtime = Number(pax.get('mtime') ?? Number.NaN);
      longPath = null;
      pax = new Map();
      const room = Math.ceil(size / BLOCK) * BLOCK;
      if (header.type !== '0' || !Number.isSafeInteger(size) || size === 0) {
        if (!(await stream.skip(Number.isSafeInteger(room) ? room : padded))) return;
        continue;
      }
      const body = new Body(stream, size);
      const modifiedMs = Number.isNaN(mtime) ? header.modifiedMs : toPlausibleMs(mtime * 1000);
      yield { path, modifiedMs, chunks: body.chunks(), cut: () => body.broke };
      if (!(await stream.skip(body.left + room - size))) return;
    }
  } finally {
    await stream.close();
  }
}

/** The bytes of one entry. */
class Body {
  readonly #stream: ByteStream;
  left: number;
  broke = false;

  constructor(stream: ByteStream, size: number) {
    this.#stream = stream;
    this.left = size;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    while (this.left > 0) {
      const piece = await this.#stream.some(this.left);
      if (piece.length === 0) {
        this.broke = true;
        this.left = 0;
        return;
      }
      this.left -= piece.length;
      yield piece;
    }
  }
}

function readHeader(block: Uint8Array, decode: (bytes: Uint8Array) => string): Header {
  const text = (from: number, length: number): string =>
    decode(block.subarray(from, from + length)).replace(/\0.*$/s, '');
  const prefix = text(257, 5) === 'ustar' && text(257, 8) !== 'ustar  ' ? text(345, 155) : '';
  const name = text(0, 100);
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: numberAt(block, 124, 12),
    modifiedMs: toPlausibleMs(numberAt(block, 136, 12) * 1000),
    type: type === '\0' || type === '7' ? '0' : type,
  };
}

/** A number in octal digits, or in base 256 behind a set first bit (GNU, for sizes over 8 GB). */
function numberAt(block: Uint8Array, from: number, length: number): number {
  const first = block[from] ?? 0;
  if (first >= 0x80) {
    let value = first & 0x7f;
    for (let i = from + 1; i < from + length; i++) value = value * 256 + (block[i] ?? 0);
    return value;
  }
  let value = 0;
  for (let i = from; i < from + length; i++) {
    const digit = (block[i] ?? 0) - 48;
    if (digit >= 0 && digit < 8) value = value * 8 + digit;
    else if (digit !== -16) break;
  }
  return value;
}

/** The sum of all bytes of a header, its own field counted as spaces. */
function checksumIsRight(block: Uint8Array): boolean {
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i] ?? 0;
  return sum === numberAt(block, 148, 8);
}

/** `30 path=a/very/long/name\n`: length, key and value of each record (POSIX pax). */
function readPax(text: string): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^\d{1,9} ([^=]{1,100})=(.*)$/s.exec(line);
    if (found !== null) records.set(found[1] ?? '', found[2] ?? '');
  }
  return records;
}

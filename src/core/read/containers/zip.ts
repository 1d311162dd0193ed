import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import type { Member, Note } from './member.ts';

/** Bytes handed to the unpacker at once, so that zeros packed a thousand times give 16 MB at most before they are counted. */
const SLICE_BYTES = 16 * 1024;
/** Pieces given on at once. */
const PIECE_BYTES = 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

type Event =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly broke: boolean };

/** The files in a zip archive, read from its beginning on. One that breaks off gives what stands before the break. */
export async function* zipMembers(chunks: AsyncIterable<Uint8Array>, note: Note): AsyncGenerator<Member> {
  const events = new ZipEvents(chunks, note);
  try {
    for (;;) {
      const event = await events.next();
      if (event === null) return;
      if (event.kind !== 'file') continue;
      const body = new Body(events);
      yield { path: event.path, modifiedMs: null, chunks: body.chunks(), cut: () => body.broke };
      await body.skip();
    }
  } finally {
    await events.close();
  }
}

/** The bytes of one entry: events up to its end. */
class Body {
  readonly #events: ZipEvents;
  #ended = false;
  broke = false;

  constructor(events: ZipEvents) {
    this.#events = events;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    while (!this.#ended) {
      const bytes = await this.#next();
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
    }
  }

  async skip(): Promise<void> {
    while (!this.#ended) await this.#next();
  }

  async #next(): Promise<Uint8Array> {
    const event = await this.#events.next();
    if (event?.kind === 'data') return event.bytes;
    this.#ended = true;
    this.broke = event === null || (event.kind === 'end' && event.broke);
    return new Uint8Array(0);
  }
}

/** Turns the callbacks of the unpacker into events that are asked for. */
class ZipEvents {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #unzip: Unzip;
  readonly #events: Event[] = [];
  readonly #note: Note;
  readonly #slices: Uint8Array[] = [];
  #ended = false;
  #open = false;

  constructor(chunks: AsyncIterable<Uint8Array>, note: Note) {
    this.#iterator = chunks[Symbol.asyncIterator]();
    this.#note = note;
    this.#unzip = new Unzip((file) => this.#file(file));
    this.#unzip.register(UnzipInflate);
  }

  #file(file: UnzipFile): void {
    if (file.name.endsWith('/')) return;
    if (file.compression !== STORED && file.compression !== DEFLATED) {
      this.#note(
        `${file.name.slice(0, 200)} in the zip archive is packed in a way that is not read (method ${file.compression}).`,
      );
      return;
    }
    this.#events.push({ kind: 'file', path: file.name });
    this.#open = true;
    file.ondata = (error, bytes, final) => {
      if (!this.#open) return;
      if (error === null && bytes.length > 0) this.#events.push({ kind: 'data', bytes });
      if (error === null && !final) return;
      this.#open = false;
      this.#events.push({ kind: 'end', broke: error !== null });
    };
    file.start();
  }

  async next(): Promise<Event | null> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#ended) return null;
      await this.#feed();
    }
  }

  async #feed(): Promise<void> {
    const slice = this.#slices.shift();
    if (slice !== undefined) {
      this.#push(slice, false);
      return;
    }
    const next = await this.#iterator.next();
    if (next.done === true) {
      this.#ended = true;
      if (this.#open) this.#events.push({ kind: 'end', broke: true });
      return;
    }
    // Copies: the unpacker keeps bytes that are not complete yet.
    for (let at = 0; at < next.value.length; at += SLICE_BYTES)
      this.#slices.push(next.value.slice(at, at + SLICE_BYTES));
  }

  #push(slice: Uint8Array, final: boolean): void {
    try {
      this.#unzip.push(slice, final);
    } catch {
      if (this.#open) this.#events.push({ kind: 'end', broke: true });
      else this.#note('The zip archive is damaged: what stands behind the damage was left out.');
      this.#open = false;
      this.#ended = true;
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

const CR = 13;
const LF = 10;

/** Takes the CR out of each CR LF of a stream of chunks cut anywhere. Other CRs stay. */
export class CrRemover {
  readonly #out: { readonly push: (chunk: Uint8Array) => void };
  #held = false;
  /** Taken out so far. */
  removed = 0;

  constructor(out: { readonly push: (chunk: Uint8Array) => void }) {
    this.#out = out;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const text = new Uint8Array(chunk.length + 1);
    let length = 0;
    if (this.#held) {
      if (chunk[0] === LF) this.removed++;
      else text[length++] = CR;
      this.#held = false;
    }
    let from = 0;
    for (let cr = chunk.indexOf(CR); cr >= 0; cr = chunk.indexOf(CR, cr + 1)) {
      const last = cr + 1 === chunk.length;
      if (!last && chunk[cr + 1] !== LF) continue;
      text.set(chunk.subarray(from, cr), length);
      length += cr - from;
      from = cr + 1;
      if (last) this.#held = true;
      else this.removed++;
    }
    text.set(chunk.subarray(from), length);
    length += chunk.length - from;
    if (length > 0) this.#out.push(text.subarray(0, length));
  }

  finish(): void {
    if (this.#held) this.#out.push(Uint8Array.of(CR));
    this.#held = false;
  }
}

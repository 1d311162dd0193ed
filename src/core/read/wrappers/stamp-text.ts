import { Clock } from './clock.ts';
import { epochMs, stampMs } from './stamps.ts';

const MAX_LENGTH = 40;

/** Reads times that stand in fields as text, the usual form of them without a regular expression. */
export class StampText {
  readonly #clock: Clock;
  readonly #referenceMs: number | null;
  readonly #bytes = new Uint8Array(MAX_LENGTH + 1);

  /** As of `stampMs`. */
  constructor(referenceMs: number | null) {
    this.#clock = new Clock(referenceMs);
    this.#referenceMs = referenceMs;
  }

  /** Milliseconds since 1970 UTC, or null: RFC 3339, other forms that logs print, and numbers as of `epochMs`. */
  of(text: string): number | null {
    if (text.length <= MAX_LENGTH) {
      for (let i = 0; i < text.length; i++) this.#bytes[i] = text.charCodeAt(i);
      this.#bytes[text.length] = 0;
      if (this.#clock.iso(this.#bytes, 0) > 0) return Number.isNaN(this.#clock.ms) ? null : this.#clock.ms;
    }
    return /^\d{10,19}(\.\d{1,9})?$/.test(text) ? epochMs(Number(text)) : stampMs(text, this.#referenceMs);
  }
}

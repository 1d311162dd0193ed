import type { SymbolBuilder } from '../../../model/symbol-builder.ts';
import type { FrameIndex } from '../../../model/symbols.ts';
import { type ProfileIndex, readLocation } from './profile.ts';
import type { WireId } from './wire.ts';

/** Lines of one location that are kept: calls inlined into one another at one place. */
const MAX_LOCATION_LINES = 1000;

/** Turns locations into frames, each once. */
export class LocationFrames {
  readonly #bytes: Uint8Array;
  readonly #index: ProfileIndex;
  readonly #symbols: SymbolBuilder;
  readonly #text: (place: number) => string;
  readonly #known = new Map<WireId, readonly FrameIndex[]>();
  /** Locations that samples name and the profile does not hold. */
  missing = 0;
  /** Frames without a function: Go 1.8 wrote addresses only, and C code has none. */
  nameless = 0;
  anyNamed = false;

  constructor(bytes: Uint8Array, index: ProfileIndex, symbols: SymbolBuilder, text: (place: number) => string) {
    this.#bytes = bytes;
    this.#index = index;
    this.#symbols = symbols;
    this.#text = text;
  }

  /** Innermost first: calls inlined at this place, then the function that holds the address. */
  framesOf(id: WireId): readonly FrameIndex[] {
    let frames = this.#known.get(id);
    if (frames === undefined) {
      frames = this.#make(id);
      this.#known.set(id, frames);
    }
    return frames;
  }

  #make(id: WireId): readonly FrameIndex[] {
    const span = this.#index.locations.get(id);
    if (span === undefined) {
      this.missing++;
      return [this.#symbols.frame(`(location ${id} is missing)`, '', 0, 'native')];
    }
    const { address, lines } = readLocation(this.#bytes, span, MAX_LOCATION_LINES);
    if (lines.length === 0) return [this.#address(address)];
    return lines.map(({ functionId, line }, i) => {
      const fn = this.#index.functions.get(functionId);
      const name = fn === undefined ? '' : this.#text(fn.name);
      if (fn === undefined || name === '') return this.#address(address);
      this.anyNamed = true;
      return this.#symbols.frame(name, this.#text(fn.file), line, i < lines.length - 1 ? 'inlined' : 'go');
    });
  }

  #address(address: string): FrameIndex {
    this.nameless++;
    return this.#symbols.frame(address, '', 0, 'native');
  }
}

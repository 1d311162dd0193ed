const MB = 1024 * 1024;

/** Where unpacking stops, so that a small hostile file cannot fill memory or keep the page busy. */
export interface Limits {
  /** Unpacked bytes for each packed one, asked once `ratioAfterBytes` were unpacked. */
  readonly ratio: number;
  readonly ratioAfterBytes: number;
  /** Unpacked bytes of an archive, all entries together. A single packed dump may be as large as it likes at a usual ratio. */
  readonly archiveBytes: number;
  /** Entries of all archives in a source. */
  readonly entries: number;
}

/**
 * Dumps of a million equal goroutines pack 60 to 150 times smaller; zeros 1,000 times. Support bundles hold some thousand
 * files and rarely more than a gigabyte.
 */
export const DEFAULT_LIMITS: Limits = {
  ratio: 400,
  ratioAfterBytes: 64 * MB,
  archiveBytes: 4096 * MB,
  entries: 10_000,
};

/** Counts what goes in and comes out of containers, and says when to stop. */
export class Meter {
  readonly #limits: Limits;
  #packed = 0;
  #unpacked = 0;
  #entries = 0;
  /** Why unpacking stopped, for people; null while it goes on. */
  stopped: string | null = null;
  archive = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  read(bytes: number): void {
    this.#packed += bytes;
  }

  /** Counts what a container gave; true when that is too much. */
  gave(bytes: number): boolean {
    this.#unpacked += bytes;
    const { ratio, ratioAfterBytes, archiveBytes } = this.#limits;
    const times = this.#unpacked / Math.max(1, this.#packed);
    if (this.#unpacked > ratioAfterBytes && times > ratio) {
      this.#stop(`it unpacks to over ${ratio} times its size, as files made to fill memory do`);
    } else if (this.archive && this.#unpacked > archiveBytes) {
      this.#stop(`the files in it are larger than ${Math.round(archiveBytes / MB).toLocaleString('en')} MB together`);
    }
    return this.stopped !== null;
  }

  /** Counts an entry of an archive; true when there are too many. */
  entry(): boolean {
    const { entries } = this.#limits;
    if (++this.#entries > entries) this.#stop(`it holds more than ${entries.toLocaleString('en')} files`);
    return this.stopped !== null;
  }

  #stop(why: string): void {
    this.stopped ??= `Unpacking stopped because ${why}. What came before is shown; unpack the rest yourself and open the dumps in it.`;
  }
}

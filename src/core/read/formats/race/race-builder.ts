import type { Race, RaceAccess, RaceCreation } from '../../../model/race-report.ts';
import type { Frame } from '../../../model/symbols.ts';
import * as lines from './lines.ts';

/** Limits of one report. Real ones have four stacks of some ten frames. */
const MAX_SECTIONS = 64;
const MAX_FRAMES = 256;
const MAX_NOTES = 64;
const MAX_NOTE = 500;
/** Lines of others between those of a report: another thread wrote while it was printed. */
const MAX_FOREIGN = 5;

/** What a line was to a report. `over`: the report ended before it, without its closing rule. */
export type RaceLine = 'own' | 'closing' | 'over';

interface OpenSection {
  readonly section: lines.SectionLine | null;
  readonly frames: Frame[];
  lost: boolean;
}

/** Collects one report, from the line after its warning to its closing rule. */
export class RaceBuilder {
  readonly #line: number;
  readonly #accesses: RaceAccess[] = [];
  readonly #creations: RaceCreation[] = [];
  readonly #notes: string[] = [];
  #open: OpenSection | null = null;
  /** Function whose file line has not come yet. */
  #pending: string | null = null;
  #foreign = 0;
  /** Something of it was left out because of a limit. */
  shortened = false;

  /** `line`: of the warning, in the input. */
  constructor(line: number) {
    this.#line = line;
  }

  /** `text` without spaces around it. */
  add(text: string): RaceLine {
    if (lines.isRule(text)) return 'closing';
    if (text === lines.WARNING || lines.isOtherText(text)) return 'over';
    if (text === '') return 'own';
    const section = lines.parseSection(text);
    if (section !== null || lines.isNote(text)) {
      this.#endSection();
      this.#open = { section, frames: [], lost: false };
      if (section === null) this.#note(text);
    } else if (!this.#stackLine(text)) {
      // Whatever stands directly below the warning of a real report is an access.
      if (this.#open === null || ++this.#foreign > MAX_FOREIGN) return 'over';
      this.#note(text);
      return 'own';
    }
    this.#foreign = 0;
    return 'own';
  }

  #stackLine(text: string): boolean {
    const open = this.#open;
    if (open === null) return false;
    if (text === lines.NO_STACK) {
      open.lost = true;
      return true;
    }
    const file = this.#pending === null ? null : lines.parseFile(text);
    if (file !== null) {
      this.#frame(open, this.#pending ?? '', file.file, file.line);
      this.#pending = null;
      return true;
    }
    const name = lines.parseFunction(text);
    if (name === null) return false;
    this.#endFrame(open);
    this.#pending = name;
    return true;
  }

  #frame(open: OpenSection, name: string, file: string, line: number): void {
    if (open.section === null) this.#note(file === '' ? `${name}()` : `${name}() ${file}:${line}`);
    else if (open.frames.length < MAX_FRAMES) open.frames.push({ function: name, file, line, kind: 'go' });
    else this.shortened = true;
  }

  #endFrame(open: OpenSection): void {
    if (this.#pending !== null) this.#frame(open, this.#pending, '', 0);
    this.#pending = null;
  }

  #note(text: string): void {
    if (this.#notes.length < MAX_NOTES) this.#notes.push(text.slice(0, MAX_NOTE));
    else this.shortened = true;
  }

  #endSection(): void {
    const open = this.#open;
    if (open === null) return;
    this.#endFrame(open);
    this.#open = null;
    const { section } = open;
    if (section === null) return;
    if (this.#accesses.length + this.#creations.length >= MAX_SECTIONS) {
      this.shortened = true;
      return;
    }
    const frames = open.lost ? null : open.frames;
    if (section.kind === 'access') {
      const { what, address, goroutine } = section;
      this.#accesses.push({ what, address, goroutine, frames });
    } else {
      const { goroutine, state } = section;
      this.#creations.push({ goroutine, state, frames });
    }
  }

  /** Null when no access was read: the warning stood in other text. */
  finish(): Omit<Race, 'times'> | null {
    this.#endSection();
    if (this.#accesses.length === 0) return null;
    return { line: this.#line, accesses: this.#accesses, creations: this.#creations, notes: this.#notes };
  }
}

/** Equal for reports with the same stacks: addresses, ids and notes differ from one to the next. */
export function raceKey(race: Omit<Race, 'times'>): string {
  const stack = (frames: readonly Frame[] | null): string =>
    frames === null ? '?' : frames.map((at) => `${at.function}\n${at.file}\n${at.line}`).join('\n');
  return [
    ...race.accesses.map((access) => `${access.what}\n${access.goroutine === 'main'}\n${stack(access.frames)}`),
    ...race.creations.map((creation) => stack(creation.frames)),
  ].join('\n\n');
}

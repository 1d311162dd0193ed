import { PHASES, type Phase } from '../../core/trend/phase.ts';

/** What is known of a dump's phase; null phase: nothing tells. */
export interface PhaseAt {
  readonly phase: Phase | null;
  readonly guessed: boolean;
}

/** Dumps of one phase in a row: places `from` up to, not including, `to`. */
export interface PhaseBand {
  readonly phase: Phase | null;
  readonly from: number;
  readonly to: number;
  /** Dumps among them whose phase was guessed. */
  readonly guessed: number;
}

/** Where one phase ends and the next begins. At either end of the row it is one that could begin there. */
export interface PhaseBorder {
  /** The same for the same border wherever it is moved. */
  readonly key: string;
  /** It stands before the dump of this place. */
  readonly place: number;
  /** Phases of the dumps before and after it. */
  readonly left: Phase | null;
  readonly right: Phase | null;
  /** Places it can be moved to, both included. */
  readonly least: number;
  readonly most: number;
}

/** Dumps to mark: places `from` up to, not including, `to`. Null takes marks away. */
export interface PhaseMark {
  readonly from: number;
  readonly to: number;
  readonly phase: Phase | null;
}

/** Bands of dumps in time order. They touch each other and hold every dump once. */
export function phaseBands(phases: readonly PhaseAt[]): readonly PhaseBand[] {
  const bands: { phase: Phase | null; from: number; to: number; guessed: number }[] = [];
  phases.forEach(({ phase, guessed }, place) => {
    let band = bands.at(-1);
    if (band === undefined || band.phase !== phase) {
      band = { phase, from: place, to: place, guessed: 0 };
      bands.push(band);
    }
    band.to = place + 1;
    if (guessed && phase !== null) band.guessed++;
  });
  return bands;
}

/**
 * Borders between the bands, and one at either end where a phase is missing: load that begins before the first dump can
 * be moved in. A band at the end, or without a phase, can be moved over whole; one between two others keeps a dump, as
 * nothing could bring it back.
 */
export function phaseBorders(bands: readonly PhaseBand[]): readonly PhaseBorder[] {
  const first = bands[0];
  const last = bands.at(-1);
  if (first === undefined || last === undefined) return [];
  const borders: Omit<PhaseBorder, 'key'>[] = [];
  const known = bands.flatMap(({ phase }) => phase ?? []);
  const end = last.to;
  const before = first.phase === null ? (known[0] === undefined ? 'before' : earlier(known[0])) : earlier(first.phase);
  if (before !== null) borders.push({ place: 0, left: before, right: first.phase, least: 0, most: mostOf(bands, 0) });
  for (let at = 1; at < bands.length; at++) {
    const left = bands[at - 1];
    const right = bands[at];
    if (left === undefined || right === undefined) continue;
    borders.push({
      place: right.from,
      left: left.phase,
      right: right.phase,
      least: at === 1 || left.phase === null ? left.from : left.from + 1,
      most: mostOf(bands, at),
    });
  }
  const final = known.at(-1);
  const after = final === undefined ? 'load' : later(final);
  if (after !== null) {
    const least = bands.length === 1 || last.phase === null ? last.from : last.from + 1;
    borders.push({ place: end, left: last.phase, right: after, least, most: end });
  }
  const seen = new Map<string, number>();
  return borders.map((border) => {
    const kind = `${border.left}-${border.right}`;
    const times = seen.get(kind) ?? 0;
    seen.set(kind, times + 1);
    return { ...border, key: `${kind}-${times}` };
  });
}

/** The last place for the border before band `at`. */
function mostOf(bands: readonly PhaseBand[], at: number): number {
  const band = bands[at];
  if (band === undefined) return 0;
  return at === bands.length - 1 || band.phase === null ? band.to : band.to - 1;
}

/** What to mark so that the border stands before `place`; null when it stands there, or may not. */
export function moveBorder(border: PhaseBorder, place: number): PhaseMark | null {
  const to = Math.min(border.most, Math.max(border.least, place));
  if (to === border.place) return null;
  return to < border.place
    ? { from: to, to: border.place, phase: border.right }
    : { from: border.place, to, phase: border.left };
}

/** Phases as they will be; a mark taken away leaves nothing known. */
export function withMark(phases: readonly PhaseAt[], mark: PhaseMark): readonly PhaseAt[] {
  return phases.map((each, place) =>
    place >= mark.from && place < mark.to ? { phase: mark.phase, guessed: false } : each,
  );
}

/** Places a border may stop at: between dumps of different moments, at both ends, and where it is. `xs` ascend. */
export function borderStops(border: PhaseBorder, xs: readonly number[]): readonly number[] {
  const stops: number[] = [];
  for (let place = border.least; place <= border.most; place++) {
    const atEnd = place === 0 || place === xs.length;
    if (atEnd || place === border.place || xs[place - 1] !== xs[place]) stops.push(place);
  }
  return stops;
}

/** "Load begins", for the name of a border. */
export function borderName({ left, right }: Pick<PhaseBorder, 'left' | 'right'>): string {
  if (right === 'load') return 'Load begins';
  if (left === 'load') return 'Load ends';
  if (right === 'after') return 'After load begins';
  if (left === 'before') return 'Before load ends';
  if (right === 'before') return 'Before load begins';
  return 'After load ends';
}

/** "load begins before load-1.txt"; `names` of the dumps in order. */
export function borderWords(border: PhaseBorder, names: readonly string[]): string {
  const what = borderName(border);
  const words = what.charAt(0).toLowerCase() + what.slice(1);
  const next = names[border.place];
  return next === undefined ? `${words} after the last dump` : `${words} before ${next}`;
}

function earlier(phase: Phase): Phase | null {
  return PHASES[PHASES.indexOf(phase) - 1] ?? null;
}

function later(phase: Phase): Phase | null {
  return PHASES[PHASES.indexOf(phase) + 1] ?? null;
}

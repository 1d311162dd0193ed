import type { Dump, ProfileKind } from '../../../model/dump.ts';
import { ProblemLog } from '../../../model/problem.ts';
import type { Provenance } from '../../../model/provenance.ts';
import { NONE, RecordRowBuilder } from '../../../model/rows.ts';
import { SymbolBuilder } from '../../../model/symbol-builder.ts';
import { type LabelSet, NO_FRAME } from '../../../model/symbols.ts';
import { nothingIn, outcomeOf, type ReadContext, type ReadOutcome } from '../../format.ts';
import { refuseCutProfile, refuseProfile } from '../../refusals.ts';
import { toPlausibleMs } from '../../taken-at.ts';
import { LocationFrames } from './location-frames.ts';
import { indexProfile, type ProfileIndex, readSample, type Sample } from './profile.ts';

/** Frames of one sample, and of all together, that are kept: a small hostile file can name one location very often. */
const MAX_SAMPLE_FRAMES = 10_000;
const MAX_FRAMES = 32_000_000;

/** The dump in the bytes of a whole profile, or why there is none. Never throws; damage costs the record it stands in. */
export function readProfile(bytes: Uint8Array, cut: boolean, context: ReadContext): ReadOutcome {
  const index = indexProfile(bytes);
  const text = textTable(bytes, index, context);
  const types = index.sampleTypes.map(({ type, unit }) => ({ type: text(type), unit: text(unit) }));
  if (types.length === 0 || types.some(({ type }) => type === '')) return nothingIn(refuseCutProfile());
  const column = types.findIndex(({ type, unit }) => toKind(type) !== null && (unit === 'count' || unit === ''));
  const profile = toKind(types[column]?.type ?? '');
  if (profile === null) {
    return nothingIn(refuseProfile(types.map(({ type, unit }) => `${type}/${unit}`)));
  }

  const symbols = new SymbolBuilder();
  const problems = new ProblemLog();
  const caveats: string[] = [];
  const lowerBounds: string[] = [];
  const locations = new LocationFrames(bytes, index, symbols, text);
  const { rows, negative, overfull } = addSamples(bytes, index, column, { symbols, problems, locations, text });

  if (index.brokenAt !== null) {
    problems.add(
      0,
      '',
      `The profile breaks off or is damaged at byte ${index.brokenAt}; what stands before it was read.`,
    );
    lowerBounds.push('The profile is cut or damaged: samples and names behind the break are missing.');
  }
  if (index.damaged > 0) problems.add(0, '', `${index.damaged} locations or functions could not be read.`);
  if (locations.missing > 0)
    problems.add(0, '', `${locations.missing} locations that samples name are not in the profile.`);
  if (overfull)
    lowerBounds.push(
      `Reading stopped after ${MAX_FRAMES.toLocaleString('en')} frames; samples behind that are missing.`,
    );
  if (index.durationNanos !== 0 || negative) {
    caveats.push('This is a difference profile (?seconds=N): its counts are changes over that time, not goroutines.');
  }
  if (locations.nameless > 0 && !locations.anyNamed) {
    caveats.push('The profile names no functions (Go 1.8, or a stripped program): frames are addresses.');
  }
  const goroutines = rows.total;
  const dump: Dump = {
    format: 'pprof',
    profile,
    provenance: withTime(context.provenance, index.timeNanos),
    symbols: symbols.finish(),
    rows: rows.finish(),
    goroutines,
    declared: null,
    truncated: cut || index.brokenAt !== null || overfull,
    problems: problems.kept,
    problemCount: problems.count,
    lowerBounds,
    runningTests: [],
    caveats,
    bytes: { read: bytes.length, understood: index.understood, ignored: bytes.length - index.understood },
  };
  return outcomeOf([dump], '');
}

/** Sample type of runtime/pprof: `goroutine`/`count`, `goroutineleak`/`count`. */
function toKind(type: string): ProfileKind | null {
  return type === 'goroutine' || type === 'goroutineleak' ? type : null;
}

/** Texts by their place in the string table, decoded once; empty for a place that is not in the file. */
function textTable(bytes: Uint8Array, index: ProfileIndex, context: ReadContext): (place: number) => string {
  const decoded = new Map<number, string>();
  return (place) => {
    let text = decoded.get(place);
    if (text === undefined) {
      const span = index.strings[place];
      text = span === undefined ? '' : context.decodeText(bytes.subarray(span.start, span.end));
      decoded.set(place, text);
    }
    return text;
  };
}

interface Parts {
  readonly symbols: SymbolBuilder;
  readonly problems: ProblemLog;
  readonly locations: LocationFrames;
  readonly text: (place: number) => string;
}

function addSamples(
  bytes: Uint8Array,
  index: ProfileIndex,
  column: number,
  parts: Parts,
): { rows: RecordRowBuilder; negative: boolean; overfull: boolean } {
  const rows = new RecordRowBuilder();
  let negative = false;
  let frameBudget = MAX_FRAMES;
  for (const span of index.samples) {
    const sample = readSample(bytes, span);
    const weight = sample?.values[column];
    if (sample === null || weight === undefined) {
      parts.problems.add(0, '', `The sample at byte ${span.start} could not be read; it was left out.`);
      continue;
    }
    const frames: number[] = [];
    for (const id of sample.locationIds) {
      for (const frame of parts.locations.framesOf(id)) if (frames.length < MAX_SAMPLE_FRAMES) frames.push(frame);
      if (frames.length < MAX_SAMPLE_FRAMES) continue;
      parts.problems.add(
        0,
        '',
        `The sample at byte ${span.start} has very many frames; those beyond ${MAX_SAMPLE_FRAMES} were left out.`,
      );
      break;
    }
    frameBudget -= frames.length;
    if (frameBudget < 0) return { rows, negative, overfull: true };
    const labels = labelsOf(sample, parts.text);
    rows.add(weight, parts.symbols.stack(frames, NO_FRAME), labels.length === 0 ? NONE : parts.symbols.labels(labels));
    negative ||= weight < 0;
  }
  return { rows, negative, overfull: false };
}

/** Numbers are written by other tools than Go's runtime; they are shown with their unit. */
function labelsOf(sample: Sample, text: (place: number) => string): LabelSet {
  return sample.labels.map(({ key, text: place, num, unit }) => {
    const value = place !== 0 || num === null ? text(place) : `${num}${unit === 0 ? '' : ` ${text(unit)}`}`;
    return [text(key), value] as const;
  });
}

/** The profile's own clock stands above file names and file times. */
function withTime(provenance: Provenance, timeNanos: number): Provenance {
  const takenAtMs = toPlausibleMs(timeNanos / 1e6);
  return takenAtMs === null ? provenance : { ...provenance, takenAtMs, takenAtFrom: 'profile' };
}

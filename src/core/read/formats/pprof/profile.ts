import { WIRE, type WireId, WireReader } from './wire.ts';

/** Field numbers of perftools.profiles.Profile (google/pprof proto/profile.proto) that are read here. */
export const PROFILE = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  string: 6,
  timeNanos: 9,
  durationNanos: 10,
  periodType: 11,
  docUrl: 15,
} as const;
const VARINT_FIELDS: readonly number[] = [7, 8, PROFILE.timeNanos, PROFILE.durationNanos, 12, 13, 14, PROFILE.docUrl];

/** A piece of the input. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the parts of a profile stand. Go writes messages of all kinds mixed, a Location after the Sample that uses it and
 * the strings last, so the file is walked once for this and its parts are read when they are needed.
 */
export interface ProfileIndex {
  readonly sampleTypes: readonly ValueType[];
  readonly samples: readonly Span[];
  readonly locations: ReadonlyMap<WireId, Span>;
  readonly functions: ReadonlyMap<WireId, GoFunction>;
  readonly strings: readonly Span[];
  readonly timeNanos: number;
  readonly durationNanos: number;
  /** Bytes of the fields that profile.proto knows. */
  readonly understood: number;
  /** Offset at which the walk had to stop, or null when the file is whole. */
  readonly brokenAt: number | null;
  /** Locations and functions that could not be read. */
  readonly damaged: number;
}

/** Indexes into the string table, as all texts of a profile. */
export interface ValueType {
  readonly type: number;
  readonly unit: number;
}

export interface GoFunction {
  readonly name: number;
  readonly file: number;
}

/** One walk over the whole file; nothing is decoded to text. */
export function indexProfile(bytes: Uint8Array): ProfileIndex {
  const sampleTypes: ValueType[] = [];
  const samples: Span[] = [];
  const locations = new Map<WireId, Span>();
  const functions = new Map<WireId, GoFunction>();
  const strings: Span[] = [];
  let timeNanos = 0;
  let durationNanos = 0;
  let understood = 0;
  let damaged = 0;
  const reader = new WireReader(bytes);
  for (let from = 0; reader.next(); from = reader.at) {
    if (reader.field <= PROFILE.docUrl) understood += reader.at - from;
    if (reader.field === PROFILE.timeNanos) timeNanos = reader.signed;
    if (reader.field === PROFILE.durationNanos) durationNanos = reader.signed;
    if (reader.wire !== WIRE.bytes) continue;
    const span: Span = { start: reader.start, end: reader.end };
    if (reader.field === PROFILE.string) strings.push(span);
    else if (reader.field === PROFILE.sample) samples.push(span);
    else if (reader.field === PROFILE.sampleType) sampleTypes.push(readValueType(bytes, span) ?? { type: 0, unit: 0 });
    else if (reader.field === PROFILE.location) {
      const id = readId(bytes, span);
      if (id === null) damaged++;
      else locations.set(id, span);
    } else if (reader.field === PROFILE.function) {
      const id = readId(bytes, span);
      const named = readFunction(bytes, span);
      if (id === null || named === null) damaged++;
      else functions.set(id, named);
    }
  }
  const brokenAt = reader.broken ? reader.at : null;
  return {
    sampleTypes,
    samples,
    locations,
    functions,
    strings,
    timeNanos,
    durationNanos,
    understood,
    brokenAt,
    damaged,
  };
}

/**
 * Whether bytes begin like a profile: fields of profile.proto with their wire types, one of them a sample or period type
 * that reads as one. The last field may be cut. Text never passes: each of its bytes would have to fall on a tag or inside
 * a message.
 */
export function looksLikeProfile(bytes: Uint8Array): boolean {
  const reader = new WireReader(bytes);
  let typed = false;
  while (reader.next()) {
    const scalar = VARINT_FIELDS.includes(reader.field);
    if (reader.field > PROFILE.docUrl && typed) continue;
    // Comments (13) are repeated numbers, packed by some writers.
    if (reader.wire !== (scalar ? WIRE.varint : WIRE.bytes) && reader.field !== 13) return false;
    if (reader.field === PROFILE.sampleType || reader.field === PROFILE.periodType) {
      if (readValueType(bytes, reader) === null) return false;
      typed = true;
    }
  }
  return typed;
}

/** ValueType { type = 1, unit = 2 }; null when it holds anything else. */
function readValueType(bytes: Uint8Array, span: Span): ValueType | null {
  const reader = new WireReader(bytes, span.start, span.end);
  let type = 0;
  let unit = 0;
  while (reader.next()) {
    if (reader.wire !== WIRE.varint || reader.field > 2) return null;
    if (reader.field === 1) type = reader.signed;
    else unit = reader.signed;
  }
  return reader.broken ? null : { type, unit };
}

/** Field 1 of Location and of Function. */
function readId(bytes: Uint8Array, span: Span): WireId | null {
  const reader = new WireReader(bytes, span.start, span.end);
  let id: WireId | null = null;
  while (reader.next()) if (reader.field === 1 && reader.wire === WIRE.varint) id = reader.id;
  return reader.broken ? null : id;
}

/** Function { name = 2, filename = 4 }. */
function readFunction(bytes: Uint8Array, span: Span): GoFunction | null {
  const reader = new WireReader(bytes, span.start, span.end);
  let name = 0;
  let file = 0;
  while (reader.next()) {
    if (reader.wire !== WIRE.varint) continue;
    if (reader.field === 2) name = reader.signed;
    if (reader.field === 4) file = reader.signed;
  }
  return reader.broken ? null : { name, file };
}

/** Line { function_id = 1, line = 2 } of a Location, innermost inlined call first. */
export interface LocationLine {
  readonly functionId: WireId;
  readonly line: number;
}

/** Location { address = 3, line = 4 }. */
export function readLocation(
  bytes: Uint8Array,
  span: Span,
  maxLines: number,
): { address: string; lines: LocationLine[] } {
  const reader = new WireReader(bytes, span.start, span.end);
  let address = '0x0';
  const lines: LocationLine[] = [];
  while (reader.next()) {
    if (reader.field === 3 && reader.wire === WIRE.varint) address = hex(reader.id);
    if (reader.field !== 4 || reader.wire !== WIRE.bytes || lines.length >= maxLines) continue;
    const inner = new WireReader(bytes, reader.start, reader.end);
    let functionId: WireId = 0;
    let line = 0;
    while (inner.next()) {
      if (inner.wire !== WIRE.varint) continue;
      if (inner.field === 1) functionId = inner.id;
      if (inner.field === 2) line = inner.signed;
    }
    lines.push({ functionId, line });
  }
  return { address, lines };
}

function hex(address: WireId): string {
  if (typeof address === 'number') return `0x${address.toString(16)}`;
  const [high = '', low = ''] = address.split(':');
  return `0x${Number(high).toString(16)}${Number(low).toString(16).padStart(8, '0')}`;
}

/** One record of the profile. */
export interface Sample {
  readonly locationIds: readonly WireId[];
  readonly values: readonly number[];
  readonly labels: readonly SampleLabel[];
}

/** Label { key = 1, str = 2, num = 3, num_unit = 4 }; `num` is null unless written. */
export interface SampleLabel {
  readonly key: number;
  readonly text: number;
  readonly num: number | null;
  readonly unit: number;
}

/** Sample { location_id = 1, value = 2, label = 3 }, or null when it is damaged. */
export function readSample(bytes: Uint8Array, span: Span): Sample | null {
  const reader = new WireReader(bytes, span.start, span.end);
  const locationIds: WireId[] = [];
  const values: number[] = [];
  const labels: SampleLabel[] = [];
  let whole = true;
  while (reader.next()) {
    if (reader.field === 1) whole = reader.eachNumber((_, id) => locationIds.push(id)) && whole;
    else if (reader.field === 2) whole = reader.eachNumber((value) => values.push(value)) && whole;
    else if (reader.field === 3 && reader.wire === WIRE.bytes) labels.push(readLabel(bytes, reader));
  }
  return whole && !reader.broken ? { locationIds, values, labels } : null;
}

function readLabel(bytes: Uint8Array, span: Span): SampleLabel {
  const reader = new WireReader(bytes, span.start, span.end);
  const label: { key: number; text: number; num: number | null; unit: number } = {
    key: 0,
    text: 0,
    num: null,
    unit: 0,
  };
  while (reader.next()) {
    if (reader.wire !== WIRE.varint) continue;
    if (reader.field === 1) label.key = reader.signed;
    else if (reader.field === 2) label.text = reader.signed;
    else if (reader.field === 3) label.num = reader.signed;
    else if (reader.field === 4) label.unit = reader.signed;
  }
  return label;
}

import {
  Label,
  Line,
  Location,
  Profile,
  Function as ProfileFunction,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';

export interface ProfileSpec {
  readonly type?: string;
  readonly unit?: string;
  readonly timeNanos?: bigint;
  readonly durationNanos?: number;
  readonly samples: readonly SampleSpec[];
}

export interface SampleSpec {
  readonly count: number;
  /** Innermost first. One entry is one address: functions inlined at it, then the one that holds it. `[]`: no function. */
  readonly stack: readonly (readonly string[])[];
  readonly labels?: Readonly<Record<string, string | number>>;
}

/** First address and id; large, so that ids and addresses need more than 32 bits. */
const BASE = 0x1_0000_0000n;

/** A pprof file, written by the pprof-format package: another hand than the reader under test. Every function stands in /m.go:7. */
export function profileOf(spec: ProfileSpec): Uint8Array {
  const stringTable = new StringTable();
  const location: Location[] = [];
  const functions = new Map<string, ProfileFunction>();
  const toFunction = (name: string): ProfileFunction => {
    const known = functions.get(name);
    if (known !== undefined) return known;
    const made = new ProfileFunction({
      id: functions.size + 1,
      name: stringTable.dedup(name),
      filename: stringTable.dedup('/m.go'),
    });
    functions.set(name, made);
    return made;
  };
  const toLocation = (names: readonly string[]): bigint => {
    const id = BASE + BigInt(location.length);
    const line = names.map((name) => new Line({ functionId: toFunction(name).id, line: 7 }));
    location.push(new Location({ id, address: id, line }));
    return id;
  };
  const sample = spec.samples.map(
    ({ count, stack, labels }) =>
      new Sample({
        locationId: stack.map(toLocation),
        value: [count],
        label: Object.entries(labels ?? {}).map(
          ([key, value]) =>
            new Label({
              key: stringTable.dedup(key),
              ...(typeof value === 'string'
                ? { str: stringTable.dedup(value) }
                : { num: value, numUnit: stringTable.dedup('bytes') }),
            }),
        ),
      }),
  );
  const valueType = new ValueType({
    type: stringTable.dedup(spec.type ?? 'goroutine'),
    unit: stringTable.dedup(spec.unit ?? 'count'),
  });
  return new Profile({
    sampleType: [valueType],
    periodType: valueType,
    period: 1,
    sample,
    location,
    function: [...functions.values()],
    stringTable,
    timeNanos: spec.timeNanos ?? 0,
    durationNanos: spec.durationNanos ?? 0,
  }).encode();
}

// node test/bench/gen-counts.mjs --goroutines N --stacks K --form text|pprof --out FILE [--seed S]
// A goroutine profile that only counts: debug=1 text, or gzipped protobuf (debug=0). Deterministic from the seed. Counts
// fall by 1/rank and sum up to N; each stack has its own leaf over frames that are shared.

import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Function as Fn, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';

const { values: options } = parseArgs({
  options: {
    goroutines: { type: 'string' },
    stacks: { type: 'string' },
    form: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '21' },
  },
});
const goroutines = Number(options.goroutines);
const stacks = Number(options.stacks);
if (!(goroutines >= stacks && stacks > 0) || !options.out) throw new Error('--goroutines N --stacks K --out FILE');

let state = Number(options.seed) | 0;
/** Below `below`; xorshift32. */
function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

/** A call has one address, wherever it stands in a stack. */
function addressOf(fn) {
  let hash = 0;
  for (let i = 0; i < fn.length; i++) hash = (Math.imul(hash, 31) + fn.charCodeAt(i)) | 0;
  return 0x400000 + ((hash >>> 0) % 0x7fffff);
}

/** Index of a frame in a stack → what it is; few are shared by many. */
function framesOf(stack) {
  const depth = 4 + random(10);
  const frames = [{ fn: `example.com/svc/pkg${stack % 97}.(*Worker).run${stack}`, line: 20 + (stack % 400) }];
  for (let i = 1; i < depth; i++) {
    const shared = random(600);
    frames.push({ fn: `example.com/lib/p${shared % 40}.(*T${shared % 25}).step${shared}`, line: 10 + (shared % 300) });
  }
  return frames.map(({ fn, line }) => ({
    fn,
    line,
    file: `/srv/${fn.slice(0, fn.lastIndexOf('.(')).replace('example.com/', '')}/x.go`,
  }));
}

function* records() {
  const harmonic = Math.log(stacks) + 0.5772;
  let left = goroutines - stacks;
  for (let stack = 0; stack < stacks; stack++) {
    const more =
      stack === stacks - 1 ? left : Math.min(left, Math.floor((goroutines - stacks) / harmonic / (stack + 1)));
    left -= more;
    yield { count: 1 + more, frames: framesOf(stack) };
  }
}

if (options.form === 'text') await writeText();
else if (options.form === 'pprof') writeProfile();
else throw new Error('--form text or pprof');

async function writeText() {
  const out = createWriteStream(options.out);
  out.write(`goroutine profile: total ${goroutines}\n`);
  for (const { count, frames } of records()) {
    const addresses = frames.map(({ fn }) => `0x${addressOf(fn).toString(16)}`);
    const lines = frames.map(
      ({ fn, file, line }, i) =>
        `#\t${addresses[i]}\t${fn}+0x${(addressOf(fn) % 0x400).toString(16)}\t${file}:${line}\n`,
    );
    if (!out.write(`${count} @ ${addresses.join(' ')}\n${lines.join('')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function writeProfile() {
  const strings = new StringTable();
  const functions = new Map();
  const locations = new Map();
  const locationOf = ({ fn, file, line }) => {
    let func = functions.get(fn);
    if (func === undefined) {
      func = new Fn({
        id: functions.size + 1,
        name: strings.dedup(fn),
        systemName: strings.dedup(fn),
        filename: strings.dedup(file),
      });
      functions.set(fn, func);
    }
    let location = locations.get(fn);
    if (location === undefined) {
      location = new Location({ id: locations.size + 1, line: [new Line({ functionId: func.id, line })] });
      locations.set(fn, location);
    }
    return location.id;
  };
  const type = new ValueType({ type: strings.dedup('goroutine'), unit: strings.dedup('count') });
  const sample = [...records()].map(
    ({ count, frames }) => new Sample({ locationId: frames.map(locationOf), value: [count] }),
  );
  const profile = new Profile({
    sampleType: [type],
    periodType: type,
    period: 1,
    timeNanos: 1_700_000_000_000_000_000n,
    sample,
    location: [...locations.values()],
    function: [...functions.values()],
    stringTable: strings,
  });
  writeFileSync(options.out, gzipSync(profile.encode()));
}

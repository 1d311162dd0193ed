// node test/bench/causes.mjs [--stacks 100000] [--rules 200] [--runs 7]
// Times naming the causes of a dump of distinct stacks beside grouping the same dump, in one run. Prints numbers; the aim
// (200 rules over 100,000 stacks below 300 ms) is for people to read, so nothing here runs in `npm test`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    stacks: { type: 'string', default: '100000' },
    rules: { type: 'string', default: '200' },
    runs: { type: 'string', default: '7' },
  },
});
const stacks = Number(options.stacks);
const ruleCount = Number(options.rules);
const runs = Number(options.runs);
/** One stack in so many is one that a rule names. */
const NAMED_EVERY = 5;

/** A printed word of each class whose name is none. */
const WORDS = {
  'chan nil': 'chan send (nil chan)',
  'select empty': 'select (no cases)',
  lock: 'sync.Mutex.Lock',
  'wait group': 'sync.WaitGroup.Wait',
  cond: 'sync.Cond.Wait',
  'runtime idle': 'GC worker (idle)',
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-causes-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const core = await buildCore();
  const rules = manyRules(core.ALL_RULES, ruleCount);
  const text =
    generatedText(Math.floor(stacks - stacks / NAMED_EVERY)) + namedText(rules, Math.ceil(stacks / NAMED_EVERY));
  const [dump] = (await core.readAll(text)) ?? [];
  const functions = new Set(dump.symbols.frameFunction).size;
  console.log(
    `${dump.symbols.stackCreator.length.toLocaleString('en')} distinct stacks, ${functions.toLocaleString('en')} functions, ${rules.length} rules; node ${process.version}, ${os.cpus()[0]?.model}`,
  );
  const index = core.indexDump(dump);
  const context = { rules, rising: new Set(), dumps: 1 };
  const times = { match: [], group: [], name: [] };
  for (let run = -1; run < runs; run++) {
    const group = timed(() => core.groupDump(core.indexDump(dump), 'exact'));
    const table = group.answer;
    const match = timed(() => core.matchStacks(index, core.compileSubjects(rules)));
    const name = timed(() => core.nameCauses(index, table, context));
    // The first run warms up.
    if (run < 0) console.log(`named: ${name.answer.causes.filter((cause) => cause !== null).length} groups`);
    if (run < 0) continue;
    times.group.push(group.ms);
    times.match.push(match.ms);
    times.name.push(name.ms);
  }
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  for (const [what, list] of Object.entries(times)) {
    console.log(
      `${what.padEnd(6)} median ${median(list).toFixed(0)} ms, ${(median(list) / median(times.group)).toFixed(2)} × grouping, best ${Math.min(...list).toFixed(0)} ms`,
    );
  }
}

function timed(work) {
  const start = performance.now();
  const answer = work();
  return { answer, ms: performance.now() - start };
}

/** The parts of the core that are timed, bundled: Node 20 does not read TypeScript. */
async function buildCore() {
  const files = {
    cells: 'src/core/group/cells.ts',
    group: 'src/core/group/group-dump.ts',
    match: 'src/core/causes/match-stack.ts',
    name: 'src/core/causes/name-causes.ts',
    rules: 'src/core/causes/rules/all-rules.ts',
    read: 'test/support/read-one.ts',
  };
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      copyPublicDir: false,
      target: 'node20',
      rolldownOptions: { input: files, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  const parts = await Promise.all(
    Object.keys(files).map((name) => import(pathToFileURL(path.join(folder, `${name}.mjs`)).href)),
  );
  return Object.assign({}, ...parts);
}

/** So many rules: the shipped ones, then copies that name other modules. */
function manyRules(shipped, count) {
  const rename = (text) => (text === 'USER' ? text : text.replace(/^([^*/]+)(?=[./])/, '$1copy'));
  const copy = (rule, round) => ({
    ...rule,
    id: `${rule.id}-${round}`,
    otherwise: null,
    stacks: rule.stacks.map(({ top, frames, createdBy, without }) => ({
      ...(top && { top: top.map(rename) }),
      ...(frames && { frames: frames.map((part) => part.map(rename)) }),
      ...(createdBy && { createdBy: createdBy.map(rename) }),
      ...(without && { without: without.map(rename) }),
    })),
  });
  const rules = [...shipped];
  for (let at = 0; rules.length < count; at++)
    rules.push(copy(shipped[at % shipped.length], Math.floor(at / shipped.length)));
  return rules.slice(0, count);
}

function generatedText(count) {
  const out = path.join(folder, 'dump.txt');
  const script = fileURLToPath(new URL('gen-dump.mjs', import.meta.url));
  const args = ['--goroutines', String(count), '--stacks', String(count), '--seed', '5', '--out', out];
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return readFileSync(out, 'utf8');
}

/** Stacks that rules name, each distinct by the function that called. */
function namedText(rules, count) {
  const printed = (patterns, at) => {
    const pattern = patterns[at % patterns.length];
    return pattern === 'USER' ? `main.user${at % 997}` : pattern.replace(/(?<!\()\*/g, 'x');
  };
  const blocks = [];
  for (let at = 0; at < count; at++) {
    const rule = rules[at % rules.length];
    const { top, frames = [], createdBy } = rule.stacks[at % rule.stacks.length];
    const state = WORDS[rule.states[at % Math.max(rule.states.length, 1)]] ?? rule.states[0] ?? 'select';
    const functions = [
      ...(top ? [printed(top, at)] : []),
      ...frames.map((part) => printed(part, at)),
      `main.caller${at}`,
    ];
    const lines = functions.map((name) => `${name}(0x1)\n\t/srv/app.go:${1 + (at % 500)} +0x1d`);
    const creator = createdBy ? printed(createdBy, at) : 'main.main';
    blocks.push(
      `goroutine ${1_000_000 + at} [${state}]:\n${lines.join('\n')}\ncreated by ${creator} in goroutine 1\n\t/srv/app.go:5 +0x1d\n`,
    );
  }
  return `\n${blocks.join('\n')}`;
}

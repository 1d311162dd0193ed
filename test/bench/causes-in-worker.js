// Runs inside a worker of Chromium: times naming the causes of a dump of distinct stacks beside grouping the same dump.
import { compileSubjects, matchStacks } from '../../src/core/causes/match-stack.ts';
import { nameCauses } from '../../src/core/causes/name-causes.ts';
import { ALL_RULES } from '../../src/core/causes/rules/all-rules.ts';
import { indexDump } from '../../src/core/group/cells.ts';
import { groupDump } from '../../src/core/group/group-dump.ts';
import { readDumps } from '../../src/core/read/read-dumps.ts';
import { workerPlatform } from '../../src/worker/platform.ts';

/** A printed word of each class whose name is none. */
const WORDS = {
  'chan nil': 'chan send (nil chan)',
  'select empty': 'select (no cases)',
  lock: 'sync.Mutex.Lock',
  'wait group': 'sync.WaitGroup.Wait',
  cond: 'sync.Cond.Wait',
  'runtime idle': 'GC worker (idle)',
};

self.addEventListener('message', async ({ data: { file, namedStacks, ruleCount, runs } }) => {
  const rules = manyRules(ALL_RULES, ruleCount);
  const named = new TextEncoder().encode(namedText(rules, namedStacks));
  const source = {
    fileName: 'dump.txt',
    path: 'dump.txt',
    sizeBytes: file.size + named.length,
    modifiedMs: null,
    async *chunks() {
      yield* file.stream();
      yield named;
    },
  };
  const { dumps } = await readDumps(source, workerPlatform, {});
  const [dump] = dumps;
  const context = { rules, rising: new Set(), dumps: 1 };
  const times = { match: [], group: [], name: [] };
  let groups = 0;
  for (let run = -1; run < runs; run++) {
    let index = null;
    const group = timed(() => {
      index = indexDump(dump);
      return groupDump(index, 'exact');
    });
    const match = timed(() => matchStacks(index, compileSubjects(rules)));
    const name = timed(() => nameCauses(index, group.answer, context));
    groups = name.answer.causes.filter((cause) => cause !== null).length;
    // The first run warms up.
    if (run < 0) continue;
    times.group.push(group.ms);
    times.match.push(match.ms);
    times.name.push(name.ms);
  }
  const functions = new Set(dump.symbols.frameFunction).size;
  postMessage({ times, named: groups, functions, stacks: dump.symbols.stackCreator.length, rules: rules.length });
});

function timed(work) {
  const start = performance.now();
  const answer = work();
  return { answer, ms: performance.now() - start };
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

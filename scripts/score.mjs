// npm run score: judges the verdicts of the analyze command on series whose label is known from their programs, and
// writes docs/verdict-score.md; the causes it names (score-causes.mjs) go to docs/cause-score.md. Ends with 1 when an aim
// is missed.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUNDLE, buildCommand } from './build-command.mjs';
import { causesToMarkdown, idleDumps, judgeCauseAims, KERNELS, readCauses, readIdle } from './score-causes.mjs';

const FIXTURES = fileURLToPath(new URL('../test/fixtures', import.meta.url));
const REPORT = fileURLToPath(new URL('../docs/verdict-score.md', import.meta.url));
const CAUSE_REPORT = fileURLToPath(new URL('../docs/cause-score.md', import.meta.url));

/** @typedef {'leak' | 'healthy' | 'stuck'} Label */
/** @typedef {'debug2' | 'debug1' | 'debug0'} Form */
/** @typedef {{ moment: string, phase: string } & Partial<Record<Form, string>>} LabelledDump */
/**
 * @typedef {{ name: string, label: Label, set: 'seen' | 'held-out', cause?: string, pace?: string, keeps?: boolean,
 *   culprit?: readonly string[], dir: string, dumps: readonly LabelledDump[] }} Series
 */
/**
 * `keeps`: healthy, but what it made under load is kept. `named`: a culprit is among the first three groups with a call
 * that fits the label.
 *
 * @typedef {{ name: string, label: Label, set: string, cause?: string, pace?: string, keeps?: boolean, subset: string, call: string,
 *   named: boolean }} Result
 */
/** @typedef {{ what: string, want: string, got: string, met: boolean }} Aim */

export const LABELS = /** @type {const} */ (['leak', 'healthy', 'stuck']);
export const CALLS = [
  'leaked',
  'growing',
  'raised',
  'spike',
  'stuck',
  'steady',
  'shrinking',
  'suspicious',
  'cannot-tell',
];
/** A leak is found by these, strictly by the first two. */
const FOUND = ['leaked', 'growing', 'raised'];
const STRICT = ['leaked', 'growing'];

const THREE = [['before'], ['load-later', 'load', 'after'], ['after-later', 'after', 'load-later']];
const LOAD_AFTER = [['load'], ['after-later', 'after', 'load-later']];
const BEFORE_AFTER = [['before'], ['after', 'after-later', 'load-later']];

/**
 * What is analysed of each series. A moment that a series does not have is replaced by the next one named.
 *
 * @type {readonly { name: string, form: Form, moments: readonly (readonly string[])[] | 'all', aim?: 'three' | 'two' }[]}
 */
export const SUBSETS = [
  { name: 'all dumps', form: 'debug2', moments: 'all' },
  { name: 'three dumps', form: 'debug2', moments: THREE, aim: 'three' },
  { name: 'load and after', form: 'debug2', moments: LOAD_AFTER, aim: 'two' },
  { name: 'before and after', form: 'debug2', moments: BEFORE_AFTER, aim: 'two' },
  { name: 'three dumps, debug=1', form: 'debug1', moments: THREE },
  { name: 'two dumps, debug=1', form: 'debug1', moments: BEFORE_AFTER },
  { name: 'three dumps, pprof', form: 'debug0', moments: THREE },
  { name: 'two dumps, pprof', form: 'debug0', moments: BEFORE_AFTER },
];

/**
 * The files of a series that belong to a subset; null when it does not have them all.
 *
 * @param {Series} series
 * @param {(typeof SUBSETS)[number]} subset
 * @returns {string[] | null}
 */
export function filesOf(series, { form, moments }) {
  const chosen =
    moments === 'all'
      ? series.dumps
      : moments.map((names) =>
          names.map((name) => series.dumps.find(({ moment }) => moment === name)).find((dump) => dump !== undefined),
        );
  const files = chosen.map((dump) => dump?.[form]);
  if (files.length < 2 || new Set(files).size < files.length || files.includes(undefined)) return null;
  return files.map((file) => join(FIXTURES, series.dir, String(file)));
}

/**
 * A name that tells the order and the time of a dump and nothing else: words like "before" are hints to its phase, and
 * verdicts must not need them.
 *
 * @param {string} file
 * @param {number} at
 */
export function neutralName(file, at) {
  const time = /\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ/.exec(basename(file))?.[0];
  return [at + 1, ...(time ? [time] : [])].join('-') + (/(?:\.txt|\.pb)?(?:\.gz)?$/.exec(file)?.[0] ?? '');
}

/** A function as printed, without the numbers that compilers give to closures. @param {string} name */
const withoutClosure = (name) => name.replace(/(?:\.(?:func|gowrap)?\d+)+$/, '');

/**
 * The call of an analysis, and whether one of its first three groups with such a call is a culprit.
 *
 * @param {any} analysis
 * @param {Series} series
 * @returns {{ call: string, named: boolean }}
 */
export function readVerdict(analysis, series) {
  const verdict = analysis.verdict;
  if (!verdict) throw new Error(`${series.name}: the analysis holds no verdict`);
  if (!CALLS.includes(verdict.call)) throw new Error(`${series.name}: unknown call "${verdict.call}"`);
  const culprits = (series.culprit ?? []).map(withoutClosure);
  const names = new Set(
    analysis.dumps.flatMap((/** @type {any} */ dump) =>
      dump.groups
        .filter((/** @type {any} */ group) =>
          group.frames.some((/** @type {any} */ frame) => culprits.includes(withoutClosure(frame.function))),
        )
        .map((/** @type {any} */ group) => group.name),
    ),
  );
  const fitting = series.label === 'stuck' ? ['stuck'] : FOUND;
  const first = verdict.groups.filter((/** @type {any} */ group) => fitting.includes(group.call)).slice(0, 3);
  return { call: verdict.call, named: first.some((/** @type {any} */ group) => names.has(group.name)) };
}

/**
 * Whether a call says what the label says. `raised` is also true of a healthy service that keeps the workers or
 * connections it made under load.
 *
 * @param {Pick<Result, 'label' | 'call' | 'keeps'>} result
 */
export function isRight({ label, call, keeps = false }) {
  if (label === 'leak') return FOUND.includes(call);
  if (label === 'stuck') return call === 'stuck';
  return call === 'raised' ? keeps : !STRICT.includes(call) && call !== 'stuck';
}

/**
 * Label × call → how many.
 *
 * @param {readonly Pick<Result, 'label' | 'call'>[]} results
 * @returns {Record<Label, Record<string, number>>}
 */
export function confusion(results) {
  const row = (/** @type {Label} */ label) =>
    Object.fromEntries(
      CALLS.map((call) => [call, results.filter((one) => one.label === label && one.call === call).length]),
    );
  return { leak: row('leak'), healthy: row('healthy'), stuck: row('stuck') };
}

/**
 * How many of the results with a label fit.
 *
 * @param {readonly Result[]} results
 * @param {Label} label
 * @param {(result: Result) => boolean} fits
 * @returns {{ count: number, of: number }}
 */
function share(results, label, fits) {
  const labelled = results.filter((result) => result.label === label);
  return { count: labelled.filter(fits).length, of: labelled.length };
}

/**
 * The numbers of one subset.
 *
 * @param {readonly Result[]} results
 */
export function tally(results) {
  return {
    series: results.length,
    confusion: confusion(results),
    alarms: share(results, 'healthy', ({ call }) => STRICT.includes(call)),
    raised: share(results, 'healthy', ({ call }) => call === 'raised'),
    found: share(results, 'leak', ({ call }) => FOUND.includes(call)),
    strict: share(results, 'leak', ({ call }) => STRICT.includes(call)),
    named: share(results, 'leak', ({ named }) => named),
    stuck: share(results, 'stuck', ({ call }) => call === 'stuck'),
    stuckNamed: share(results, 'stuck', ({ named }) => named),
  };
}

/** @param {{ count: number, of: number }} share */
const formatShare = ({ count, of }) => (of === 0 ? '–' : `${count} of ${of} (${Math.floor((100 * count) / of)} %)`);

/**
 * What the verdicts must reach, and whether they do. An aim without a series to judge is missed.
 *
 * @param {readonly Result[]} results
 * @returns {Aim[]}
 */
export function judgeAims(results) {
  const alarms = share(results, 'healthy', ({ call }) => STRICT.includes(call));
  const reach = SUBSETS.flatMap(({ name, aim }) => {
    if (!aim) return [];
    const percent = aim === 'three' ? 95 : 80;
    const { found } = tally(results.filter(({ subset }) => subset === name));
    const met = found.of > 0 && 100 * found.count >= percent * found.of;
    return [{ what: `leaks found, ${name}`, want: `at least ${percent} %`, got: formatShare(found), met }];
  });
  const calm = { what: 'healthy series called leaked or growing', want: '0', got: formatShare(alarms) };
  return [{ ...calm, met: alarms.of > 0 && alarms.count === 0 }, ...reach];
}

/**
 * The report, the same on every run over the same dumps.
 *
 * @param {readonly Result[]} results
 * @returns {string}
 */
export function toMarkdown(results) {
  const lines = [
    '# How good the verdicts are',
    '',
    'Written by `npm run score`. Series of dumps of programs whose label is known from their source',
    '(`test/fixtures/series`). Rules were made with half of them, *seen*; the other half is *held out*. A leak is found',
    'when it is called leaked, growing or raised, strictly when it is called leaked or growing; its culprit is named when',
    'it is among the first three groups with such a call. A healthy service may be called raised when it keeps the workers',
    'or connections it made under load. Files are read under names that tell their order and time and nothing else.',
    '',
    '## Aims',
    '',
    '| aim | wanted | reached | |',
    '|---|---|---|---|',
    ...judgeAims(results).map(
      ({ what, want, got, met }) => `| ${what} | ${want} | ${got} | ${met ? 'met' : 'missed'} |`,
    ),
  ];
  for (const { name } of SUBSETS) {
    const ofSubset = results.filter(({ subset }) => subset === name);
    if (ofSubset.length === 0) continue;
    lines.push('', `## ${name[0]?.toUpperCase()}${name.slice(1)}`, '', ...shareTable(ofSubset));
    for (const set of ['seen', 'held-out']) {
      const ofSet = ofSubset.filter((result) => result.set === set);
      if (ofSet.length > 0) lines.push('', ...confusionTable(set, ofSet));
    }
    const wrong = ofSubset.filter((result) => !isRight(result));
    const unnamed = ofSubset.filter((result) => result.label !== 'healthy' && isRight(result) && !result.named);
    lines.push('', ...listed('Wrong', wrong), ...listed('Right, culprit not named', unnamed));
    if (lines.at(-1) === '') lines.pop();
  }
  return `${lines.join('\n')}\n`;
}

/** @param {readonly Result[]} results */
function shareTable(results) {
  const sets = [results, ...['seen', 'held-out'].map((set) => results.filter((result) => result.set === set))].map(
    tally,
  );
  const found = (/** @type {'cause' | 'pace'} */ by, /** @type {readonly string[]} */ values) =>
    values
      .map((value) => `${value} ${formatShare(tally(results.filter((result) => result[by] === value)).found)}`)
      .join(', ');
  const row = (/** @type {string} */ title, /** @type {(of: ReturnType<typeof tally>) => any} */ pick) =>
    `| ${title} | ${sets.map((set) => formatShare(pick(set))).join(' | ')} |`;
  return [
    '| | all | seen | held out |',
    '|---|---|---|---|',
    row('healthy called leaked or growing', ({ alarms }) => alarms),
    row('healthy called raised', ({ raised }) => raised),
    row('leaks found', ({ found }) => found),
    row('leaks found strictly', ({ strict }) => strict),
    row('leaks with their culprit named', ({ named }) => named),
    row('stuck found', ({ stuck }) => stuck),
    row('stuck with their culprit named', ({ stuckNamed }) => stuckNamed),
    '',
    `Found by cause: ${found('cause', ['send', 'cancel', 'loop', 'pool'])}.`,
    `By pace: ${found('pace', ['fast', 'slow'])}.`,
  ];
}

/** @param {string} set @param {readonly Result[]} results */
function confusionTable(set, results) {
  const counts = confusion(results);
  return [
    `| ${set} | ${CALLS.join(' | ')} |`,
    `|---|${CALLS.map(() => '---|').join('')}`,
    ...LABELS.map((label) => `| ${label} | ${CALLS.map((call) => counts[label][call] || '·').join(' | ')} |`),
  ];
}

/** @param {string} title @param {readonly Result[]} results */
function listed(title, results) {
  if (results.length === 0) return [];
  const names = results.map(({ name, label, call, set }) => `\`${name}\` (${label}, ${set}) ${call}`);
  return [`${title}:`, '', ...names.map((name) => `- ${name}`), ''];
}

/** Without the fields that are not there. @template {object} T @param {T} fields @returns {Partial<T>} */
function pickDefined(fields) {
  return /** @type {Partial<T>} */ (
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  );
}

/** @typedef {{ results: Result[], causes: import('./score-causes.mjs').CauseResult[], idle: import('./score-causes.mjs').IdleResult[] }} Score */

/** Analyses every subset of every series, and the idle servers. @returns {Promise<Score>} */
async function analyseAll() {
  /** @type {{ series: Series[] }} */
  const { series } = JSON.parse(readFileSync(join(FIXTURES, 'series', 'labels.json'), 'utf8'));
  await buildCommand();
  const command = await import(pathToFileURL(BUNDLE).href);
  const folder = mkdtempSync(join(tmpdir(), 'score-'));
  try {
    return await analyseIn(folder, series, command);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {readonly Series[]} series
 * @param {any} command
 * @returns {Promise<Score>}
 */
async function analyseIn(folder, series, { analyzeCommand, familyOfRules }) {
  /** @type {Score} */
  const score = { results: [], causes: [], idle: [] };
  const families = familyOfRules();
  for (const subset of SUBSETS) {
    for (const one of series) {
      const files = filesOf(one, subset)?.map((file, at) => {
        const copy = join(folder, neutralName(file, at));
        copyFileSync(file, copy);
        return copy;
      });
      if (files === undefined) continue;
      const analysis = await runAnalyze(analyzeCommand, one.name, files);
      const { name, label, set, cause, pace, keeps } = one;
      const verdict = readVerdict(analysis, one);
      score.results.push({ ...pickDefined({ cause, pace, keeps }), name, label, set, subset: subset.name, ...verdict });
      score.causes.push(readCauses(analysis, one, subset.name, families));
    }
  }
  for (const kernel of kernelSeries()) {
    const files = kernel.files.map((file, at) => {
      const copy = join(folder, neutralName(file, at));
      copyFileSync(file, copy);
      return copy;
    });
    score.causes.push(readCauses(await runAnalyze(analyzeCommand, kernel.name, files), kernel, KERNELS, families));
  }
  const corpus = join(FIXTURES, 'corpus');
  for (const file of idleDumps(corpus)) {
    score.idle.push(readIdle(await runAnalyze(analyzeCommand, file, [join(corpus, file)]), file));
  }
  return score;
}

/** Kernels of test/fixtures/causes: bugs by the function that stands still, and the same programs mended. */
function kernelSeries() {
  /** @type {{ fixtures: { dir: string, function: string, family: string }[] }} */
  const { fixtures } = JSON.parse(readFileSync(join(FIXTURES, 'causes', 'causes.json'), 'utf8'));
  const kernels = fixtures.filter(({ dir }) => dir.startsWith('causes/dumps/'));
  return kernels.map(({ dir, function: culprit, family }) => {
    const name = dir.replace('causes/dumps/', '');
    const files = readdirSync(join(FIXTURES, dir))
      .filter((file) => file.includes('.debug2.'))
      .sort()
      .map((file) => join(FIXTURES, dir, file));
    const label = name.endsWith('-bad') ? 'leak' : 'healthy';
    return { name, label, set: 'kernel', cause: family, culprit: [culprit], files };
  });
}

/** The document of some files. @param {any} analyzeCommand @param {string} name @param {readonly string[]} files */
async function runAnalyze(analyzeCommand, name, files) {
  let output = '';
  let said = '';
  const status = await analyzeCommand(['--json', ...files], {
    stdin: [],
    writeOutput: (/** @type {string} */ text) => {
      output += text;
    },
    writeError: (/** @type {string} */ text) => {
      said += text;
    },
  });
  if (status !== 0) throw new Error(`${name}: ${said || `analyze ended with ${status}`}`);
  return JSON.parse(output);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { results, causes, idle } = await analyseAll();
    const reports = [toMarkdown(results), causesToMarkdown(causes, idle)];
    writeFileSync(REPORT, reports[0] ?? '');
    writeFileSync(CAUSE_REPORT, reports[1] ?? '');
    console.log(reports.join('\n'));
    const missed = [...judgeAims(results), ...judgeCauseAims(causes, idle)].filter(({ met }) => !met);
    for (const { what, want, got } of missed) console.error(`missed: ${what}: ${got}, wanted ${want}`);
    process.exitCode = missed.length > 0 ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

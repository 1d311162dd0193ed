// The second half of npm run score: whether the causes that the analyze command names are those the programs have, and
// whether it suspects anything in real servers that do nothing. Written to docs/cause-score.md.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {'right' | 'wrong' | 'unnamed'} Naming */
/**
 * `rule` and `family`: what most of the culprit's suspected goroutines are named; empty when it is not named. `suspects`:
 * rules of leaks that speak in the last dump for anything else.
 *
 * @typedef {{ name: string, label: string, set: string, subset: string, cause: string, naming: Naming, rule: string,
 *   family: string, suspects: readonly string[] }} CauseResult
 */
/** @typedef {{ file: string, goroutines: number, expected: number, suspects: readonly string[] }} IdleResult */
/** @typedef {{ what: string, want: string, got: string, met: boolean }} Aim */

const CAUSES = ['send', 'cancel', 'loop', 'pool'];
/** Real servers of the corpus; dumps named `1-before` were taken before any load. */
const SERVERS = /^(?:prometheus|etcd|caddy|nats|syncthing|influxdb)-/;
const SUBSETS = ['all dumps', 'three dumps, debug=1', 'three dumps, pprof'];
/** Small programs of one bug each, after the bug classes of GoKer, GoBench and LeakProf, and of their fixes. */
export const KERNELS = 'kernels';
const FAMILIES = [...CAUSES, 'lock', 'network', 'proven'];

/** A function as printed, without the numbers that compilers give to closures. @param {string} name */
const withoutClosure = (name) => name.replace(/(?:\.(?:func|gowrap)?\d+)+$/, '');

/** @param {any} group */
const isSuspected = (group) => group.cause?.id.startsWith('L') === true;

/**
 * What the last dump of an analysis says of the culprit of a series. A leak that shows in net/http's own goroutines is
 * named rightly as one of the network, too: labels know only the four causes of the brief.
 *
 * @param {any} analysis
 * @param {{ name: string, label: string, set: string, cause?: string, culprit?: readonly string[] }} series
 * @param {string} subset
 * @param {Readonly<Record<string, string>>} familyOf family by rule id
 * @returns {CauseResult}
 */
export function readCauses(analysis, series, subset, familyOf) {
  const { name, label, set, cause = '', culprit = [] } = series;
  const culprits = culprit.map(withoutClosure);
  const dump = analysis.dumps.findLast((/** @type {any} */ each) => each.format !== 'count-log');
  const isCulprit = (/** @type {any} */ group) =>
    group.frames.some((/** @type {any} */ frame) => culprits.includes(withoutClosure(frame.function)));
  const suspected = dump.groups.filter(isSuspected);
  /** @type {Map<string, number>} */
  const named = new Map();
  for (const group of suspected.filter(isCulprit)) {
    named.set(group.cause.id, (named.get(group.cause.id) ?? 0) + group.count);
  }
  const [rule = ''] = [...named].sort((a, b) => b[1] - a[1])[0] ?? [];
  const family = familyOf[rule] ?? '';
  const right = [cause, ...(culprit.some((each) => each.startsWith('net/http.')) ? ['network'] : [])];
  const suspects = [...new Set(suspected.filter((/** @type {any} */ group) => !isCulprit(group)).map(idOf))];
  const naming = rule === '' ? 'unnamed' : right.includes(family) ? 'right' : 'wrong';
  return { name, label, set, subset, cause, naming, rule, family, suspects: suspects.sort() };
}

/** @param {any} group @returns {string} */
const idOf = (group) => group.cause.id;

/** Dumps of idle real servers in the corpus. @param {string} corpus @returns {string[]} */
export function idleDumps(corpus) {
  if (!existsSync(corpus)) return [];
  return readdirSync(corpus)
    .filter((name) => SERVERS.test(name))
    .sort()
    .flatMap((name) =>
      readdirSync(join(corpus, name))
        .filter((file) => /^1-before\.debug[012]\.(?:txt|pb)(?:\.gz)?$/.test(file))
        .sort()
        .map((file) => `${name}/${file}`),
    );
}

/** @param {any} analysis @param {string} file @returns {IdleResult} */
export function readIdle(analysis, file) {
  const [dump] = analysis.dumps;
  const suspects = [...new Set(/** @type {string[]} */ (dump.groups.filter(isSuspected).map(idOf)))].sort();
  return { file, goroutines: dump.goroutines, expected: dump.causes.expected.goroutines, suspects };
}

/** @param {readonly CauseResult[]} results @param {Naming} naming */
const countOf = (results, naming) => results.filter((result) => result.naming === naming).length;

/**
 * What naming must reach. An aim without anything to judge is missed.
 *
 * @param {readonly CauseResult[]} results
 * @param {readonly IdleResult[]} idle
 * @returns {Aim[]}
 */
export function judgeCauseAims(results, idle) {
  const leaks = results.filter(({ label, subset }) => label === 'leak' && subset === SUBSETS[0]);
  const blocked = results.filter(({ label, subset }) => label !== 'healthy' && subset === SUBSETS[0]);
  const found = blocked.length - countOf(blocked, 'unnamed');
  const right = countOf(leaks, 'right');
  const kernels = results.filter(({ label, subset }) => label === 'leak' && subset === KERNELS);
  const suspected = idle.filter(({ suspects }) => suspects.length > 0).length;
  return [
    reach('leaks and stuck programs whose culprit is suspected', 90, found, blocked.length),
    reach('leaks named rightly', 80, right, leaks.length),
    reach('blocking kernels flagged', 90, kernels.length - countOf(kernels, 'unnamed'), kernels.length),
    reach('blocking kernels of the right family', 80, countOf(kernels, 'right'), kernels.length),
    {
      what: 'dumps of idle real servers with a suspect',
      want: '0',
      got: `${suspected} of ${idle.length}`,
      met: idle.length > 0 && suspected === 0,
    },
  ];
}

/** @param {string} what @param {number} percent @param {number} count @param {number} of @returns {Aim} */
function reach(what, percent, count, of) {
  return {
    what,
    want: `at least ${percent} %`,
    got: formatShare(count, of),
    met: of > 0 && 100 * count >= percent * of,
  };
}

/** @param {number} count @param {number} of */
const formatShare = (count, of) => (of === 0 ? '–' : `${count} of ${of} (${Math.floor((100 * count) / of)} %)`);

/**
 * The report, the same on every run over the same dumps.
 *
 * @param {readonly CauseResult[]} results
 * @param {readonly IdleResult[]} idle
 */
export function causesToMarkdown(results, idle) {
  const lines = [
    '# How good the causes are',
    '',
    'Written by `npm run score` from the same series as verdict-score.md. The culprit is found when a rule of a leak speaks',
    'for one of its groups in the last dump, and named rightly when that rule is of the family its program was written for.',
    'Suspects beside it are rules that speak for other groups: in a healthy series each of them is a false alarm. debug=1',
    'text prints no state and no runtime frames on top, so that rules for anybody’s code stay silent there.',
    '',
    '## Aims',
    '',
    '| aim | wanted | reached | |',
    '|---|---|---|---|',
    ...judgeCauseAims(results, idle).map(
      ({ what, want, got, met }) => `| ${what} | ${want} | ${got} | ${met ? 'met' : 'missed'} |`,
    ),
  ];
  for (const subset of SUBSETS) {
    const ofSubset = results.filter((result) => result.subset === subset);
    if (ofSubset.length === 0) continue;
    lines.push(
      '',
      `## ${subset[0]?.toUpperCase()}${subset.slice(1)}`,
      '',
      ...familyTable(ofSubset),
      ...details(ofSubset),
    );
  }
  lines.push(...kernelTable(results.filter(({ subset }) => subset === KERNELS)));
  lines.push('', '## Idle real servers', '', '| dump | goroutines | expected | suspects |', '|---|---|---|---|');
  for (const { file, goroutines, expected, suspects } of idle) {
    lines.push(`| ${file} | ${goroutines} | ${expected} | ${suspects.join(', ') || '–'} |`);
  }
  return `${lines.join('\n')}\n`;
}

/** @param {readonly CauseResult[]} kernels */
function kernelTable(kernels) {
  if (kernels.length === 0) return [];
  const leaks = kernels.filter(({ label }) => label === 'leak');
  const row = (/** @type {string} */ title, /** @type {readonly CauseResult[]} */ of) =>
    `| ${title} | ${formatShare(of.length - countOf(of, 'unnamed'), of.length)} | ${formatShare(countOf(of, 'right'), of.length)} | ${formatShare(countOf(of, 'wrong'), of.length)} |`;
  return [
    '',
    '## Kernels',
    '',
    'Three debug=2 dumps each of small programs with one bug (test/fixtures/causes), which were at hand while the rules were',
    'written: they show that no shape is missed, the series above how rules do on programs written for something else. That no',
    'wrong holder of a lock is named is held by test/core/causes/locks/lock-fixtures.test.ts.',
    '',
    '| | found | named rightly | named wrongly |',
    '|---|---|---|---|',
    ...FAMILIES.map((family) =>
      row(
        family,
        leaks.filter(({ cause }) => cause === family),
      ),
    ),
    row('all kernels', leaks),
    ...details(kernels),
  ];
}

/** @param {readonly CauseResult[]} results */
function familyTable(results) {
  const row = (/** @type {string} */ title, /** @type {readonly CauseResult[]} */ of) => {
    const unnamed = countOf(of, 'unnamed');
    const right = title === 'stuck' ? '–' : formatShare(countOf(of, 'right'), of.length);
    const wrong = title === 'stuck' ? '–' : formatShare(countOf(of, 'wrong'), of.length);
    return `| ${title} | ${formatShare(of.length - unnamed, of.length)} | ${right} | ${wrong} |`;
  };
  const leaks = results.filter(({ label }) => label === 'leak');
  return [
    '| | found | named rightly | named wrongly |',
    '|---|---|---|---|',
    ...CAUSES.map((cause) =>
      row(
        cause,
        leaks.filter((result) => result.cause === cause),
      ),
    ),
    row('all leaks', leaks),
    row(
      'held out',
      leaks.filter(({ set }) => set === 'held-out'),
    ),
    row(
      'stuck',
      results.filter(({ label }) => label === 'stuck'),
    ),
  ];
}

/** @param {readonly CauseResult[]} results */
function details(results) {
  const ill = results.filter(({ label }) => label !== 'healthy');
  const alarmed = results.filter(({ label, suspects }) => label === 'healthy' && suspects.length > 0);
  const healthy = results.filter(({ label }) => label === 'healthy').length;
  const list = (/** @type {string} */ title, /** @type {readonly string[]} */ items) =>
    items.length === 0 ? [] : ['', `${title}:`, '', ...items.map((item) => `- ${item}`)];
  return [
    '',
    `Healthy series with a suspect: ${formatShare(alarmed.length, healthy)}.`,
    ...list(
      'Healthy, suspected',
      alarmed.map(({ name, set, suspects }) => `\`${name}\` (${set}) ${suspects.join(', ')}`),
    ),
    ...list(
      'Not found',
      ill
        .filter(({ naming }) => naming === 'unnamed')
        .map(({ name, label, cause, set }) => `\`${name}\` (${cause || label}, ${set})`),
    ),
    ...list(
      'Named wrongly',
      ill
        .filter(({ naming, label }) => naming === 'wrong' && label === 'leak')
        .map(({ name, cause, set, rule, family }) => `\`${name}\` (${cause}, ${set}) ${rule}, ${family}`),
    ),
  ];
}

import { goroutineLineage } from '../core/causes/lineage/goroutine-lineage.ts';
import { lineageTree } from '../core/causes/lineage/tree.ts';
import { findLocks } from '../core/causes/locks/find-locks.ts';
import { compareDumps } from '../core/compare/compare-dumps.ts';
import type { Fate } from '../core/compare/comparison.ts';
import { adviseLevel } from '../core/compare/level-advice.ts';
import { matchIds } from '../core/compare/match-ids.ts';
import { previousCounts } from '../core/compare/previous-counts.ts';
import { pairStacks } from '../core/compare/stack-pair.ts';
import { buildFlame } from '../core/flame/flame-tree.ts';
import { type DumpIndex, indexDump } from '../core/group/cells.ts';
import { groupDump } from '../core/group/group-dump.ts';
import type { GroupTable } from '../core/group/group-table.ts';
import { commonBasis, type KeyBasis, OWN_BASIS } from '../core/group/keys.ts';
import type { Level } from '../core/group/levels.ts';
import type { Dump } from '../core/model/dump.ts';
import { facetsOf } from '../core/query/facets.ts';
import { matchGroups, type Searched } from '../core/query/match.ts';
import { fieldsOf } from '../core/query/match-row.ts';
import { parseQuery } from '../core/query/parse.ts';
import { rowsOfCells } from '../core/query/rows-of-cells.ts';
import type { Platform } from '../core/read/source.ts';
import { nameDumps } from '../core/report/analyse.ts';
import { countSeries } from '../core/trend/count-series.ts';
import { dateBirths } from '../core/trend/date-births.ts';
import { judge } from '../core/trend/judge.ts';
import type { Moment } from '../core/trend/moments.ts';
import { wordsOf } from '../core/triage/mark-groups.ts';
import { readRuleText } from '../core/triage/read-rule-file.ts';
import { previewRedaction } from '../investigation/redaction/redact.ts';
import { collectInvestigation, packInvestigation, redactedInvestigation } from './answer-handover.ts';
import { answerMarked, answerTargets, answerTrials, findRules } from './answer-triage.ts';
import { summariseDump } from './dump-summary.ts';
import { exportInvestigation } from './export-as.ts';
import { ExplainedError } from './failure-words.ts';
import { placeGoroutines } from './goroutine-places.ts';
import { type DetailFates, detailGroup } from './group-detail.ts';
import type { ReadId } from './messages.ts';
import { type AskedDump, causesOfKeys, nameDumpCauses, rulesById } from './name-dump-causes.ts';
import {
  type AnalystMethods,
  type CausesQuestion,
  type DumpId,
  type DumpMoment,
  type DumpSummary,
  dumpIdOf,
  type ReadInput,
} from './protocol.ts';
import { readRawLines, readRawText } from './raw-text.ts';
import { ancestorText, textReader } from './raw-texts.ts';

/** Holds dumps and answers questions about them. */
export interface Analyst extends AnalystMethods {
  /** Takes the dumps of a file; those the file had before are replaced. Cost: see `indexDump`. */
  readonly deposit: (readId: ReadId, input: ReadInput, dumps: readonly Dump[]) => readonly DumpSummary[];
  /** Drops what this read gave, or will give. */
  readonly abandon: (readId: ReadId) => void;
}

interface HeldDump {
  readonly index: DumpIndex;
  readonly input: ReadInput;
  readonly readId: ReadId;
}

interface KeptTable {
  readonly table: GroupTable;
  /** See `rowsOfCells`; made when first searched in. */
  rowOfCell: Uint32Array | null;
}

/**
 * Rows of all tables kept for the next question, over all dumps and levels; some 150 bytes each. The table last asked
 * for is kept whatever its size, as a search asks for it with every key typed.
 */
const MAX_KEPT_ROWS = 500_000;

/** An analyst without dumps. `maxKeptRows` is for tests. */
export function createAnalyst(platform: Platform, maxKeptRows = MAX_KEPT_ROWS): Analyst {
  const held = new Map<DumpId, HeldDump>();
  const abandoned = new Set<ReadId>();
  const tables = new Map<string, KeptTable>();
  /** What dumps of several forms were matched on, by level, newest first: keys of comparisons, counts and verdicts were made on it. */
  const sharedBases = new Map<Level, readonly KeyBasis[]>();

  const dumpOf = (id: DumpId): HeldDump => {
    const dump = held.get(id);
    if (!dump) throw new ExplainedError('This dump is no longer open. Open its file again.');
    return dump;
  };

  const forget = (id: DumpId): void => {
    held.delete(id);
    for (const key of tables.keys()) if (key.startsWith(`${id} `)) tables.delete(key);
  };

  const tableOf = (id: DumpId, level: Level): KeptTable => {
    const key = `${id} ${level}`;
    const kept = tables.get(key) ?? { table: groupDump(dumpOf(id).index, level), rowOfCell: null };
    // The least recently asked for stand first.
    tables.delete(key);
    tables.set(key, kept);
    let rows = 0;
    for (const { table } of tables.values()) rows += table.length;
    for (const [oldest, { table }] of tables) {
      if (rows <= maxKeptRows || oldest === key) break;
      rows -= table.length;
      tables.delete(oldest);
    }
    return kept;
  };

  const searchedDump = (id: DumpId, level: Level): Omit<Searched, 'causes' | 'marks'> => {
    const { index } = dumpOf(id);
    const kept = tableOf(id, level);
    kept.rowOfCell ??= rowsOfCells(index, kept.table);
    return { index, table: kept.table, rowOfCell: kept.rowOfCell };
  };

  const momentOf = ({ id, name, takenAtMs, phase }: DumpMoment): Moment => ({
    index: dumpOf(id).index,
    name,
    takenAtMs,
    phase,
  });

  const share = (indexes: readonly DumpIndex[], level: Level): void => {
    const { basis } = commonBasis(indexes, level);
    const isSame = (other: KeyBasis) =>
      other.state === basis.state && other.creators === basis.creators && other.frames === basis.frames;
    sharedBases.set(level, [basis, ...(sharedBases.get(level) ?? []).filter((other) => !isSame(other))]);
  };

  const askedDump = ({ dumpId, level, rising, dumps, ownRules = [], proofs = [] }: CausesQuestion): AskedDump => ({
    index: dumpOf(dumpId).index,
    table: tableOf(dumpId, level).table,
    rising,
    bases: sharedBases.get(level) ?? [],
    dumps,
    ownRules,
    proofs: proofs.map((id) => dumpOf(id).index),
  });

  return {
    deposit: (readId, input, dumps) => {
      if (abandoned.delete(readId)) return [];
      for (const [id, dump] of held) if (dump.input.fileId === input.fileId) forget(id);
      const indexes = dumps.map(indexDump);
      return nameDumps(input.fileName, dumps).flatMap(({ name }, place) => {
        const index = indexes[place];
        if (index === undefined) return [];
        const id = dumpIdOf(input.fileId, place);
        held.set(id, { index, input, readId });
        return summariseDump(index, id, input.fileId, name);
      });
    },

    abandon: (readId) => {
      const ids = [...held].filter(([, dump]) => dump.readId === readId).map(([id]) => id);
      if (ids.length === 0) abandoned.add(readId);
      for (const id of ids) forget(id);
    },

    groups: ({ dumpId, previousId, level }) => {
      const { index } = dumpOf(dumpId);
      const { table } = tableOf(dumpId, level);
      const previous = previousId === null ? undefined : held.get(previousId);
      return { table, previousCount: previous === undefined ? null : previousCounts(table, index, previous.index) };
    },

    search: ({ dumpId, level, text, causes = null, marks = null }) => {
      const parsed = parseQuery(text);
      if (parsed.kind === 'wrong') throw new ExplainedError(parsed.error.why);
      return matchGroups(parsed.query, { ...searchedDump(dumpId, level), causes, marks });
    },

    facets: ({ dumpId, level, rows }) => {
      const { index, rowOfCell } = searchedDump(dumpId, level);
      return facetsOf(index, rowOfCell, rows);
    },

    countFound: ({ dumpId, level, text, keys }) => {
      const searched = searchedDump(dumpId, level);
      return sameRows(text, keys, searched).reduce((sum, row) => sum + (searched.table.count[row] ?? 0), 0);
    },

    flame: ({ dumpId, against, direction, weight, level, rows, text }) => {
      const { index, table, rowOfCell } = searchedDump(dumpId, level);
      const cells = rows === null ? null : cellsOfRows(rowOfCell, rows);
      if (against === null) return buildFlame({ index, cells }, null, direction, weight);
      const other = searchedDump(against, level);
      const found =
        rows === null
          ? null
          : sameRows(
              text,
              Array.from(rows, (row) => table.key[row] ?? ''),
              other,
            );
      const before = { index: other.index, cells: found === null ? null : cellsOfRows(other.rowOfCell, found) };
      return buildFlame({ index, cells }, before, direction, weight);
    },

    group: ({ dumpId, level, key, against = null, fate = null }) => {
      const { index } = dumpOf(dumpId);
      const fates = against === null ? null : fatesOf(index, held.get(against.id)?.index, against.isLater, fate);
      const detail = detailGroup(index, tableOf(dumpId, level).table, key, OWN_BASIS, fates);
      if (detail !== null) return detail;
      for (const basis of sharedBases.get(level) ?? []) {
        const shared = detailGroup(index, groupDump(index, level, basis), key, basis, fates);
        if (shared !== null) return shared;
      }
      return null;
    },

    places: ({ dumpId, level, ids }) => placeGoroutines(dumpOf(dumpId).index, tableOf(dumpId, level).table, ids),

    rawText: async ({ dumpId, row }) => {
      const { index, input } = dumpOf(dumpId);
      return readRawText(index.dump, input, platform, row);
    },

    rawLines: async ({ dumpId, line, around }) => {
      const { index, input } = dumpOf(dumpId);
      return readRawLines(index.dump, input, platform, line, around);
    },

    compare: ({ a, b, level }) => {
      const both = [dumpOf(a).index, dumpOf(b).index] as const;
      share(both, level);
      return compareDumps(...both, level);
    },

    stackPair: ({ a, b, level, key }) => {
      const both = [dumpOf(a).index, dumpOf(b).index] as const;
      return pairStacks(...both, level, key);
    },

    levelAdvice: ({ dumpIds }) => adviseLevel(dumpIds.map((id) => dumpOf(id).index)),

    series: ({ dumps, level, limit }) => {
      const moments = dumps.map(momentOf);
      share(indexesOf(moments), level);
      return countSeries(moments, level, limit);
    },

    verdict: ({ dumps, curves, level, limit, marks = [] }) => {
      const moments = dumps.map(momentOf);
      share(indexesOf(moments), level);
      return judge({ moments, curves, level, limit, wordsOf: wordsOf(marks) });
    },

    causes: (question) => nameDumpCauses(askedDump(question)),

    causesOf: ({ keys, ...question }) => causesOfKeys(askedDump(question), keys),

    rules: ({ ids, ownRules = [] }) => rulesById(ids, ownRules),

    markTargets: ({ dumpId, level, key }) => {
      const { index } = dumpOf(dumpId);
      return answerTargets(index, level, key, sharedBases.get(level) ?? [], tableOf(dumpId, 'functions').table);
    },

    markedGroups: ({ dumpIds, level, marks }) =>
      answerMarked(
        [...new Set(dumpIds)].map((id) => dumpOf(id).index),
        level,
        marks,
      ),

    tryRules: ({ rules, ...question }) => answerTrials(askedDump(question), rules),

    readRule: ({ text }) => readRuleText(text),

    findRules: ({ text }) => findRules(text),

    births: ({ dumps, dumpId, level, key }) => {
      const at = dumps.findIndex(({ id }) => id === dumpId);
      return dateBirths(dumps.map(momentOf), at, level, key);
    },

    locks: async ({ dumpId }) => {
      const { index, input } = dumpOf(dumpId);
      return findLocks(index, textReader(index.dump, input, platform));
    },

    lineage: ({ dumpId }) => lineageTree(dumpOf(dumpId).index),

    goroutineLineage: async ({ dumpId, goroutineId }) => {
      const { index, input } = dumpOf(dumpId);
      return goroutineLineage(index, goroutineId, await ancestorText(index.dump, input, platform, goroutineId));
    },

    previewRedaction: (question) =>
      previewRedaction(
        collectInvestigation(question, (id) => dumpOf(id).index.dump),
        question.redaction,
      ),

    pack: (question) => packInvestigation(redactedInvestigation(question, (id) => dumpOf(id).index.dump)),

    exportAs: ({ format, ...question }) => {
      const investigation = redactedInvestigation(question, (id) => dumpOf(id).index.dump);
      return { bytes: exportInvestigation(investigation, format), title: investigation.view.title };
    },

    remove: ({ dumpIds }) => {
      for (const id of dumpIds) forget(id);
      return null;
    },
  };
}

function indexesOf(moments: readonly Moment[]): DumpIndex[] {
  return moments.map(({ index }) => index);
}

/** Fates of the goroutines of `index` against `other`; null when they cannot be told. */
function fatesOf(
  index: DumpIndex,
  other: DumpIndex | undefined,
  isLater: boolean,
  wanted: Fate | null,
): DetailFates | null {
  if (other === undefined || other === index) return null;
  const { match } = isLater ? matchIds(other, index) : matchIds(index, other);
  return match === null ? null : { ofRow: isLater ? match.ofB : match.ofA, wanted };
}

/** Per cell whether it stands in one of these rows. */
function cellsOfRows(rowOfCell: Uint32Array, rows: Uint32Array): Uint8Array {
  const wanted = new Set(rows);
  return Uint8Array.from(rowOfCell, (row) => Number(wanted.has(row)));
}

/**
 * What a search finds in another dump. Causes and marks are known of the dump on show alone: a search for them takes the groups
 * with the same keys.
 */
function sameRows(text: string, keys: readonly string[], other: Omit<Searched, 'causes' | 'marks'>): Uint32Array {
  const parsed = parseQuery(text);
  const fields = parsed.kind === 'query' ? fieldsOf(parsed.query) : null;
  if (parsed.kind === 'query' && fields?.has('cause') === false && !fields.has('mark')) {
    return matchGroups(parsed.query, { ...other, causes: null, marks: null });
  }
  const wanted = new Set(keys);
  return Uint32Array.from(other.table.key.flatMap((key, row) => (wanted.has(key) ? [row] : [])));
}

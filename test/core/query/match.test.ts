import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DumpIndex, indexDump, inferredStateOfCell, stateOfCell } from '../../../src/core/group/cells.ts';
import { packageOf } from '../../../src/core/group/function-name.ts';
import { groupCells, groupDump, groupRows } from '../../../src/core/group/group-dump.ts';
import type { GroupTable } from '../../../src/core/group/group-table.ts';
import { LEVELS } from '../../../src/core/group/levels.ts';
import { textAt } from '../../../src/core/group/text-column.ts';
import { stackCreatorAt, stackFramesAt } from '../../../src/core/model/symbols.ts';
import { labelField, quoteValue } from '../../../src/core/query/complete.ts';
import { facetsOf } from '../../../src/core/query/facets.ts';
import { matchGroups } from '../../../src/core/query/match.ts';
import { parseQuery } from '../../../src/core/query/parse.ts';
import type { Query, Term, TextMatch } from '../../../src/core/query/query.ts';
import { rowsOfCells } from '../../../src/core/query/rows-of-cells.ts';
import { readOne } from '../../support/read-one.ts';

const FILES = [
  'prog-exotic-go1.27-labels/1-all.debug2.txt',
  'prog-exotic-go1.24/1-all.debug2.txt',
  'prog-tickerleak-go1.19/3-later.debug2.txt',
  'prog-poolbugs-go1.19/2-during.debug1.txt',
];

async function load(name: string): Promise<DumpIndex> {
  const bytes = readFileSync(new URL(`../../fixtures/corpus/${name}`, import.meta.url));
  return indexDump(await readOne(name.endsWith('.gz') ? gunzipSync(bytes) : bytes));
}

const CAUSES = ['l01', 'send', 'none'];
const MARKS = ['expected', 'suspect', 'none'];

/** All that a group says of itself, put together goroutine by goroutine. */
function saysOf(index: DumpIndex, table: GroupTable, row: number) {
  const { symbols, rows } = index.dump;
  const key = table.key[row] ?? '';
  const cells = [...groupCells(index, table.level, key)];
  const stacks = cells.map((cell) => index.cells.stack[cell] ?? 0);
  const frames = stacks.flatMap((stack) => stackFramesAt(symbols, stack));
  const creators = stacks.flatMap((stack) => stackCreatorAt(symbols, stack) ?? []);
  const members = [...groupRows(index, table.level, key)];
  const files = (of: typeof frames) => of.flatMap(({ file, line }) => (line > 0 ? [`${file}:${line}`, file] : [file]));
  return {
    name: textAt(table.name, row),
    state: cells.flatMap((cell) => [stateOfCell(index, cell), inferredStateOfCell(index, cell)]),
    func: frames.map((frame) => frame.function),
    file: files(frames),
    pkg: frames
      .filter(({ kind }) => kind === 'go' || kind === 'inlined')
      .map((frame) => packageOf(frame.function === 'panic' ? 'runtime.gopanic' : frame.function)),
    created: creators.map((frame) => frame.function),
    createdFile: files(creators),
    labels: members.flatMap((member) => symbols.labelSets[rows.labels?.[member] ?? -1] ?? []),
    waits: members.map((member) => rows.waitMinutes?.[member] ?? -1).filter((minutes) => minutes >= 0),
    ids: members.map((member) => rows.goroutineId?.[member] ?? -1),
    count: members.reduce((sum, member) => sum + (rows.weight?.[member] ?? 1), 0),
    cause: CAUSES[row % 3] ?? '',
    mark: MARKS[row % 3] ?? '',
  };
}

type Says = ReturnType<typeof saysOf>;

function slowHas(match: TextMatch, text: string): boolean {
  const low = text.toLowerCase();
  if (match.kind === 'pattern') return match.pattern.test(low);
  return match.kind === 'equals' ? low === match.text : low.includes(match.text);
}

function slowTerm(term: Term, says: Says): boolean {
  const among = (texts: readonly string[]): boolean =>
    texts.some((text) => text !== '' && slowHas((term as Term & { match: TextMatch }).match, text));
  const inside = (value: number, { from, to }: { from: number; to: number }): boolean => value >= from && value <= to;
  switch (term.kind) {
    case 'wait':
      return says.waits.some((minutes) => inside(minutes, term.minutes));
    case 'count':
      return inside(says.count, term.goroutines);
    case 'id':
      return says.ids.some((id) => id >= 0 && term.ids.some((range) => inside(id, range)));
    case 'label':
      if (term.key === null)
        return among(says.labels.flatMap(([key, value]) => [`${key}=${value}`, `${key}: ${value}`]));
      return says.labels.some(
        ([key, value]) => key.toLowerCase() === term.key?.toLowerCase() && slowHas(term.match, value),
      );
    case 'text':
      if (term.field !== 'any') return among([says[term.field]].flat());
      return among([
        says.name,
        ...says.state,
        ...says.func,
        ...says.file,
        ...says.created,
        ...says.createdFile,
        ...says.labels.flatMap(([key, value]) => [`${key}=${value}`, `${key}: ${value}`]),
      ]);
  }
}

/** Slow and obvious. */
function slow(query: Query, says: Says): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => slow(part, says));
    case 'or':
      return query.parts.some((part) => slow(part, says));
    case 'not':
      return !slow(query.of, says);
    default:
      return slowTerm(query, says);
  }
}

/** Queries out of what stands in a dump, and of some that does not. */
function queries(index: DumpIndex): fc.Arbitrary<string> {
  const { symbols } = index.dump;
  const piece = fc
    .constantFrom(...symbols.strings, ...symbols.states, 'nothing-has-this')
    .chain((text) =>
      fc
        .tuple(fc.nat(Math.max(0, text.length - 1)), fc.integer({ min: 1, max: 20 }))
        .map(([from, length]) => text.slice(from, from + length) || 'x'),
    );
  const whole = fc.constantFrom(...symbols.strings.filter((text) => text !== ''), ...symbols.states);
  const labels = symbols.labelSets.flatMap((set) => set.map(([key, value]) => [key, value] as const));
  const label =
    labels.length === 0
      ? fc.constant('label:x')
      : fc.constantFrom(...labels).map(([key, value]) => `${labelField(key)}:=${quoteValue(value)}`);
  const field = fc.constantFrom('name', 'state', 'func', 'file', 'pkg', 'created', 'label');
  const number = fc.constantFrom('>0', '>=2', '<3', '<=1', '1..5', '4', '>100');
  const term = fc.oneof(
    piece.map(quoteValue),
    fc.tuple(field, piece).map(([name, text]) => `${name}:${quoteValue(text)}`),
    fc.tuple(field, whole).map(([name, text]) => `${name}:=${quoteValue(text)}`),
    fc
      .tuple(field, fc.constantFrom('^[a-m]', 'run$', '[.]go:[0-9]+$', 'e.e'))
      .map(([name, pattern]) => `${name}:/${pattern}/`),
    label,
    number.map((range) => `count:${range}`),
    number.map((range) => `wait:${range}`),
    fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }).map((ids) => `id:${ids.join(',')}`),
    fc.constantFrom('cause:l01', 'cause:none', 'mark:suspect', 'mark:none'),
  );
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      term,
      tie('query').map((inner) => `not (${inner})`),
      fc
        .tuple(tie('query'), fc.constantFrom(' ', ' and ', ' or '), tie('query'))
        .map(([left, by, right]) => `(${left}${by}${right})`),
    ),
  }));
  return query;
}

describe.each(FILES)('in %s', (name) => {
  test('a query finds what a slow evaluator finds', async () => {
    const index = await load(name);
    const tables = LEVELS.map((level) => {
      const table = groupDump(index, level);
      return {
        table,
        rowOfCell: rowsOfCells(index, table),
        says: table.key.map((_, row) => saysOf(index, table, row)),
      };
    });
    let found = 0;
    fc.assert(
      fc.property(queries(index), fc.nat(tables.length - 1), (text, at) => {
        const { table, rowOfCell, says } = tables[at]!;
        const parsed = parseQuery(text);
        if (parsed.kind === 'wrong') throw new Error(`${text}: ${parsed.error.why}`);
        const searched = {
          index,
          table,
          rowOfCell,
          causes: says.map(({ cause }) => [cause]),
          marks: says.map(({ mark }) => mark),
        };
        const rows = [...matchGroups(parsed.query, searched)];
        expect(rows).toEqual(says.flatMap((each, row) => (slow(parsed.query, each) ? [row] : [])));
        found += rows.length;
      }),
      { numRuns: 400 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test('facets count every goroutine once for each thing that is printed of it, and ask for what they count', async () => {
    const index = await load(name);
    const table = groupDump(index, 'exact');
    const rowOfCell = rowsOfCells(index, table);
    const facets = facetsOf(index, rowOfCell, null);
    const sum = (field: string) =>
      facets.find((facet) => facet.field === field)?.values.reduce((all, { goroutines }) => all + goroutines, 0);
    expect(sum('state')).toBe(index.dump.goroutines);
    for (const { field, values } of facets) {
      for (const { value, goroutines } of values) {
        const parsed = parseQuery(field === 'wait' ? `wait:${value}` : `${field}:=${quoteValue(value)}`);
        if (parsed.kind === 'wrong') throw new Error(parsed.error.why);
        const rows = matchGroups(parsed.query, { index, table, rowOfCell, causes: null, marks: null });
        expect(rows.length, `${field} ${value}`).toBeGreaterThan(0);
        const inRows = facetsOf(index, rowOfCell, rows).find((facet) => facet.field === field);
        expect(inRows?.values.find((each) => each.value === value)?.goroutines).toBe(goroutines);
      }
    }
  });
});

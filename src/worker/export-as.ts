import { withShipped } from '../core/causes/rules/all-rules.ts';
import type { Dump } from '../core/model/dump.ts';
import { analyse, type NamedDump } from '../core/report/analyse.ts';
import type { Analysis } from '../core/report/analysis.ts';
import { toCsv } from '../core/report/csv.ts';
import { toFolded } from '../core/report/folded.ts';
import { toMarkdown } from '../core/report/markdown.ts';
import { toPprof } from '../core/report/pprof.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { ExplainedError } from './failure-words.ts';
import type { ExportFormat } from './protocol.ts';

/** The bytes of an investigation in a form for other tools. Cost: analysing all dumps, or a pass over the one on show. */
export function exportInvestigation(investigation: Investigation, format: ExportFormat): Uint8Array<ArrayBuffer> {
  switch (format) {
    case 'markdown': {
      const { view, rules } = investigation;
      return bytesOf(toMarkdown(analysed(investigation), { title: view.title, rules: withShipped(rules) }));
    }
    case 'json':
      return bytesOf(`${JSON.stringify(analysed(investigation))}\n`);
    case 'csv': {
      const { dumps } = analysed({ ...investigation, dumps: [shownDump(investigation)], counts: [], races: [] });
      return bytesOf(toCsv(dumps[0] ?? { groups: [] }));
    }
    case 'folded':
      return bytesOf(toFolded(shownDump(investigation).dump));
    case 'pprof':
      return toPprof(shownDump(investigation).dump);
  }
}

/** The document of the command, with the names, times, phases, marks and rules that were given. */
function analysed(investigation: Investigation): Analysis {
  const { counts, races, notes, rules, marks, view } = investigation;
  return analyse(givenDumps(investigation), view.level, {
    countLogs: counts,
    races,
    notes: notes.flatMap(({ name, notes: texts }) => texts.map((text) => ({ name, text }))),
    rejected: [],
    rules,
    marks,
    limit: view.limit,
  });
}

/** The dumps with the times and phases that were given. */
function givenDumps({ dumps, view }: Pick<Investigation, 'dumps' | 'view'>): NamedDump[] {
  const phases = new Map(view.phases);
  return dumps.map(({ name, takenAtMs, takenAtFrom, dump }, place): NamedDump => {
    const timed: Dump = { ...dump, provenance: { ...dump.provenance, takenAtMs, takenAtFrom } };
    return { name, dump: timed, phase: phases.get(place) ?? null };
  });
}

function shownDump({ dumps, view }: Investigation): Investigation['dumps'][number] {
  const shown = dumps[view.dumpId ?? dumps.length - 1] ?? dumps.at(-1);
  if (shown === undefined) throw new ExplainedError('There is no dump to export.');
  return shown;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

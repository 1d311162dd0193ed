import type { StoreApi } from 'zustand/vanilla';
import { formatLink } from '../investigation/link/format-link.ts';
import { isStrict } from '../investigation/redaction/scrub.ts';
import { DEFAULT_VIEW } from '../investigation/view.ts';
import type { Client, ExportFormat } from '../worker/protocol.ts';
import { fileNameOf, handoverOf, type Shared } from './handover.ts';
import { linkOf } from './linked-dumps.ts';
import type { Actions, AppState } from './state.ts';

/** Ending of a saved investigation's name. */
const SAVED_ENDING = '.standstill.json.gz';

const FORMATS: Readonly<Record<ExportFormat, { readonly ending: string; readonly type: string }>> = {
  markdown: { ending: '.md', type: 'text/markdown' },
  json: { ending: '.analysis.json', type: 'application/json' },
  csv: { ending: '.csv', type: 'text/csv' },
  folded: { ending: '.folded.txt', type: 'text/plain' },
  pprof: { ending: '.pb.gz', type: 'application/gzip' },
};

/** Packs what is handed over. */
export function createShare(
  store: StoreApi<AppState>,
  client: Client,
): Pick<Actions, 'pack' | 'previewRedaction' | 'exportAs'> {
  return {
    pack: async (detail, shared) => {
      const state = store.getState();
      const { bytes, title } = await client.ask('pack', handoverOf(state, detail, shared));
      const name = `${fileNameOf(state, title, shared.redaction)}${SAVED_ENDING}`;
      return { name, type: 'application/gzip', bytes, title };
    },
    exportAs: async (format, shared) => {
      const state = store.getState();
      const question = handoverOf(state, 'goroutines', shared);
      const { bytes, title } = await client.ask('exportAs', { ...question, format });
      const { ending, type } = FORMATS[format];
      return { name: `${fileNameOf(state, title, shared.redaction)}${ending}`, type, bytes };
    },
    previewRedaction: (shared) => client.ask('previewRedaction', handoverOf(store.getState(), 'groups', shared)),
  };
}

/**
 * Behind "#": the view and the dumps it is of, by hash; `sources` are addresses that they can be fetched from. When more than
 * arguments is taken out it goes without title, search, states and the names of files.
 */
export function viewFragment(state: AppState, { dumpIds, redaction }: Shared, sources: readonly string[] = []): string {
  const link = linkOf(state, { sources, data: null }, dumpIds);
  if (!isStrict(redaction)) return formatLink(link);
  return formatLink({
    ...link,
    view: { ...link.view, title: '', search: '', states: [] },
    dumps: link.dumps.map((dump, at) => ({ ...dump, name: `dump-${at + 1}` })),
  });
}

/** Behind "#": packed dumps, which bring the view along. */
export function dataFragment(packed: Uint8Array<ArrayBuffer>): string {
  return formatLink({ view: DEFAULT_VIEW, dumps: [], sources: [], data: packed });
}

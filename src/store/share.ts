import type { StoreApi } from 'zustand/vanilla';
import { formatLink } from '../investigation/link/format-link.ts';
import { DEFAULT_VIEW } from '../investigation/view.ts';
import type { Client } from '../worker/protocol.ts';
import { linkOf } from './address.ts';
import { fileNameOf, handoverOf } from './handover.ts';
import type { Actions, AppState } from './state.ts';

/** Ending of a saved investigation's name. */
const SAVED_ENDING = '.standstill.json.gz';

/** Packs what is handed over. */
export function createShare(store: StoreApi<AppState>, client: Client): Pick<Actions, 'pack'> {
  return {
    pack: async (detail, dumpIds) => {
      const state = store.getState();
      const bytes = await client.ask('pack', handoverOf(state, detail, dumpIds));
      return { name: `${fileNameOf(state)}${SAVED_ENDING}`, type: 'application/gzip', bytes };
    },
  };
}

/** Behind "#": the view and the dumps it is of, by hash; `sources` are addresses that they can be fetched from. */
export function viewFragment(state: AppState, sources: readonly string[] = []): string {
  return formatLink(linkOf(state, { sources, data: null }));
}

/** Behind "#": packed dumps, which bring the view along. */
export function dataFragment(packed: Uint8Array<ArrayBuffer>): string {
  return formatLink({ view: DEFAULT_VIEW, dumps: [], sources: [], data: packed });
}

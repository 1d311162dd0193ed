import type { StoreApi } from 'zustand/vanilla';
import { formatLink } from '../investigation/link/format-link.ts';
import { LINK_LIMITS, type Link } from '../investigation/link/link.ts';
import { parseLink } from '../investigation/link/parse-link.ts';
import { renameDumps } from '../investigation/read-view.ts';
import type { Choice } from './choice.ts';
import { findLinked, linkOf } from './linked-dumps.ts';
import { listNames, type Say } from './notices.ts';
import type { Schedule } from './queries.ts';
import type { Actions, AppState, IncomingFile } from './state.ts';
import type { Address } from './surroundings.ts';

/** Milliseconds until the address follows the view: a search is one change, not one for each key. */
const FOLLOW_MS = 400;
/** What the file inside a link is called while it is read, and when it cannot be read. */
const DATA_NAME = 'The data in the link';

export interface AddressOptions {
  readonly store: StoreApi<AppState>;
  readonly address: Address;
  readonly choice: Choice;
  readonly say: Say;
  readonly schedule: Schedule;
  readonly addFiles: (files: readonly IncomingFile[]) => void;
  /** Fetches dumps from addresses of a link. */
  readonly fetchSources: (sources: readonly string[]) => void;
}

/** Opens links, and keeps the page's address in step with the view. */
export interface AddressKeeper extends Pick<Actions, 'settleLink'> {
  /** Opens what the address says, and follows from then on. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Opens a fragment as if it stood in the address, unless that says something. */
  readonly openIfFree: (fragment: string) => void;
}

export function createAddressKeeper(options: AddressOptions): AddressKeeper {
  const { store, address, choice, say, schedule, addFiles, fetchSources } = options;
  /** What the address was opened with stays in it, so that it opens again. */
  let carried: Pick<Link, 'sources' | 'data'> = { sources: [], data: null };
  let hasWritten = false;
  let cancelFollow: (() => void) | null = null;
  const stops: (() => void)[] = [];

  const open = (fragment = address.read()): void => {
    const parsed = parseLink(fragment);
    if (parsed.kind === 'none') return;
    if (parsed.kind === 'newer') {
      const { version, known } = parsed;
      const versions = `version ${version} of links; this page knows up to ${known}`;
      say('error', `The link cannot be opened: it was made by a newer Standstill (${versions}).`);
      return;
    }
    if (parsed.kind === 'wrong') {
      say('error', `The link cannot be opened as it stands: ${parsed.why} Copy it once more, whole.`);
      return;
    }
    const { view, dumps, sources, data } = parsed.link;
    const isNew = data !== null && !isSame(data, carried.data);
    const unknown = sources.filter((source) => !carried.sources.includes(source));
    carried = { sources, data };
    // Data brings its own view; what else the link says comes after it.
    if (dumps.length > 0 || data === null) store.setState({ link: { view, dumps } });
    if (isNew)
      addFiles([{ file: new Blob([data]), name: DATA_NAME, path: DATA_NAME, modifiedMs: null, isCarried: true }]);
    if (unknown.length > 0) fetchSources(unknown);
    settle(false);
  };

  /** Shows what the link is about once it is all there; `anyway`: without what is missing. */
  const settle = (anyway: boolean): void => {
    const { link, dumps, pending } = store.getState();
    if (link === null || dumps.length === 0) {
      if (anyway && link !== null) {
        store.setState({ link: null });
        clear();
      }
      return;
    }
    const of = findLinked(link.dumps, dumps);
    const isMoving = pending.some(({ phase }) => phase === 'waiting' || phase === 'reading');
    if (!anyway && (of.includes(null) || (link.dumps.length === 0 && isMoving))) return;
    store.setState({ link: null });
    choice.restore(renameDumps(link.view, (place) => of[place] ?? null));
  };

  const clear = (): void => {
    hasWritten = false;
    carried = { sources: [], data: null };
    address.write('', false);
  };

  const follow = (): void => {
    cancelFollow = null;
    const state = store.getState();
    if (state.link !== null) return;
    if (state.dumps.length === 0) {
      if (hasWritten && !state.pending.some((file) => !('why' in file))) clear();
      return;
    }
    const fragment = formatLink(linkOf(state, carried));
    const isStep = choice.takeStep() && hasWritten;
    hasWritten = true;
    if (fragment !== address.read()) address.write(fragment, isStep);
  };

  const listen = (state: AppState, before: AppState): void => {
    if (state.link !== null && state.dumps !== before.dumps) sayStrangers(state, before);
    if (state.link !== null && (state.dumps !== before.dumps || state.pending !== before.pending)) {
      // Later, as data of the link is being taken in, with a view of its own.
      queueMicrotask(() => settle(false));
    }
    if (state.view === before.view && state.dumps === before.dumps && state.link === before.link) return;
    cancelFollow?.();
    cancelFollow = schedule(follow, FOLLOW_MS);
  };

  /** Dumps that were opened for a link and are not of it. */
  const sayStrangers = ({ link, dumps }: AppState, before: AppState): void => {
    // A link that names as many as it can tells nothing of the others.
    if (link === null || link.dumps.length === 0 || link.dumps.length === LINK_LIMITS.dumps) return;
    const known = new Set(before.dumps.map(({ summary }) => summary.id));
    const strange = dumps.filter(
      ({ summary }) => !known.has(summary.id) && !link.dumps.some(({ hash }) => hash === summary.identity.fingerprint),
    );
    if (strange.length === 0) return;
    const names = listNames(strange.map(({ name }) => name));
    say(
      'info',
      `${names} ${strange.length === 1 ? 'is' : 'are'} not what the link was made from: the content differs.`,
    );
  };

  return {
    start: () => {
      stops.push(
        store.subscribe(listen),
        address.onChange(() => open()),
      );
      open();
    },
    stop: () => {
      cancelFollow?.();
      for (const stop of stops) stop();
    },
    settleLink: () => settle(true),
    openIfFree: (fragment) => {
      if (parseLink(address.read()).kind === 'none') open(fragment);
    },
  };
}

function isSame(a: Uint8Array, b: Uint8Array | null): boolean {
  return b !== null && a.length === b.length && a.every((byte, at) => byte === b[at]);
}

import type { StoreApi } from 'zustand/vanilla';
import { previousDump } from './dump-order.ts';
import { NO_ANSWER } from './initial-state.ts';
import { messageOf, type QueryOptions, type Wish, wishAbout } from './queries.ts';
import { NO_TAGS, type SearchTags, searchable, searchTags } from './search-tags.ts';
import type { Answer, AppState } from './state.ts';

/** Time without a key typed before a search is asked for. */
const SEARCH_DELAY_MS = 60;

/** Keeps the group table and the rows that match the search in step with the state. */
export interface TableQueries {
  readonly update: () => void;
  readonly stop: () => void;
}

/**
 * A new table comes with its matches, in one change of state: rows never point into another table. A new search in the
 * same table is asked for once typing rests; until its answer the rows of the last one stay.
 */
export function followTable(store: StoreApi<AppState>, options: QueryOptions): TableQueries {
  const { client, schedule, choice, isLost } = options;
  /** The table the state asks for, and the one on show; '' for none. */
  let wanted = '';
  let shown = '';
  /** The search whose rows are on show or asked for. */
  let text = '';
  /** What it was asked with. */
  let tags: SearchTags = NO_TAGS;
  let askingTable = false;
  let askingRows = false;
  let typing: (() => void) | null = null;
  let stopped = false;

  const wishOf = (state: AppState): Wish => {
    const { dumpId, level } = state.view;
    const previous = previousDump(state.dumps, dumpId);
    return wishAbout(state, isLost, [dumpId], [previous?.summary.id ?? null, level]);
  };
  /** A query that is wrong finds what the last one found, until it is right. */
  const textOf = (state: AppState): string => {
    const wanted = state.view.search.trim();
    return wanted === '' || searchable(wanted) !== null ? wanted : text;
  };
  const stopTyping = (): void => {
    typing?.();
    typing = null;
  };

  const search = async (state: AppState): Promise<Answer<Uint32Array>> => {
    const { dumpId, level } = state.view;
    if (dumpId === null || textOf(state) === '') return NO_ANSWER;
    try {
      const value = await client.ask('search', { dumpId, level, text: textOf(state), ...searchTags(state) });
      return { status: 'ready', value, error: null };
    } catch (error) {
      return { status: 'failed', value: null, error: messageOf(error) };
    }
  };

  const askTable = (): void => {
    const state = store.getState();
    const { dumpId, level } = state.view;
    if (askingTable || wanted === '' || dumpId === null || stopped) return;
    askingTable = true;
    const asked = wanted;
    const askedText = textOf(state);
    const askedTags = searchTags(state);
    const previousId = previousDump(state.dumps, dumpId)?.summary.id ?? null;
    const settle = (change: () => void): void => {
      askingTable = false;
      if (stopped) return;
      if (asked === wanted) change();
      else askTable();
    };
    Promise.all([client.ask('groups', { dumpId, previousId, level }), search(state)]).then(
      ([value, matches]) =>
        settle(() => {
          shown = asked;
          text = askedText;
          tags = askedTags;
          stopTyping();
          store.setState({ groups: { status: 'ready', value, error: null }, matches });
          choice.tableCame(value.table);
          // The search may have moved on meanwhile.
          update();
        }),
      (error: unknown) =>
        settle(() => {
          store.setState(({ groups }) => ({ groups: { ...groups, status: 'failed', error: messageOf(error) } }));
        }),
    );
  };

  const askRows = (): void => {
    typing = null;
    if (askingRows || shown === '' || shown !== wanted || text === '' || stopped) return;
    askingRows = true;
    const asked = `${text}\n${shown}`;
    const askedTags = tags;
    search(store.getState()).then((matches) => {
      askingRows = false;
      if (stopped) return;
      if (asked === `${text}\n${shown}` && askedTags === tags) store.setState({ matches });
      else if (typing === null) askRows();
    });
  };

  const updateTable = (state: AppState): void => {
    const wish = wishOf(state);
    const next = wish.kind === 'ask' ? wish.key : '';
    const { status, value } = state.groups;
    if (wish.kind === 'nothing') {
      wanted = '';
      shown = '';
      text = '';
      stopTyping();
      if (status !== 'none' || state.matches.status !== 'none')
        store.setState({ groups: NO_ANSWER, matches: NO_ANSWER });
      return;
    }
    if (next === wanted && (next !== '' || status === 'asking')) return;
    wanted = next;
    shown = '';
    stopTyping();
    // Asked before the state tells of it, as other questions then follow at once: the groups are what is looked at first.
    askTable();
    store.setState({ groups: { status: 'asking', value, error: null } });
  };

  const updateRows = (state: AppState): void => {
    const next = textOf(state);
    const nextTags = searchTags(state);
    if (shown === '' || shown !== wanted || (next === text && nextTags === tags)) return;
    text = next;
    tags = nextTags;
    stopTyping();
    if (text === '') {
      store.setState({ matches: NO_ANSWER });
      return;
    }
    typing = schedule(askRows, SEARCH_DELAY_MS);
    store.setState({ matches: { status: 'asking', value: state.matches.value, error: null } });
  };

  const update = (): void => {
    updateTable(store.getState());
    updateRows(store.getState());
  };
  return {
    update,
    stop: () => {
      stopped = true;
      stopTyping();
    },
  };
}

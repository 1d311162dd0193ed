import type { StoreApi } from 'zustand/vanilla';
import type { AppState, Notice } from './state.ts';

/** Notices kept; the oldest go first. */
const MAX_NOTICES = 20;

/** Says something once. The same words that still stand there are not said twice. */
export type Say = (tone: Notice['tone'], text: string) => void;

/** A voice for one store. */
export function createSay(store: StoreApi<AppState>): Say {
  let lastId = 0;
  return (tone, text) => {
    store.setState(({ notices }) => {
      const others = notices.filter((notice) => notice.text !== text);
      return { notices: [...others, { id: ++lastId, tone, text }].slice(-MAX_NOTICES) };
    });
  };
}

/** "a.txt", "a.txt and b.txt", "a.txt, b.txt and 3 more". */
export function listNames(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  const [first = '', second = '', third = ''] = names;
  return names.length === 3
    ? `${first}, ${second} and ${third}`
    : `${first}, ${second} and ${(names.length - 2).toLocaleString('en-GB')} more`;
}

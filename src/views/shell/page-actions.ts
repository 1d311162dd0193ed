/** Something the page can do. Keys, the list of keys and the palette are made from these, so that they cannot differ. */
export interface PageAction {
  /** As it stands in the palette: "Go to Compare". */
  readonly title: string;
  /** Single key that does it anywhere on the page; null for none. */
  readonly key: string | null;
  /** False when there is nothing it could do now: the key does nothing, and the palette leaves it out. */
  readonly can: boolean;
  readonly run: () => void;
}

/** Keys of actions, as `useKeys` takes them. */
export function keyMapOf(actions: readonly PageAction[]): Readonly<Record<string, () => boolean>> {
  return Object.fromEntries(
    actions.flatMap(({ key, can, run }) =>
      key === null
        ? []
        : [
            [
              key,
              () => {
                if (can) run();
                return can;
              },
            ] as const,
          ],
    ),
  );
}

/**
 * Actions that are meant by some words: every word begins a word of the title, those first whose title begins with them. In
 * order of the table else.
 */
export function findActions(actions: readonly PageAction[], text: string): readonly PageAction[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const rank = ({ title }: PageAction): number => {
    const low = title.toLowerCase();
    const parts = low.split(/[\s→:/.,()*]+/);
    if (words.every((word) => parts.some((part) => part.startsWith(word))))
      return low.startsWith(words[0] ?? '') ? 0 : 1;
    return words.every((word) => low.includes(word)) ? 2 : 3;
  };
  return actions
    .filter((action) => action.can)
    .map((action) => ({ action, rank: rank(action) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ action }) => action);
}

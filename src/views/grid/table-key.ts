interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Letters of vi and less. Its h and l are left out: a table moves by rows, and the page has another use for h. */
const LETTERS: Readonly<Record<string, { readonly key: string; readonly ctrlKey: boolean }>> = {
  j: { key: 'ArrowDown', ctrlKey: false },
  k: { key: 'ArrowUp', ctrlKey: false },
  g: { key: 'Home', ctrlKey: true },
  G: { key: 'End', ctrlKey: true },
};

/** The key that a table hears: letters of vi as the arrows and ends they stand for, all else as it is. */
export function tableKey({ key, ctrlKey, metaKey, altKey }: Pressed): {
  readonly key: string;
  readonly ctrlKey: boolean;
} {
  const letter = Object.hasOwn(LETTERS, key) ? LETTERS[key] : undefined;
  return letter === undefined || ctrlKey || metaKey || altKey ? { key, ctrlKey } : letter;
}

/** Puts off what follows from a change until the whole change is made. */
export interface Calm {
  /** Makes a change of several steps; nothing that was put off runs between them. */
  readonly during: (change: () => void) => void;
  /** Runs now, or once at the end of the change that is being made. */
  readonly after: (run: () => void) => void;
}

export function createCalm(): Calm {
  const due = new Set<() => void>();
  let depth = 0;
  return {
    during: (change) => {
      depth++;
      try {
        change();
      } finally {
        depth--;
        if (depth === 0) {
          const now = [...due];
          due.clear();
          for (const run of now) run();
        }
      }
    },
    after: (run) => {
      if (depth > 0) due.add(run);
      else run();
    },
  };
}

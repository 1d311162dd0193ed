import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Mock, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Standstill } from '../../../src/store/create-store.ts';
import { INITIAL_STATE } from '../../../src/store/initial-state.ts';
import type { Actions, AppState } from '../../../src/store/state.ts';
import { StandstillContext } from '../../../src/store/use-store.ts';
import { IntakeContext } from '../../../src/views/intake/intake-context.ts';

const NOTHING: Partial<AppState> = {
  counts: [],
  races: [],
  fileNotes: [],
  countKeys: null,
  asTheyStand: [],
  rawLines: { status: 'none', value: null, error: null, dumpId: null, line: 0 },
};

/** Renders a part of the page over a state written by hand. Actions only note that they were called. */
export function renderOver(
  state: Partial<AppState>,
  part: ReactNode,
): {
  readonly store: StoreApi<AppState>;
  readonly actions: { readonly [A in keyof Actions]: Mock<Actions[A]> };
  readonly openFiles: Mock<() => void>;
} {
  const store = createStore<AppState>(() => ({ ...INITIAL_STATE, ...NOTHING, ...state }));
  const calls = new Map<string | symbol, Mock>();
  const actions = new Proxy({} as { [A in keyof Actions]: Mock<Actions[A]> }, {
    get: (_, name) => {
      const known = calls.get(name) ?? vi.fn();
      calls.set(name, known);
      return known;
    },
  });
  const openFiles = vi.fn();
  const doors = {
    openFiles,
    openFolder: vi.fn(),
    openPaste: vi.fn(),
    openHowTo: vi.fn(),
    openGuide: vi.fn(),
    openSample: vi.fn(),
    hasSample: false,
    sampleOnItsWay: false,
  };
  const standstill: Standstill = { store, actions, openCarried: () => undefined, dispose: () => undefined };
  render(
    <StandstillContext value={standstill}>
      <IntakeContext value={doors}>{part}</IntakeContext>
    </StandstillContext>,
  );
  return { store, actions, openFiles };
}

import { act, render, screen } from '@testing-library/react';
import { textsOf } from '../../../src/core/group/text-column.ts';
import type { Facet } from '../../../src/core/query/facets.ts';
import { createStandstill } from '../../../src/store/create-store.ts';
import { StandstillContext } from '../../../src/store/use-store.ts';
import { App } from '../../../src/views/App.tsx';
// The page's second file: there from the start, so that no test waits until it is compiled.
import '../../../src/views/Loaded.tsx';
import type { DumpSummary } from '../../../src/worker/protocol.ts';
import { verdict } from '../verdict/verdicts.ts';
import { causesReply } from './causes.ts';
import { groupDetail, groupTable } from './groups.ts';
import { type Answers, type ScriptedClient, scriptedClient } from './scripted-client.ts';

/** The whole page over a real store and a scripted client. */
export function renderApp(answers: Answers = {}) {
  const client = scriptedClient({ ...ANSWERS, ...answers });
  const standstill = createStandstill({ client });
  render(
    <StandstillContext value={standstill}>
      <App />
    </StandstillContext>,
  );
  return { client, standstill };
}

/** Opens one file per summary and lets the client read it. */
export async function openDumps(client: ScriptedClient, summaries: readonly DumpSummary[]): Promise<void> {
  const input = screen.getByTestId<HTMLInputElement>('file-input');
  const { fireEvent } = await import('@testing-library/react');
  fireEvent.change(input, { target: { files: summaries.map((summary) => new File(['x'], summary.name)) } });
  for (const summary of summaries) await finishRead(client, summary);
}

/** Lets the read of a summary's file end with it; waits until the store has started it. */
export async function finishRead(client: ScriptedClient, summary: DumpSummary): Promise<void> {
  const read = await until(() => client.reads.find(({ input }) => input.fileName === summary.name));
  await act(async () => {
    const named: DumpSummary = { ...summary, fileId: read.input.fileId };
    read.finish({ kind: 'read', dumps: [named], countLogs: [], races: [], notes: [], saved: null });
  });
}

async function until<T>(get: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const value = get();
    if (value !== undefined) return value;
    await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  }
  throw new Error('it did not happen within a second');
}

const table = groupTable([
  ['main.work → chan send', 8, 'chan send'],
  ['main.loop → select', 2, 'select'],
]);

const FACETS: readonly Facet[] = [
  {
    field: 'state',
    values: [
      { value: 'chan send', goroutines: 8 },
      { value: 'select', goroutines: 2 },
    ],
    more: 0,
  },
];

const ANSWERS: Answers = {
  groups: () => ({ table, previousCount: null }),
  search: ({ text }) =>
    Uint32Array.from(
      textsOf(table.name).flatMap((name, row) => (name.includes(text) ? [row] : [])),
    ) as Uint32Array<ArrayBuffer>,
  facets: () => FACETS,
  countFound: ({ keys }) => keys.length,
  group: ({ key }) => groupDetail({ key, name: key.replace('key of ', '') }),
  rawText: () => ({ text: 'goroutine 7 [chan send]:', offset: 1200, cut: false }),
  verdict: () => verdict(),
  causes: () => causesReply([null, null]),
  causesOf: ({ keys }) => keys.map(() => null),
  rules: () => [],
};

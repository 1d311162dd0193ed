import type { AnalystMethods, Client, ReadInput, ReadProgress, ReadReply } from '../../../src/worker/protocol.ts';

/** What the analyst says, by question. */
export type Answers = {
  [M in keyof AnalystMethods]?: (args: Parameters<AnalystMethods[M]>[0]) => Awaited<ReturnType<AnalystMethods[M]>>;
};

/** One file given to the client; the test says how its reading goes on. */
export interface ScriptedRead {
  readonly input: ReadInput;
  readonly progress: (bytesRead: number, totalBytes: number, more?: Partial<ReadProgress>) => void;
  readonly finish: (reply: ReadReply) => void;
}

/** A client whose answers are written in the test. Questions without an answer fail loudly. */
export interface ScriptedClient extends Client {
  readonly reads: ScriptedRead[];
  readonly asked: { readonly method: string; readonly args: unknown }[];
}

export function scriptedClient(answers: Answers): ScriptedClient {
  const reads: ScriptedRead[] = [];
  const asked: { method: string; args: unknown }[] = [];
  return {
    reads,
    asked,
    read: (input, onProgress) => {
      let finish: (reply: ReadReply) => void = () => undefined;
      const reply = new Promise<ReadReply>((resolve) => {
        finish = resolve;
      });
      const progress: ScriptedRead['progress'] = (bytesRead, totalBytes, more = {}) =>
        onProgress({ bytesRead, totalBytes, elapsedMs: 0, soFar: null, ...more });
      reads.push({ input, progress, finish });
      return { reply, cancel: () => finish({ kind: 'cancelled' }) };
    },
    ask: async (method, args) => {
      asked.push({ method, args });
      const answer = answers[method];
      if (answer === undefined) throw new Error(`no answer for ${method}`);
      return answer(args) as never;
    },
    onCrash: () => () => undefined,
    dispose: () => undefined,
  };
}

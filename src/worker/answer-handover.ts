import type { Dump } from '../core/model/dump.ts';
import { condense, withoutText } from '../investigation/condense.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { redact } from '../investigation/redaction/redact.ts';
import { encodeInvestigation, TooMuch } from '../investigation/saved/encode.ts';
import { ExplainedError } from './failure-words.ts';
import type { AnalystMethods, DumpId, HandoverQuestion } from './protocol.ts';

/** The investigation that a question means, before anything is taken out. `dumpOf` throws when a dump is not there. */
export function collectInvestigation(
  { dumps, beside, detail }: HandoverQuestion,
  dumpOf: (id: DumpId) => Dump,
): Investigation {
  return {
    ...beside,
    dumps: dumps.map(({ id, ...given }) => ({
      ...given,
      dump: detail === 'groups' ? condense(dumpOf(id)) : withoutText(dumpOf(id)),
    })),
  };
}

/** What is handed over. */
export function redactedInvestigation(question: HandoverQuestion, dumpOf: (id: DumpId) => Dump): Investigation {
  return redact(collectInvestigation(question, dumpOf), question.redaction);
}

/** The saved file. Throws an ExplainedError when it would be too large to be opened again. */
export function packInvestigation(investigation: Investigation): ReturnType<AnalystMethods['pack']> {
  try {
    return { bytes: encodeInvestigation(investigation), title: investigation.view.title };
  } catch (error) {
    throw error instanceof TooMuch ? new ExplainedError(error.message) : error;
  }
}

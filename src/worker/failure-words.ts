/** An error whose message is already a sentence for people. */
export class ExplainedError extends Error {}

/** What V8, SpiderMonkey and JavaScriptCore say when a buffer, a string or a table cannot grow. */
const MEMORY = /out of memory|allocation|invalid (?:typed array|array|string) length|(?:set|map) maximum size/i;

/** An exception of a reader or the analyst as a sentence for people. Running out of memory is told apart from a fault of ours. */
export function describeFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ExplainedError) return message;
  if (MEMORY.test(message)) {
    return 'There is not enough memory for it in this browser. Close other tabs or remove dumps, then try again.';
  }
  return `Standstill broke while working on it, which is a fault of the page, not of the file (${message}).`;
}

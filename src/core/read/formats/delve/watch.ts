import type { Dump } from '../../../model/dump.ts';
import type { ReadContext, ReadOutcome } from '../../format.ts';
import type { Claim, OutsideLine, Watch, WatchKind } from '../../text/watch.ts';
import * as lines from './lines.ts';
import { DelveList, type ListHead } from './list.ts';

/** Lines between a command, or a total, and the first goroutine: a note on the pager, the title of a group. */
const MAX_HEAD_GAP = 4;
/** Foreign lines within a list: titles of groups, what `-exec` printed, the program's own output. */
const MAX_GAP = 64;

/**
 * Lists of goroutines that the debugger Delve prints (`goroutines`, with -t, -l, -g, -s, -r, -group), each a dump. The
 * form is that of Delve 1.0 to 1.27 (pkg/terminal/command.go, service/api/prettyprint.go).
 */
export const delveWatch: WatchKind = {
  id: 'delve',
  words: () => [
    ' - user: ',
    ' - runtime: ',
    ' - go: ',
    ' - start: ',
    'goroutine (unreadable',
    ' goroutines]',
    '(dlv) g',
  ],
  create: (context) => new DelveWatch(context),
};

class DelveWatch implements Watch {
  readonly #context: ReadContext;
  readonly #dumps: Dump[] = [];
  #list: DelveList | null = null;
  #head: ListHead | null = null;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  offer(line: OutsideLine): Claim {
    const whole = lines.withoutColours(line.text);
    const prompted = lines.afterPrompt(whole);
    if (prompted !== null) this.#close(true);
    const text = prompted ?? whole;
    const parsed = lines.parseGoroutineLine(text);
    if (parsed !== 'no') return this.#goroutine(line, text, parsed);
    if (prompted !== null) return this.#prompt(line, prompted);
    const total = lines.parseTotal(text);
    if (total !== null) return this.#total(line, total);
    return this.#list?.detail(line, text) === true ? 'open' : 'no';
  }

  #goroutine(line: OutsideLine, text: string, parsed: Exclude<lines.GoroutineLineResult, 'no'>): Claim {
    if (this.#list?.holds(parsed) === true) this.#close(false);
    if (this.#list !== null && line.number - this.#list.lastLine > MAX_GAP) this.#close(false);
    if (this.#list === null) {
      const head = this.#head;
      const near = head !== null && line.number - head.line.number <= MAX_HEAD_GAP;
      this.#list = new DelveList(this.#context, line, near ? head : null);
      this.#head = null;
    }
    this.#list.goroutine(line, text, parsed);
    return 'open';
  }

  #prompt(line: OutsideLine, text: string): Claim {
    const command = lines.listCommand(text);
    if (command === null) return 'no';
    this.#head = { line, declared: null, command };
    return 'open';
  }

  #total(line: OutsideLine, total: number): Claim {
    const list = this.#list;
    if (list !== null && !list.hasTotal) {
      list.total(line, total);
      this.#close(true);
      return 'done';
    }
    this.#close(true);
    const before = this.#head;
    const known = before !== null && line.number - before.line.number === 1;
    this.#head = known ? { ...before, declared: total } : { line, declared: total, command: null };
    return 'open';
  }

  #close(whole: boolean): void {
    if (whole) this.#list?.close();
    const dump = this.#list?.finish() ?? null;
    this.#list = null;
    if (dump !== null) this.#dumps.push(dump);
  }

  finish(): Pick<ReadOutcome, 'dumps' | 'countLogs' | 'races'> {
    this.#close(false);
    return { dumps: this.#dumps, countLogs: [], races: [] };
  }
}

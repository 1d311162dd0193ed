import { isLevel, LEVELS, type Level } from '../core/group/levels.ts';
import { fieldsOf } from '../core/query/match-row.ts';
import { parseQuery } from '../core/query/parse.ts';
import type { Query } from '../core/query/query.ts';
import { CALLS, type Call } from '../core/trend/verdict.ts';

/** Name on the command line for the standard input. */
export const STDIN = '-';

export type Output = 'text' | 'markdown' | 'json';

/** What the command line asks for, or why it cannot be done. */
export type Options =
  | {
      readonly kind: 'analyze';
      readonly output: Output;
      /** Calls of the verdict that make the command fail. */
      readonly failOn: readonly Call[];
      /** Address of a page that a link with the data is made to; null for none. */
      readonly link: string | null;
      /** Null: the one that suits the dumps. */
      readonly level: Level | null;
      /** Null: all groups are listed. */
      readonly query: Query | null;
      readonly files: readonly string[];
      readonly unwrap: boolean;
      /** Undefined: the usual ones. */
      readonly countKeys: readonly string[] | undefined;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string };

export const USAGE = `Usage: standstill [--json|--markdown] [--level LEVEL] [--query QUERY] [--fail-on CALLS] [--link ADDRESS] FILE...

Reads goroutine dumps (debug=2, debug=1, debug=0, panics, SIGQUIT, go test timeouts, Delve lists), alone, in logs with
prefixes or in zip, tar, gzip and zstd archives, counts of goroutines (log lines, Prometheus, expvar), and saved
investigations. Says whether it is a leak, with the evidence, the groups that matter and what to check; dumps are compared in
the order of the files.

  --json           prints the analysis as one JSON document (public/analysis.schema.json) and nothing else
  --markdown       prints it as Markdown for an issue
  --level LEVEL    how strictly goroutines are grouped: ${LEVELS.join(', ')}
                   (default exact; functions when line numbers or forms differ)
  --query QUERY    lists only groups that it finds, as the search box of the page: words, state:select, wait:>10m, or, not
  --fail-on CALLS  ends with 1 when the verdict is one of these, with commas between: ${CALLS.join(', ')}
  --link ADDRESS   prints a link to the page at this address with the grouped data in it (on the standard error with --json)
  --count-key KEY  a key of log lines that count goroutines, in place of the usual ones; may be given several times
  --no-unwrap      reads lines as they stand, with what a log put before them
  --help           prints this
  -                as a FILE: the standard input
  --               every argument after it is a FILE

Exit status: 0 when a dump, counts or races were read, 1 when the verdict is one to fail on, 2 when nothing was read or the
command line is wrong.
`;

/** Reads the arguments after the command's name. */
export function parseOptions(args: readonly string[]): Options {
  const files: string[] = [];
  const countKeys: string[] = [];
  let unwrap = true;
  const outputs = new Set<Output>();
  let failOn: readonly Call[] = [];
  let link: string | null = null;
  let level: Level | null = null;
  let query: Query | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      files.push(...args.slice(i + 1));
      break;
    }
    if (arg === '--help' || arg === '-h') return { kind: 'help' };
    if (arg === '--json' || arg === '--markdown' || arg === '--text') {
      outputs.add(arg === '--json' ? 'json' : arg === '--markdown' ? 'markdown' : 'text');
    } else if (arg === '--fail-on' || arg.startsWith('--fail-on=')) {
      const words = (arg === '--fail-on' ? args[++i] : arg.slice('--fail-on='.length))?.split(',') ?? [];
      const unknown = words.find((word) => !CALLS.some((call) => call === word.trim()));
      if (words.length === 0 || unknown !== undefined) {
        const why = unknown === undefined ? '--fail-on needs calls' : `Unknown call "${unknown}"`;
        return { kind: 'wrong', why: `${why}. Calls: ${CALLS.join(', ')}.` };
      }
      failOn = CALLS.filter((call) => words.some((word) => word.trim() === call));
    } else if (arg === '--link' || arg.startsWith('--link=')) {
      link = (arg === '--link' ? args[++i] : arg.slice('--link='.length)) ?? '';
      if (!/^https?:\/\/\S+$/.test(link)) {
        return {
          kind: 'wrong',
          why: '--link needs the address of the page, as in --link https://tools.example/standstill/.',
        };
      }
    } else if (arg === '--query' || arg.startsWith('--query=')) {
      const text = arg === '--query' ? args[++i] : arg.slice('--query='.length);
      const parsed = parseQuery(text?.trim() ?? '');
      if (text === undefined || text.trim() === '')
        return { kind: 'wrong', why: '--query needs a query, as in --query \'state:"chan send"\'.' };
      if (parsed.kind === 'wrong') {
        return { kind: 'wrong', why: `The query is wrong at column ${parsed.error.at + 1}: ${parsed.error.why}` };
      }
      if (fieldsOf(parsed.query).has('mark'))
        return { kind: 'wrong', why: 'Marks are known on the page only: take "mark:" out of the query.' };
      query = parsed.query;
    } else if (arg === '--no-unwrap') {
      unwrap = false;
    } else if (arg === '--count-key' || arg.startsWith('--count-key=')) {
      const key = arg === '--count-key' ? args[++i] : arg.slice('--count-key='.length);
      if (key === undefined || key.trim() === '')
        return { kind: 'wrong', why: '--count-key needs a key, as in --count-key num_goroutine.' };
      countKeys.push(key.trim());
    } else if (arg === '--level' || arg.startsWith('--level=')) {
      const word = arg === '--level' ? args[++i] : arg.slice('--level='.length);
      if (word === undefined) return { kind: 'wrong', why: `--level needs one of: ${LEVELS.join(', ')}.` };
      if (!isLevel(word)) return { kind: 'wrong', why: `Unknown level "${word}". Levels: ${LEVELS.join(', ')}.` };
      level = word;
    } else if (arg.startsWith('-') && arg !== STDIN) {
      return { kind: 'wrong', why: `Unknown option "${arg}".` };
    } else {
      files.push(arg);
    }
  }
  if (outputs.size > 1) return { kind: 'wrong', why: 'Choose one output: --json, --markdown or --text.' };
  if (files.length === 0) return { kind: 'wrong', why: 'No files were named.' };
  if (files.filter((file) => file === STDIN).length > 1) {
    return { kind: 'wrong', why: 'The standard input can be read only once.' };
  }
  const [output = 'text'] = outputs;
  return {
    kind: 'analyze',
    output,
    failOn,
    link,
    level,
    query,
    files,
    unwrap,
    countKeys: countKeys.length === 0 ? undefined : countKeys,
  };
}

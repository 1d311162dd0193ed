import { isLevel, LEVELS, type Level } from '../core/group/levels.ts';

/** Name on the command line for the standard input. */
export const STDIN = '-';

/** What the command line asks for, or why it cannot be done. */
export type Options =
  | {
      readonly kind: 'analyze';
      /** Null: the one that suits the dumps. */
      readonly level: Level | null;
      readonly files: readonly string[];
      readonly unwrap: boolean;
      /** Undefined: the usual ones. */
      readonly countKeys: readonly string[] | undefined;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string };

export const USAGE = `Usage: npm run -s analyze -- --json [--level LEVEL] FILE...

Reads goroutine dumps (debug=2, debug=1, debug=0, panics, SIGQUIT, go test timeouts, Delve lists), alone, in logs with
prefixes or in zip, tar, gzip and zstd archives, and counts of goroutines (log lines, Prometheus, expvar). Prints one
JSON document on the standard output: each dump's counts and groups, the changes from each dump to the next, and counts
over all of them, in the order of the files. The document is described in public/analysis.schema.json.

  --json           required: JSON is the only output there is
  --level LEVEL    how strictly goroutines are grouped: ${LEVELS.join(', ')}
                   (default exact; functions when line numbers or forms differ)
  --count-key KEY  a key of log lines that count goroutines, in place of the usual ones; may be given several times
  --no-unwrap      reads lines as they stand, with what a log put before them
  --help           prints this
  -                as a FILE: the standard input
  --               every argument after it is a FILE

Exit status: 0 when a dump, counts or races were read, 2 when none was or the command line is wrong.
`;

/** Reads the arguments after the command's name. */
export function parseOptions(args: readonly string[]): Options {
  const files: string[] = [];
  const countKeys: string[] = [];
  let unwrap = true;
  let json = false;
  let level: Level | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      files.push(...args.slice(i + 1));
      break;
    }
    if (arg === '--help' || arg === '-h') return { kind: 'help' };
    if (arg === '--json') {
      json = true;
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
  if (!json) return { kind: 'wrong', why: 'JSON is the only output there is: add --json.' };
  if (files.length === 0) return { kind: 'wrong', why: 'No files were named.' };
  if (files.filter((file) => file === STDIN).length > 1) {
    return { kind: 'wrong', why: 'The standard input can be read only once.' };
  }
  return { kind: 'analyze', level, files, unwrap, countKeys: countKeys.length === 0 ? undefined : countKeys };
}

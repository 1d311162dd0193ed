import { isStandardLibrary } from '../../core/group/waiting-place.ts';
import type { RedactionChoice } from './choice.ts';
import { moduleOf } from './modules.ts';
import { escapePattern, Pseudonyms } from './pseudonyms.ts';

/** Replaces what a choice names in texts of one investigation, the same text by the same pseudonym everywhere. */
export interface Scrub {
  /** A function as printed. Different ones stay different; methods, closures and type arguments keep their shape. */
  readonly functionName: (name: string) => string;
  /** A source file as printed. Different ones stay different. */
  readonly file: (path: string) => string;
  /** A host, a pod, a process of a log. */
  readonly host: (name: string) => string;
  /** The name of a dump's file, to be found in texts. */
  readonly learnFile: (name: string) => void;
  readonly labelKey: (key: string) => string;
  readonly labelValue: (value: string) => string;
  /** A sentence or a line of a log, in which any of these may stand. Ask after the names are known. */
  readonly text: (text: string) => string;
  /** A line or a message as a file holds it, in which anything may stand: left out when more than arguments is taken out. */
  readonly quoted: (text: string) => string;
  /** What was replaced so far. */
  readonly replaced: () => {
    readonly modules: readonly (readonly [string, string])[];
    readonly paths: readonly (readonly [string, string])[];
    readonly hosts: readonly (readonly [string, string])[];
    readonly labels: readonly (readonly [string, string])[];
    readonly arguments: readonly (readonly [string, string])[];
  };
}

/** Parts of names that are shorter are too common to be searched for in texts. */
const MIN_SEARCHED = 3;
const HEX = /\b0x[0-9a-f]+\b\??/gi;
/** What stands between the parentheses of a call as tracebacks print it: words of hex, braces, `_`, dots. */
const CALL_ARGUMENTS = /\((?:(?:0x[0-9a-f]+|\.\.\.|_|[{},?\s])+)\)/gi;
/** A path with folders, of Unix or Windows, up to its last separator. */
const FOLDERS = /(?:[A-Za-z]:)?(?:[^\s\\/:"'()<>|]*[\\/])+/g;

/** The standard library and `main` are of no module: renamed they would no longer be known for what they are. */
function isModule(path: string): boolean {
  return moduleOf(path) !== '' && !isStandardLibrary(`${path}.f`);
}

/** What stands in place of a text that is left out. */
export const LEFT_OUT = '(left out)';

/** Whether more is taken out than arguments and addresses: then texts that nobody can look through go as a whole. */
export function isStrict({ paths, hosts, labels, modules }: RedactionChoice): boolean {
  return paths || hosts || labels || modules.length > 0;
}

/** `stem` of module pseudonyms must be free in all names (freeStem). */
export function createScrub(choice: RedactionChoice, stem = 'module'): Scrub {
  const modules = new Pseudonyms(stem);
  const folders = new Pseudonyms('dir');
  const hosts = new Pseudonyms('host');
  const files = new Pseudonyms('file');
  const keys = new Pseudonyms('label');
  const values = new Pseudonyms('value');
  const argumentsSeen = new Map<string, string>();
  // The longest first, so that a module inside another's path is found.
  const paths = choice.modules.filter(isModule).sort((a, b) => b.length - a.length);
  const inNames = paths.map((path) => [patternOf(path, true), path] as const);
  const inFiles = paths.map((path) => [patternOf(path, false), path] as const);

  const renameIn = (text: string, patterns: typeof inNames): string => {
    let renamed = text;
    for (const [pattern, path] of patterns) renamed = renamed.replace(pattern, () => modules.of(path));
    return renamed;
  };

  const file = (path: string): string => {
    if (!choice.paths) return renameIn(path, inFiles);
    const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    return at < 0
      ? renameIn(path, inFiles)
      : `${folders.of(path.slice(0, at))}/${renameIn(path.slice(at + 1), inFiles)}`;
  };

  const withoutArguments = (text: string): string =>
    text.replace(CALL_ARGUMENTS, (found) => note(found, '(...)')).replace(HEX, (found) => note(found, '0x…'));

  const note = (old: string, replacement: string): string => {
    if (old !== replacement) argumentsSeen.set(old, replacement);
    return replacement;
  };

  /** Known names in a text, all at once and the longest first, so that no pseudonym is taken for a name. */
  const replaceKnown = (text: string, known: readonly (readonly [string, string])[]): string => {
    const there = known.filter(([old]) => old.length >= MIN_SEARCHED && text.includes(old));
    if (there.length === 0) return text;
    const names = new Map(there);
    const longestFirst = [...names.keys()].sort((x, y) => y.length - x.length).map(escapePattern);
    return text.replace(new RegExp(longestFirst.join('|'), 'g'), (found) => names.get(found) ?? found);
  };

  const text = (given: string): string => {
    let result = choice.arguments ? withoutArguments(given) : given;
    result = replaceKnown(result, [
      ...(choice.hosts ? [...files.entries(), ...hosts.entries()] : []),
      ...(choice.labels ? [...values.entries(), ...keys.entries()] : []),
    ]);
    // Before folders, as the path of a module looks like one.
    result = renameIn(result, inFiles);
    return choice.paths ? result.replace(FOLDERS, (found) => `${folders.of(found.slice(0, -1))}/`) : result;
  };

  return {
    functionName: (name) => renameIn(name, inNames),
    file,
    host: (name) => (choice.hosts && name !== '' ? hosts.of(name) : name),
    learnFile: (name) => void files.of(name),
    labelKey: (key) => (choice.labels ? keys.of(key) : renameIn(key, inNames)),
    labelValue: (value) => (choice.labels ? values.of(value) : renameIn(text(value), inNames)),
    text,
    quoted: (given) => (isStrict(choice) && given !== '' ? LEFT_OUT : text(given)),
    replaced: () => ({
      modules: modules.entries(),
      paths: folders.entries(),
      hosts: hosts.entries(),
      labels: [...keys.entries(), ...values.entries()],
      arguments: [...argumentsSeen],
    }),
  };
}

/**
 * A module's path where it stands as a whole: behind it come the rest of a package path, a name, or nothing of a path. The
 * linker writes a dot of the last part as %2e (cmd/internal/objabi/path.go), the module cache a capital as "!" and the
 * small letter (golang.org/x/mod/module). `inNames`: a path without a dot in front is no part of another one there.
 */
function patternOf(path: string, inNames: boolean): RegExp {
  const body = Array.from(path, (c) =>
    c === '.' ? '(?:\\.|%2e)' : /[A-Z]/.test(c) ? `(?:${c}|!${c.toLowerCase()})` : escapePattern(c),
  ).join('');
  return new RegExp(`(?<![\\w.${inNames ? '/' : ''}-])${body}(?![\\w-])`, 'g');
}

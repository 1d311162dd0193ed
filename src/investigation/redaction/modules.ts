import { parseFunctionName } from '../../core/group/function-name.ts';
import { isStandardLibrary } from '../../core/group/waiting-place.ts';
import type { Dump } from '../../core/model/dump.ts';
import { type FoundModule, MAX_MODULES } from './choice.ts';

/**
 * Servers on which everybody may publish, and how many parts of a path name a module there (of others three, as
 * git.example.com/team/repo does). What is on them is likely public, though a company may keep private repositories there.
 */
const PUBLIC: ReadonlyMap<string, number> = new Map([
  ['github.com', 3],
  ['gitlab.com', 3],
  ['bitbucket.org', 3],
  ['codeberg.org', 3],
  ['golang.org', 3],
  ['google.golang.org', 2],
  ['cloud.google.com', 2],
  ['gopkg.in', 2],
  ['go.uber.org', 2],
  ['go.opentelemetry.io', 2],
  ['go.etcd.io', 2],
  ['go.mongodb.org', 2],
  ['k8s.io', 2],
  ['sigs.k8s.io', 2],
  ['gorm.io', 2],
  ['modernc.org', 2],
  ['honnef.co', 2],
  ['go4.org', 1],
  ['gonum.org', 2],
  ['nhooyr.io', 2],
  ['filippo.io', 2],
  ['entgo.io', 1],
  ['gioui.org', 1],
]);

/** Folders that stand inside of modules by custom; `internal` by the rules of the go command. */
const INSIDE: ReadonlySet<string> = new Set(['internal', 'cmd', 'pkg']);

/** Modules of all functions but the standard library's and `main`, most functions first. Cost: one step for each distinct function. */
export function findModules(dumps: readonly Dump[]): FoundModule[] {
  const functions = new Set<string>();
  for (const { symbols } of dumps) {
    for (const at of symbols.frameFunction) functions.add(symbols.strings[at] ?? '');
  }
  const counts = new Map<string, number>();
  for (const name of functions) {
    if (isStandardLibrary(name)) continue;
    const module = moduleOf(parseFunctionName(name).packagePath);
    if (module !== '') counts.set(module, (counts.get(module) ?? 0) + 1);
  }
  return [...mergeInner(counts)]
    .map(([path, count]) => ({ path, functions: count, isLikelyPrivate: !PUBLIC.has(path.split('/')[0] ?? '') }))
    .sort((a, b) => b.functions - a.functions || (a.path < b.path ? -1 : 1))
    .slice(0, MAX_MODULES);
}

/** A path that begins with another found one is a folder of it: `example.com/orders/queue` beside `example.com/orders`. */
function mergeInner(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const merged = new Map<string, number>();
  for (const path of [...counts.keys()].sort((a, b) => a.length - b.length)) {
    const outer = [...merged.keys()].find((other) => path.startsWith(`${other}/`)) ?? path;
    merged.set(outer, (merged.get(outer) ?? 0) + (counts.get(path) ?? 0));
  }
  return merged;
}

/** The module a package is most likely of; empty for `main` and names without a package. */
export function moduleOf(packagePath: string): string {
  const parts = packagePath.split('/');
  const [first = ''] = parts;
  if (first === '' || (first === 'main' && parts.length === 1)) return '';
  // A module without a dot in front is named by its first part: `orders/internal/billing`.
  if (!first.includes('.')) return first;
  const inside = parts.findIndex((part, at) => at > 0 && INSIDE.has(part));
  return parts.slice(0, Math.min(PUBLIC.get(first) ?? 3, inside < 0 ? parts.length : inside)).join('/');
}

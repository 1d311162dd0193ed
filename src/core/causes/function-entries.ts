import { normaliseFunctionName } from '../group/function-name.ts';
import { type SymbolIndex, TRAIT } from '../group/symbol-index.ts';
import { isStandardLibrary } from '../group/waiting-place.ts';
import { type CompiledPattern, compilePattern, WEIGHT } from './function-pattern.ts';
import { type FunctionPattern, USER } from './rule.ts';

/** "One of these functions", as a part of a rule's stack names them; numbered, as many rules name the same. */
export type EntryNumber = number;

/** All entries of a set of rules. */
export class EntryTable {
  /** Per entry whether USER is among its patterns. */
  readonly user: boolean[] = [];
  /** Patterns of all entries by how they are found: by their text, by their package, or by asking each. */
  readonly byText = new Map<string, NamedBy[]>();
  readonly byPackage = new Map<string, NamedBy[]>();
  readonly anywhere: NamedBy[] = [];
  readonly #known = new Map<string, EntryNumber>();

  /** `claims`: a third-party function it names is no USER at the top of a stack; see USER. */
  add(patterns: readonly FunctionPattern[], claims: boolean): EntryNumber {
    const key = `${claims} ${patterns.join('\n')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const entry = this.user.push(patterns.includes(USER)) - 1;
    this.#known.set(key, entry);
    for (const text of patterns) {
      if (text === USER) continue;
      const pattern = compilePattern(text);
      const named = { pattern, entry, claims: claims && isThirdParty(pattern) };
      if (pattern.shape === null) push(this.byText, pattern.text, named);
      else if (pattern.packageName !== '') push(this.byPackage, pattern.packageName, named);
      else this.anywhere.push(named);
    }
    return entry;
  }
}

interface NamedBy {
  readonly pattern: CompiledPattern;
  readonly entry: EntryNumber;
  readonly claims: boolean;
}

/** Names a package below a host name: a module that somebody published. */
function isThirdParty({ text, shape, packageName }: CompiledPattern): boolean {
  return /^[^/*]+\.[^/*]+\//.test(shape === null ? text : packageName);
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** What the entries say of the functions of one dump. Functions by their `fn` number in the SymbolIndex. */
export interface FunctionEntries {
  /** Per entry the functions it names, with the weight of the pattern that says most. */
  readonly named: readonly ReadonlyMap<number, number>[];
  /** Per entry whether USER is among its patterns. */
  readonly user: readonly boolean[];
  /** Per function: somebody's code. */
  readonly isUser: Uint8Array;
  /** The same without functions of third-party modules that a leak rule names. */
  readonly isUserOnTop: Uint8Array;
}

const PLUMBING = TRAIT.core | TRAIT.carrier | TRAIT.note;

/** Asks each distinct function of a dump once. Cost: functions × (1 + patterns of its package + patterns that leave it open). */
export function entriesOfFunctions(index: SymbolIndex, table: EntryTable): FunctionEntries {
  const named = table.user.map(() => new Map<number, number>());
  const isUser = new Uint8Array(index.fnPrinted.length);
  const isUserOnTop = new Uint8Array(index.fnPrinted.length);
  index.fnPrinted.forEach((printed, fn) => {
    const traits = index.fnTraits[fn] ?? 0;
    if (traits & TRAIT.note) return;
    const name = normaliseFunctionName(printed);
    const user = !(traits & PLUMBING) && !isStandardLibrary(name);
    let claimed = false;
    const take = ({ pattern, entry, claims }: NamedBy): void => {
      if (pattern.shape !== null && !pattern.shape.test(name)) return;
      claimed ||= claims;
      named[entry]?.set(fn, Math.max(pattern.weight, named[entry]?.get(fn) ?? 0));
    };
    table.byText.get(name)?.forEach(take);
    table.byPackage.get(index.packages[index.fnPackage[fn] ?? 0] ?? '')?.forEach(take);
    table.anywhere.forEach(take);
    isUser[fn] = user ? 1 : 0;
    isUserOnTop[fn] = user && !claimed ? 1 : 0;
  });
  return { named, user: table.user, isUser, isUserOnTop };
}

/** What `entry` says of a function: a WEIGHT, 0 when it does not name it. */
export function weightOf(entries: FunctionEntries, entry: EntryNumber, fn: number, onTop: boolean): number {
  const named = entries.named[entry];
  const weight = named === undefined || named.size === 0 ? undefined : named.get(fn);
  if (weight !== undefined) return weight;
  if (entries.user[entry] !== true) return 0;
  return (onTop ? entries.isUserOnTop : entries.isUser)[fn] === 1 ? WEIGHT.user : 0;
}

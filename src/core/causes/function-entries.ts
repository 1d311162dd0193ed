import { type SymbolIndex, TRAIT } from '../group/symbol-index.ts';
import { isStandardLibrary } from '../group/waiting-place.ts';
import { type CompiledPattern, compilePattern, WEIGHT } from './function-pattern.ts';
import { NameSearch } from './name-search.ts';
import { type FunctionPattern, USER } from './rule.ts';

/** "One of these functions", as a part of a rule's stack names them; numbered, as many rules name the same. */
export type EntryNumber = number;

/**
 * Where in a stack an entry is looked for. Of `ordered` frames it counts which stands further out, of `loose` ones only
 * whether there is one.
 */
export const ROLES = ['top', 'creator', 'ordered', 'loose'] as const;
export type Role = (typeof ROLES)[number];

/** A pattern and the entries it is part of. `claims`: see `EntryTable.add`. */
interface NamedBy {
  readonly pattern: CompiledPattern;
  readonly entries: EntryNumber[];
  claims: boolean;
}

/** All entries of a set of rules. */
export class EntryTable {
  readonly role: Role[] = [];
  /** Per entry whether USER is among its patterns. */
  readonly user: boolean[] = [];
  /** Patterns of all entries by how they are found: by their text, by their package, or by asking for their letters. */
  readonly byText = new Map<string, NamedBy>();
  readonly byPackage = new Map<string, NamedBy[]>();
  readonly anywhere = new NameSearch<NamedBy>();
  readonly #entries = new Map<string, EntryNumber>();
  readonly #patterns = new Map<FunctionPattern, NamedBy>();

  /** `claims`: a third-party function it names is no USER at the top of a stack; see USER. */
  add(patterns: readonly FunctionPattern[], role: Role, claims: boolean): EntryNumber {
    const key = `${role} ${claims} ${patterns.join('\n')}`;
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = this.user.push(patterns.includes(USER)) - 1;
    this.role.push(role);
    this.#entries.set(key, entry);
    for (const text of new Set(patterns)) {
      if (text === USER) continue;
      const named = this.#patterns.get(text) ?? this.#put(text);
      named.entries.push(entry);
      named.claims ||= claims && isThirdParty(named.pattern);
    }
    return entry;
  }

  #put(text: FunctionPattern): NamedBy {
    const pattern = compilePattern(text);
    const named: NamedBy = { pattern, entries: [], claims: false };
    this.#patterns.set(text, named);
    if (pattern.shape === null) {
      // Two patterns may be one once they are normalised.
      const same = this.byText.get(pattern.text);
      if (same !== undefined) {
        this.#patterns.set(text, same);
        return same;
      }
      this.byText.set(pattern.text, named);
    } else if (pattern.packageName === '') this.anywhere.add(named);
    else {
      const ofPackage = this.byPackage.get(pattern.packageName);
      if (ofPackage === undefined) this.byPackage.set(pattern.packageName, [named]);
      else ofPackage.push(named);
    }
    return named;
  }
}

/** Whether patterns all say as much, so that it is one which of the frames that match stands first. */
export function sayAsMuch(patterns: readonly FunctionPattern[]): boolean {
  return new Set(patterns.map((text) => compilePattern(text).weight)).size <= 1;
}

/** Names a package below a host name: a module that somebody published. */
function isThirdParty({ text, shape, packageName }: CompiledPattern): boolean {
  return /^[^/*]+\.[^/*]+\//.test(shape === null ? text : packageName);
}

/** Functions of which all entries of a role say the same. */
export interface FunctionClass {
  /** Entries that name them, with the weight of the pattern that says most. */
  readonly named: ReadonlyMap<EntryNumber, number>;
  /** What USER stands for in this role: at the top it leaves out third-party modules that a leak rule names. */
  readonly isUser: boolean;
}

/** The functions of one dump in one role. */
export interface RoleClasses {
  /** By their `fn` number in the SymbolIndex. */
  readonly of: Uint32Array;
  readonly classes: readonly FunctionClass[];
}
export type FunctionClasses = Readonly<Record<Role, RoleClasses>>;

/** The class of functions that no entry of a role asks for: most of Go's library. */
export const SILENT = 0;

/** Numbers classes as functions of them appear. */
class ClassTable {
  readonly of: Uint32Array;
  readonly classes: FunctionClass[] = [];
  readonly #known = new Map<string, number>();
  readonly #asksUser: boolean;
  readonly #unnamed: readonly [nobodys: number, users: number];

  constructor(functions: number, asksUser: boolean) {
    this.of = new Uint32Array(functions);
    this.#asksUser = asksUser;
    this.#unnamed = [this.#add([], false), this.#add([], asksUser)];
  }

  /** `weight`: per entry, of the pattern that says most. */
  put(fn: number, named: readonly EntryNumber[], weight: Uint8Array, isUser: boolean): void {
    if (named.length === 0) {
      this.of[fn] = this.#unnamed[isUser ? 1 : 0];
      return;
    }
    const weighed = named.map((entry) => [entry, weight[entry] ?? 0] as const);
    this.of[fn] = this.#add(weighed, isUser && this.#asksUser);
  }

  /** `named` is in the order in which patterns are asked, which is one for all functions that the same patterns name. */
  #add(named: readonly (readonly [entry: EntryNumber, weight: number])[], isUser: boolean): number {
    const key = `${isUser} ${named.join(' ')}`;
    let number = this.#known.get(key);
    if (number === undefined) {
      number = this.classes.push({ named: new Map(named), isUser }) - 1;
      this.#known.set(key, number);
    }
    return number;
  }
}

const PLUMBING = TRAIT.core | TRAIT.carrier | TRAIT.note;

/** Asks each distinct function of a dump once. Cost: functions × (1 + patterns of its package + those whose letters it has). */
export function classifyFunctions(index: SymbolIndex, table: EntryTable): FunctionClasses {
  const functions = index.fnPrinted.length;
  const asksUser = (role: Role) => table.user.some((user, entry) => user && table.role[entry] === role);
  const tableOf = (role: Role) => new ClassTable(functions, asksUser(role));
  const byRole: Record<Role, ClassTable> = {
    top: tableOf('top'),
    creator: tableOf('creator'),
    ordered: tableOf('ordered'),
    loose: tableOf('loose'),
  };

  let name = '';
  let claimed = false;
  // Entries that name the function, in the order in which they were asked, and per entry the weight: 0 for all others.
  const named: EntryNumber[] = [];
  const weight = new Uint8Array(table.role.length);
  const take = ({ pattern, entries, claims }: NamedBy): void => {
    if (pattern.shape !== null && !pattern.shape.test(name)) return;
    claimed ||= claims;
    for (const entry of entries) {
      if (weight[entry] === 0) named.push(entry);
      weight[entry] = Math.max(pattern.weight, weight[entry] ?? 0);
    }
  };
  for (let fn = 0; fn < functions; fn++) {
    const traits = index.fnTraits[fn] ?? 0;
    if (traits & TRAIT.note) continue;
    name = index.fnName[fn] ?? '';
    claimed = false;
    const exact = table.byText.get(name);
    if (exact !== undefined) take(exact);
    table.byPackage.get(index.packages[index.fnPackage[fn] ?? 0] ?? '')?.forEach(take);
    table.anywhere.each(name, take);
    const isUser = !(traits & PLUMBING) && !isStandardLibrary(name);
    for (const role of ROLES) {
      const ofRole = named.length === 0 ? named : named.filter((entry) => table.role[entry] === role);
      byRole[role].put(fn, ofRole, weight, isUser && !(role === 'top' && claimed));
    }
    for (const entry of named) weight[entry] = 0;
    named.length = 0;
  }
  return byRole;
}

/** What `entry` says of the function of a frame: a WEIGHT, 0 when it does not name it. */
export function weightOf(classes: FunctionClasses, table: EntryTable, entry: EntryNumber, fn: number): number {
  const role = classes[table.role[entry] ?? 'top'];
  const of = role.classes[role.of[fn] ?? SILENT];
  return of?.named.get(entry) ?? (table.user[entry] === true && of?.isUser === true ? WEIGHT.user : 0);
}

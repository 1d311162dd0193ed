/** The parts of a Go symbol. `main.(*Server).run.func1` → package "main", receiver "(*Server)", name "run.func1". */
export interface FunctionName {
  /** Import path, decoded: `gopkg.in/yaml.v3`. Empty for names without one: `panic`, C functions. */
  readonly packagePath: string;
  /** `(*Server)`, `(*List[...])`; empty for functions and for value receivers, which print like a plain first part. */
  readonly receiver: string;
  /** All that follows, with type arguments folded to `[...]`. */
  readonly name: string;
}

/** Bytes the linker escapes in the package path of a symbol, as `%2e` (cmd/internal/objabi/path.go). */
const ESCAPED = /(?:%[0-9a-fA-F]{2})+/g;

/** `gopkg.in/yaml%2ev3` → `gopkg.in/yaml.v3`. Escapes that are no UTF-8 stay as they are. Never throws. */
function decodePackagePath(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(ESCAPED, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });
}

/**
 * Where the package path of `symbol` ends: the first dot after the last slash that stands before any `[` or `(`, as
 * type arguments and receivers may hold paths of their own. -1 for a name without a package.
 */
function packageEnd(symbol: string): number {
  let stop = symbol.length;
  for (const bracket of ['[', '(']) {
    const at = symbol.indexOf(bracket);
    if (at >= 0 && at < stop) stop = at;
  }
  const slash = symbol.lastIndexOf('/', stop - 1);
  const dot = symbol.indexOf('.', slash + 1);
  return dot > 0 && dot < stop ? dot : -1;
}

/**
 * `Map[go.shape.int,go.shape.[]string]` → `Map[...]`, as text dumps print it; pprof files since Go 1.21 carry the whole
 * instantiation. A bracket that is never closed stays as it is.
 */
export function foldTypeArguments(name: string): string {
  let at = name.indexOf('[');
  if (at < 0) return name;
  let folded = '';
  let from = 0;
  while (at >= 0) {
    let depth = 0;
    let end = at;
    for (; end < name.length; end++) {
      const c = name[end];
      if (c === '[') depth++;
      else if (c === ']' && --depth === 0) break;
    }
    if (end === name.length) break;
    folded += `${name.slice(from, at)}[...]`;
    from = end + 1;
    at = name.indexOf('[', from);
  }
  return folded + name.slice(from);
}

/** Takes a symbol as a dump prints it, without arguments. One pass; any text gives an answer. */
export function parseFunctionName(symbol: string): FunctionName {
  const end = packageEnd(symbol);
  const packagePath = end < 0 ? '' : decodePackagePath(symbol.slice(0, end));
  const rest = foldTypeArguments(symbol.slice(end + 1));
  if (rest.startsWith('(')) {
    const close = rest.indexOf(').');
    if (close > 0) return { packagePath, receiver: rest.slice(0, close + 1), name: rest.slice(close + 2) };
  }
  return { packagePath, receiver: '', name: rest };
}

/** `caddy/v2` → `caddy`: major versions are never 0 or 1 in an import path, so `k8s.io/api/core/v1` keeps its element. */
const MAJOR_VERSION_ELEMENT = /\/v(?:[2-9]|[1-9]\d+)(?=\/|$)/g;
/** `gopkg.in/yaml.v3` → `gopkg.in/yaml`. */
const GOPKG_VERSION = /^(gopkg\.in\/.*?)\.v\d+(?=\/|$)/;
/** `github.com/acme/kit@v1.4.2` → `github.com/acme/kit`. */
const AT_VERSION = /@v\d[^/]*/g;

/** The import path as it stays over releases: without version suffixes. Takes a decoded path. */
export function unversionedPackage(packagePath: string): string {
  if (!/[@/]v\d|\.v\d/.test(packagePath)) return packagePath;
  return packagePath
    .replace(AT_VERSION, '')
    .replace(GOPKG_VERSION, '$1')
    .replace(/^([^/]*\/(?:.*\/)?[^/]+?)\.v\d+$/, '$1')
    .replace(MAJOR_VERSION_ELEMENT, '');
}

/** A dotted part that only says "a closure in the part before it": `func1`, `1`, `gowrap2`, `deferwrap1`, `func·001`. */
const CLOSURE_PART = /^(?:func|gowrap|deferwrap)?\d+$|^func·\d+$/;
/** Endings of a part that do the same: `-range1` (Go 1.23), `·dwrap·1` (1.17), `-fm` (a method used as a value). */
const CLOSURE_ENDING = /(?:(?:-range\d+)+|·dwrap·\d+|·\d+)$/;
const METHOD_VALUE_ENDING = /-fm$/;

/** Splits at dots outside parentheses and type arguments: `run.(*T[...]).m.func1` → `run`, `(*T[...])`, `m`, `func1`. */
function dottedParts(name: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < name.length; i++) {
    const c = name[i];
    if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (c === '.' && depth <= 0) {
      parts.push(name.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(name.slice(from));
  return parts;
}

/**
 * The name of `rest` (all after the package) without what an edit or another compiler renumbers: closures of a function
 * become one family `f.func`, `init.0` and `glob..func1` (to Go 1.20) join `init`.
 */
function unnumbered(rest: string): string {
  if (!/\d|-fm$|^glob\./.test(rest)) return rest;
  const out: string[] = [];
  for (const raw of dottedParts(rest.replace(/^glob\.(?=\.)/, 'init'))) {
    const part = raw.replace(METHOD_VALUE_ENDING, '');
    if (out.length === 0) {
      out.push(part.replace(CLOSURE_ENDING, ''));
      if (CLOSURE_ENDING.test(part)) out.push('func');
      continue;
    }
    const ending = CLOSURE_ENDING.test(part);
    const named = part.replace(CLOSURE_ENDING, '');
    if (out.length === 1 && out[0] === 'init' && /^\d+$/.test(named)) {
      if (ending) out.push('func');
    } else if (CLOSURE_PART.test(part) || CLOSURE_PART.test(named) || named === 'func') {
      // A receiver alone is no function yet: `(*T).func1` is a method of that name.
      const afterReceiver = out.length === 1 && out[0]?.startsWith('(');
      if (afterReceiver) out.push(part);
      else if (out.at(-1) !== 'func') out.push('func');
    } else {
      out.push(named);
      if (ending) out.push('func');
    }
  }
  return out.join('.');
}

/**
 * The symbol as it stays over a redeploy and between forms of a dump: closure numbers, type arguments and version
 * suffixes folded, `runtime.gopanic` as the text forms print it. For keys; people read `displayFunction`.
 */
export function normaliseFunctionName(symbol: string): string {
  if (symbol === 'runtime.gopanic') return 'panic';
  const end = packageEnd(symbol);
  const rest = unnumbered(foldTypeArguments(symbol.slice(end + 1)));
  const name = end < 0 ? rest : `${unversionedPackage(decodePackagePath(symbol.slice(0, end)))}.${rest}`;
  // Most names stay as they are: whoever keeps them then keeps no text twice.
  return name === symbol ? symbol : name;
}

/** Import path of a symbol without version suffixes: `net/http`. Empty for `panic` and C functions. */
export function packageOf(symbol: string): string {
  const end = packageEnd(symbol);
  return end < 0 ? '' : unversionedPackage(decodePackagePath(symbol.slice(0, end)));
}

/** Package elements that say nothing alone: `k8s.io/api/core/v1` is shown as `core/v1`. */
const VERSION_LIKE = /^v\d+(?:(?:alpha|beta)\d*)?$/;

/** `github.com/acme/orders/v2` → `orders`. */
export function shortPackage(packagePath: string): string {
  const elements = unversionedPackage(packagePath).split('/');
  const last = elements.at(-1) ?? '';
  const before = elements.at(-2);
  return before !== undefined && VERSION_LIKE.test(last) ? `${before}/${last}` : last;
}

/** The symbol for people: short package and all the rest, closures kept readable: `orders.(*Publisher).publish.func1`. */
export function displayFunction(symbol: string): string {
  if (symbol === 'runtime.gopanic') return 'panic';
  const end = packageEnd(symbol);
  const rest = foldTypeArguments(symbol.slice(end + 1));
  return end < 0 ? rest : `${shortPackage(decodePackagePath(symbol.slice(0, end)))}.${rest}`;
}

/** As `displayFunction` with the whole import path, for telling two packages of one short name apart. */
export function displayFunctionInFull(symbol: string): string {
  const end = packageEnd(symbol);
  const rest = foldTypeArguments(symbol.slice(end + 1));
  return end < 0 ? rest : `${decodePackagePath(symbol.slice(0, end))}.${rest}`;
}

import { normaliseFunctionName, packageOf } from '../group/function-name.ts';
import { type FunctionPattern, USER } from './rule.ts';

/** A FunctionPattern, ready to be asked. */
export interface CompiledPattern {
  /** In normalised form; USER stays as it is. */
  readonly text: string;
  /** Null where the text itself must stand there, and for USER. */
  readonly shape: NameShape | null;
  /** Package every match is in; empty when the pattern leaves it open. */
  readonly packageName: string;
  /** How much it says: WEIGHT. */
  readonly weight: number;
}

/** A text with wildcards. */
export interface NameShape {
  /** The literal texts that every match holds, in this order. */
  readonly pieces: readonly string[];
  readonly test: (name: string) => boolean;
}

/** How much a match says, from "somebody's code" to "this function". */
export const WEIGHT = { user: 1, anyPackage: 2, family: 3, exact: 4 } as const;

/** `gopkg.in/yaml.v3.f`, as people write what a symbol escapes (`gopkg.in/yaml%2ev3.f`): that dot is part of the package. */
const UNESCAPED_VERSION = /^([^([]*\/[^/([.]+)\.(v\d+)\./;

/**
 * Takes a pattern in the words of rule.ts. It is normalised like the names of a dump, so that version suffixes, escapes
 * and closure numbers copied from a dump (`gopkg.in/mgo%2ev2.f.func1`) match all the same. The star of a pointer receiver
 * is no wildcard: `(*Conn)` is that type, `(*)` and `(**)` any.
 */
export function compilePattern(pattern: FunctionPattern): CompiledPattern {
  if (pattern === USER) return { text: USER, shape: null, packageName: '', weight: WEIGHT.user };
  const text = normaliseFunctionName(pattern.replace(UNESCAPED_VERSION, '$1%2e$2.'));
  const pieces = wildcardPieces(text);
  if (pieces.length === 1) return { text, shape: null, packageName: '', weight: WEIGHT.exact };
  const shape = shapeOf(pieces);
  const packageName = packageOf(text);
  const open = packageName === '' || packageName.includes('*');
  const weight = open ? WEIGHT.anyPackage : WEIGHT.family;
  return { text, shape, packageName: open ? '' : packageName, weight };
}

/** The literal texts between the wildcards of a pattern; one when there is no wildcard. */
function wildcardPieces(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf('*'); at >= 0; at = text.indexOf('*', at + 1)) {
    const isReceiver = text[at - 1] === '(';
    // `(*)`: the star is both, what a pointer receiver begins with and any type.
    if (isReceiver && text[at + 1] !== ')') continue;
    pieces.push(text.slice(from, isReceiver ? at + 1 : at));
    from = at + 1;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/**
 * Each piece is looked for where the one before it ended, the last one at the end. No RegExp: rules come from files, too,
 * and `*a*a*a*a` would have one try all ways to divide a long name.
 */
function shapeOf(pieces: readonly string[]): NameShape {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  const between = pieces.slice(1, -1);
  return {
    pieces,
    test: (name) => {
      if (!name.startsWith(first)) return false;
      let at = first.length;
      for (const piece of between) {
        const found = name.indexOf(piece, at);
        if (found < 0) return false;
        at = found + piece.length;
      }
      return name.length - last.length >= at && name.endsWith(last);
    },
  };
}

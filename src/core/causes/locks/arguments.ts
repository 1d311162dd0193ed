/** One printed word of an argument: `0xc0000140c8`, or `0xc0000140c8?`. */
export interface Word {
  readonly value: number;
  /**
   * False for `0x…?`: since Go 1.17 arguments travel in registers, and the word is read from a slot that the compiler no
   * longer (or not yet) fills (runtime/traceback.go, printArgs). It may be anything, so nothing is concluded from it.
   */
  readonly sure: boolean;
}

/**
 * Arguments in order; null for one that is no single word: an aggregate `{0x1, 0x2}`, or one that is not printed (`_`).
 * Arguments after `...` are missing. Null for `f(...)`: an inlined call or a frame of an ancestor, which print none.
 */
export type Arguments = readonly (Word | null)[] | null;

const WORD = /^0x([0-9a-f]+)(\?)?$/;
/** Values above are no addresses on any platform of Go, and no longer exact in a double. */
const MAX_EXACT = 2 ** 53;

/**
 * The text between the parentheses of a frame: `0xc0000140c8, {0x1?, 0x2}, 0x0?, ...`. Text of no known form gives null
 * in its place. A receiver is the first argument.
 */
export function parseArguments(text: string): Arguments {
  if (text === '...') return null;
  const list: (Word | null)[] = [];
  for (const part of topLevelParts(text)) {
    if (part === '' || part === '...') break;
    const word = WORD.exec(part);
    const value = word === null ? MAX_EXACT : Number.parseInt(word[1] ?? '', 16);
    list.push(value < MAX_EXACT ? { value, sure: word?.[2] === undefined } : null);
  }
  return list;
}

/** Splits at commas outside braces. */
function topLevelParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts;
}

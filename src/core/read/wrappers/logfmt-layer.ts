import { findWord, HEADER, type LayerContext, type LayerKind } from './layer.ts';
import { type LineView, latin1 } from './line-view.ts';
import { stampMs } from './stamps.ts';
import { unescapeBytes } from './unescape.ts';

/** Bytes of a line in which its pairs are looked for. */
const PAIRS_BYTES = 4096;
/** `key=value` or `key="value"`, from the end of the pair before. */
const PAIR = /\s{0,4}([\w.@-]{1,64})=("(?:[^"\\]|\\.){0,4000}"|[^\s"]{0,4000})(?=\s|$)/y;

interface Pairs {
  /** Names in order. */
  readonly names: string;
  /** Of each name, where its value begins and ends. */
  readonly values: ReadonlyMap<string, readonly [number, number]>;
  readonly text: string;
}

/**
 * A line of a dump in each line of a log of pairs, as a logger makes of what is written to it line by line:
 *
 *     time="2026-11-23T02:41:07Z" level=error msg="main.main()"
 *
 * Lines with other pairs have more to say and stay as they are.
 */
export function logfmtKind(context: LayerContext): LayerKind {
  return {
    doubtful: true,
    find: (view) => {
      if (findWord(view.bytes, view.start, view.end) < 0) return null;
      const pairs = readPairs(view);
      if (pairs === null) return null;
      const found = [...pairs.values].find(([, [from, to]]) => HEADER.test(pairs.text.slice(from, to)));
      if (found === undefined) return null;
      const [key] = found;
      return {
        name: `a line in ${key}=`,
        take: (line) => {
          const own = readPairs(line);
          const value = own?.names === pairs.names ? own.values.get(key) : undefined;
          if (own === null || value === undefined) return false;
          const [from, to] = value;
          const time = own.values.get('time') ?? own.values.get('ts') ?? own.values.get('timestamp');
          if (time !== undefined) {
            line.stamp(stampMs(own.text.slice(...time).replace(/^"|"$/g, ''), context.referenceMs));
          }
          const quoted = own.text[from] === '"';
          const { bytes } = unescapeBytes(line.bytes, line.start + from + (quoted ? 1 : 0), line.start + to, quoted);
          line.replace(bytes);
          return true;
        },
      };
    },
  };
}

/** The line as pairs; null when it is anything else. */
function readPairs(view: LineView): Pairs | null {
  if (view.end - view.start > PAIRS_BYTES) return null;
  const text = latin1(view.bytes, view.start, view.end).trimEnd();
  const names: string[] = [];
  const values = new Map<string, readonly [number, number]>();
  PAIR.lastIndex = 0;
  for (let at = 0; at < text.length; at = PAIR.lastIndex) {
    const pair = PAIR.exec(text);
    if (pair === null) return null;
    const [whole, name = '', value = ''] = pair;
    names.push(name);
    values.set(name, [at + whole.length - value.length, at + whole.length]);
  }
  return names.length < 2 ? null : { names: names.join(), values, text };
}

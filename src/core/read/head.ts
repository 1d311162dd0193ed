import type { Head } from './format.ts';

/** Characters of a quoted line that a message shows. */
const MAX_QUOTED = 100;

/** The first line that is not blank, without surrounding spaces; empty when the head holds none. */
export function firstLine(head: Head): string {
  return /[^\s\0][^\n]*/.exec(head.text)?.[0].trim() ?? '';
}

/** The first `count` lines that are not blank, without surrounding spaces. */
export function firstLines(head: Head, count: number): string[] {
  const lines: string[] = [];
  for (const line of head.text.split('\n', 1000)) {
    const text = line.trim();
    if (text !== '' && lines.push(text) === count) break;
  }
  return lines;
}

/**
 * Text of the input in quotes, safe to show: tabs as a space, control, format and private characters (NUL, escape codes, direction
 * overrides) as `\u001b`, cut to 100 characters.
 */
export function quoteForPeople(text: string): string {
  const tidy = text.replace(/\t+/g, ' ');
  const cut = tidy.length > MAX_QUOTED ? `${tidy.slice(0, MAX_QUOTED)}…` : tidy;
  const shown = cut.replace(/\p{C}/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
  return `“${shown}”`;
}

/** True when the head begins with these bytes at `at`. */
export function hasBytes(head: Head, at: number, magic: readonly number[]): boolean {
  return magic.every((byte, i) => head.bytes[at + i] === byte);
}

/** 1-based line of the character at `index`. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

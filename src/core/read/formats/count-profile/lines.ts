import type { ProfileKind } from '../../../model/dump.ts';

/** The first line of a profile. */
export interface CountHeader {
  readonly profile: ProfileKind;
  /** Goroutines the profile says it counts. */
  readonly total: number;
}

/** `goroutine profile: total 42`, `goroutineleak profile: total 3` (runtime/pprof printCountProfile). Surrounding spaces are allowed. */
export function parseCountHeader(text: string): CountHeader | null {
  const found = /^(goroutine|goroutineleak) profile: total (\d{1,15})$/.exec(text.trim());
  if (found === null) return null;
  return { profile: found[1] === 'goroutine' ? 'goroutine' : 'goroutineleak', total: Number(found[2]) };
}

/** The first line of a record. */
export interface RecordLine {
  readonly count: number;
  /** The addresses as printed, not looked at: `0x43d3f6 0x44d1b2`. */
  readonly addresses: string;
}

/** `40 @ 0x43d3f6 0x44d1b2 0x6a1c55 0x46f181`. A record without addresses ends in `@`. */
export function parseRecordLine(text: string): RecordLine | null {
  const found = /^(\d{1,15}) @(?: |$)/.exec(text);
  return found === null ? null : { count: Number(found[1]), addresses: text.slice(found[0].length).trim() };
}

/** Addresses of a record line: return addresses, innermost first. Words that are no address are left out. */
export function parseAddresses(addresses: string): string[] {
  return addresses.split(' ').filter((word) => /^0x[0-9a-f]{1,16}$/.test(word));
}

/** One `#` line of a record. */
export interface FrameLine {
  /** As printed: `0x6a1c54`. */
  readonly address: string;
  /** Without the offset; the address itself where the profile names no function. */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** False when only the address was printed (C code, a stripped program). */
  readonly named: boolean;
}

/**
 * Reads a `#` line, or answers null. Columns are set apart by one or more tabs, or by spaces where an editor replaced
 * them. Scans by index: a hostile line must cost one pass.
 *
 *     #⇥0x6a1c54⇥main.worker+0x34⇥⇥/srv/app/main.go:18
 *     #⇥0x6a1c54
 */
export function parseFrameLine(text: string): FrameLine | null {
  const start = /^#[ \t]+(0x[0-9a-f]{1,16})(?:[ \t]+|$)/.exec(text);
  const address = start?.[1];
  if (start === null || address === undefined) return null;
  const rest = text.slice(start[0].length);
  if (rest === '') return { address, function: address, file: '', line: 0, named: false };
  const nameEnd = columnEnd(rest);
  const place = rest.slice(nameEnd).trimStart();
  const colon = place.lastIndexOf(':');
  const line = place.slice(colon + 1);
  if (colon <= 0 || !/^-?\d{1,9}$/.test(line)) return null;
  const name = rest.slice(0, nameEnd);
  const offset = name.lastIndexOf('+0x');
  const bare = offset > 0 ? name.slice(0, offset) : name;
  return { address, function: bare, file: place.slice(0, colon), line: Number(line), named: true };
}

/** End of the function column: its first tab, or else the space after its offset (names of C++ functions hold spaces). */
function columnEnd(rest: string): number {
  const tab = rest.indexOf('\t');
  if (tab >= 0) return tab;
  const offset = /\+0x[0-9a-f]+ /.exec(rest);
  return offset === null ? rest.length : offset.index + offset[0].length - 1;
}

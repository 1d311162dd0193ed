import { toPlausibleMs } from '../taken-at.ts';
import { inYear } from './stamps.ts';

const NOT_HERE = -1;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const [SPACE, PLUS, COMMA, MINUS, DOT, SLASH, COLON] = [32, 43, 44, 45, 46, 47, 58];
const [UPPER_T, UPPER_Z] = [84, 90];

/**
 * Reads the times that logs put before a line, from bytes and without a string. Each method takes the position of the first
 * byte and answers the one after the time, or -1 where no such time stands, and leaves the time in `ms`.
 */
export class Clock {
  /** Milliseconds since 1970 UTC; UTC unless a zone was named. NaN when it is none a dump can have, or has no year and nothing tells it. */
  ms = Number.NaN;
  readonly #referenceMs: number | null;
  #ofDay = 0;
  #zoneMs = 0;
  /** The date last read, and the milliseconds at its midnight. */
  #date = -1;
  #midnight = Number.NaN;

  /** `referenceMs`: the file's own time, by which times without a year get theirs. */
  constructor(referenceMs: number | null) {
    this.#referenceMs = referenceMs;
  }

  /** `2026-11-23T02:41:07.123456789Z`, `…+02:00`, `…+0200` (RFC 3339, ISO 8601). */
  iso(b: Uint8Array, at: number): number {
    if (b[at + 10] !== UPPER_T) return NOT_HERE;
    const date = this.#readDate(b, at, MINUS);
    const time = date < 0 ? NOT_HERE : this.#readTime(b, date + 1);
    if (time < 0) return NOT_HERE;
    const zone = this.#readZone(b, time);
    if (zone === time) return NOT_HERE;
    return this.#finish(zone);
  }

  /** `2026-11-23 02:41:07,123`, `2026/11/23 02:41:07.000000`, with a zone or none. */
  dated(b: Uint8Array, at: number): number {
    const mark = b[at + 4] ?? 0;
    if (b[at + 10] !== SPACE || (mark !== MINUS && mark !== SLASH)) return NOT_HERE;
    const date = this.#readDate(b, at, mark);
    const time = date < 0 ? NOT_HERE : this.#readTime(b, date + 1);
    return time < 0 ? NOT_HERE : this.#finish(this.#readZone(b, time));
  }

  /** `Mon 2026-11-23 02:41:07 UTC` (journalctl -o short-full). The zone's name is not read: only UTC is sure. */
  full(b: Uint8Array, at: number): number {
    if (!isLetter(b[at]) || !isLetter(b[at + 2]) || b[at + 3] !== SPACE) return NOT_HERE;
    const time = this.dated(b, at + 4);
    if (time < 0 || b[time] !== SPACE) return NOT_HERE;
    let end = time + 1;
    while (end < time + 8 && (isLetter(b[end]) || b[end] === PLUS || b[end] === MINUS || digit(b, end) >= 0)) end++;
    return end > time + 1 ? end : NOT_HERE;
  }

  /** `Nov 23 02:41:07.123456` (RFC 3164, journalctl -o short). */
  short(b: Uint8Array, at: number): number {
    const month = monthAt(b, at);
    if (month < 0 || b[at + 3] !== SPACE || b[at + 6] !== SPACE) return NOT_HERE;
    const day = b[at + 4] === SPACE ? digit(b, at + 5) : two(b, at + 4);
    const end = day < 1 || day > 31 ? NOT_HERE : this.#readTime(b, at + 7);
    if (end < 0) return NOT_HERE;
    this.#chooseYear(month, day);
    return end;
  }

  /** `1123 02:41:07.000000` or `20261123 02:41:07.000000`, behind the letter of klog and glog. */
  klog(b: Uint8Array, at: number): number {
    const long = digit(b, at + 4) >= 0;
    const from = long ? at + 4 : at;
    const month = two(b, from) - 1;
    const day = two(b, from + 2);
    if (month < 0 || month > 11 || day < 1 || day > 31 || b[from + 4] !== SPACE) return NOT_HERE;
    const end = this.#readTime(b, from + 5);
    if (end < 0) return NOT_HERE;
    if (!long) {
      this.#chooseYear(month, day);
      return end;
    }
    const year = two(b, at) * 100 + two(b, at + 2);
    this.#setDate(year, month + 1, day);
    this.#zoneMs = 0;
    return this.#finish(end);
  }

  /** `1795401667.123456` (journalctl -o short-unix). */
  unix(b: Uint8Array, at: number): number {
    let end = at;
    let seconds = 0;
    for (let d = digit(b, end); d >= 0 && end < at + 11; d = digit(b, ++end)) seconds = seconds * 10 + d;
    if (end !== at + 10 || b[end] !== DOT) return NOT_HERE;
    const after = this.#readFraction(b, end + 1);
    if (after === end + 1) return NOT_HERE;
    this.ms = toPlausibleMs(seconds * 1000 + this.#fractionMs) ?? Number.NaN;
    return after;
  }

  #finish(end: number): number {
    this.ms = toPlausibleMs(this.#midnight + this.#ofDay - this.#zoneMs) ?? Number.NaN;
    return end;
  }

  #chooseYear(month: number, day: number): void {
    this.ms =
      this.#referenceMs === null ? Number.NaN : (inYear(month, day, this.#ofDay, this.#referenceMs) ?? Number.NaN);
  }

  #readDate(b: Uint8Array, at: number, mark: number): number {
    const century = two(b, at);
    const year = century < 0 ? -1 : century * 100 + two(b, at + 2);
    const month = two(b, at + 5);
    const day = two(b, at + 8);
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return NOT_HERE;
    if (b[at + 4] !== mark || b[at + 7] !== mark) return NOT_HERE;
    this.#setDate(year, month, day);
    return at + 10;
  }

  #setDate(year: number, month: number, day: number): void {
    const date = year * 10_000 + month * 100 + day;
    if (date === this.#date) return;
    this.#date = date;
    this.#midnight = Date.UTC(year, month - 1, day);
  }

  #readTime(b: Uint8Array, at: number): number {
    const hour = two(b, at);
    const minute = two(b, at + 3);
    const second = two(b, at + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return NOT_HERE;
    if (b[at + 2] !== COLON || b[at + 5] !== COLON) return NOT_HERE;
    this.#ofDay = ((hour * 60 + minute) * 60 + second) * 1000;
    const mark = b[at + 8];
    if ((mark !== DOT && mark !== COMMA) || digit(b, at + 9) < 0) return at + 8;
    const end = this.#readFraction(b, at + 9);
    this.#ofDay += this.#fractionMs;
    return end;
  }

  #fractionMs = 0;

  /** Up to nine digits behind the second; the first three count. */
  #readFraction(b: Uint8Array, at: number): number {
    let end = at;
    let ms = 0;
    for (let d = digit(b, end); d >= 0 && end < at + 9; d = digit(b, ++end)) if (end < at + 3) ms = ms * 10 + d;
    for (let digits = end - at; digits < 3; digits++) ms *= 10;
    this.#fractionMs = ms;
    return end;
  }

  /** `Z`, `+02:00`, `+0200` or `+02`; the position itself where there is none. */
  #readZone(b: Uint8Array, at: number): number {
    this.#zoneMs = 0;
    const mark = b[at];
    if (mark === UPPER_Z) return at + 1;
    if (mark !== PLUS && mark !== MINUS) return at;
    const hours = two(b, at + 1);
    if (hours < 0) return at;
    const colon = b[at + 3] === COLON ? 1 : 0;
    const minutes = two(b, at + 3 + colon);
    this.#zoneMs = (hours * 60 + Math.max(0, minutes)) * 60_000 * (mark === MINUS ? -1 : 1);
    return minutes < 0 ? at + 3 : at + 5 + colon;
  }
}

/** The value of a digit, or -1. */
export function digit(b: Uint8Array, at: number): number {
  const value = (b[at] ?? 0) - 48;
  return value >= 0 && value <= 9 ? value : -1;
}

function two(b: Uint8Array, at: number): number {
  const tens = digit(b, at);
  const ones = digit(b, at + 1);
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

function isLetter(byte: number | undefined): boolean {
  const lower = (byte ?? 0) | 32;
  return lower >= 97 && lower <= 122;
}

/** 0 for Jan, or -1. */
function monthAt(b: Uint8Array, at: number): number {
  const first = b[at];
  for (let month = 0; month < 12; month++) {
    if (first !== MONTHS.charCodeAt(month * 3)) continue;
    if (b[at + 1] === MONTHS.charCodeAt(month * 3 + 1) && b[at + 2] === MONTHS.charCodeAt(month * 3 + 2)) return month;
  }
  return -1;
}

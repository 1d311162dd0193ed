import type { RaceAccess, RaceCreation } from '../../../model/race-report.ts';

/**
 * The first line of an access, of a creation or of anything else with a stack (compiler-rt, lib/tsan/rtl/tsan_report.cpp,
 * the part for Go):
 *
 *     Write at 0x00c0000b4010 by goroutine 8:
 *     Previous read at 0x00c0000b4010 by main goroutine:
 *     Goroutine 8 (running) created at:
 */
export type SectionLine =
  | ({ readonly kind: 'access' } & Omit<RaceAccess, 'frames'>)
  | ({ readonly kind: 'creation' } & Omit<RaceCreation, 'frames'>);

const ACCESS =
  /^([A-Z][a-z]{1,20}(?: [a-z]{1,20}){0,3}) at (0x[0-9a-f]{1,16}) by (?:goroutine ([0-9]{1,19})|main goroutine):$/;
const CREATION = /^Goroutine ([0-9]{1,19}) \(([a-z ]{1,20})\) created at:$/;

/** `text` without spaces around it. */
export function parseSection(text: string): SectionLine | null {
  const access = ACCESS.exec(text);
  if (access !== null) {
    const goroutine = access[3] === undefined ? 'main' : Number(access[3]);
    return { kind: 'access', what: access[1] ?? '', address: access[2] ?? '', goroutine };
  }
  const creation = CREATION.exec(text);
  return creation === null ? null : { kind: 'creation', goroutine: Number(creation[1]), state: creation[2] ?? '' };
}

/** Sections that are neither: `Heap block of size 48 at 0x… allocated by …`, `Global var …`, `Goroutine 5 lock mutex 3 while …`, `Mutex 3 created at:`. */
const NOTE = /^(?:Heap block of size |Global var |Location is |Mutex [0-9]|Goroutine [0-9]{1,19} lock )/;

export function isNote(text: string): boolean {
  return NOTE.test(text);
}

const FUNCTION = /^(\S.{0,4000})\(\)$/;
/** `/srv/app/main.go:14 +0x44`. Reports name no arguments and always an offset. */
const FILE = /^(.{0,4096}):([0-9]{1,9}) \+0x[0-9a-f]{1,16}$/;

/** `main.(*account).add()`, without spaces around it. */
export function parseFunction(text: string): string | null {
  return FUNCTION.exec(text)?.[1] ?? null;
}

export function parseFile(text: string): { file: string; line: number } | null {
  const found = FILE.exec(text);
  return found === null ? null : { file: found[1] ?? '', line: Number(found[2]) };
}

export const WARNING = 'WARNING: DATA RACE';
export const NO_STACK = '[failed to restore the stack]';

/** The line of equals signs before and after a report. */
export function isRule(text: string): boolean {
  return text === '==================';
}

const FOUND = /^Found ([0-9]{1,9}) data race\(s\)$/;

/** `Found 6 data race(s)`, the last line of a program that had some; go test prints none. */
export function parseFound(text: string): number | null {
  const found = FOUND.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Lines that end a report whose rule is missing: the next thing a program or go test prints. */
const OTHER_TEXT =
  /^(?:goroutine [0-9]|goroutine(?:leak)? profile: |panic: |fatal error: |SIGQUIT: |exit status |--- |=== |FAIL\b|ok {2})/;

export function isOtherText(text: string): boolean {
  return OTHER_TEXT.test(text);
}

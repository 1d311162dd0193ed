import type { Race, RaceAccess } from '../../core/model/race-report.ts';
import type { Frame } from '../../core/model/symbols.ts';
import { stackText } from '../stack/stack-text.ts';

/** "goroutine 7", "the main goroutine". */
export function goroutineWords(goroutine: RaceAccess['goroutine']): string {
  return goroutine === 'main' ? 'the main goroutine' : `goroutine ${goroutine}`;
}

/** A race as text for a ticket, in the order of the report. */
export function raceText({ accesses, creations, notes }: Race): string {
  const frames = (given: readonly Frame[] | null) =>
    given === null
      ? '[failed to restore the stack]\n'
      : stackText({ count: 1, state: '', frames: given, createdBy: null });
  return [
    ...accesses.map(
      ({ what, address, goroutine, frames: stack }) =>
        `${what} at ${address} by ${goroutine === 'main' ? 'main goroutine' : `goroutine ${goroutine}`}:\n${frames(stack)}`,
    ),
    ...notes.map((note) => `${note}\n`),
    ...creations.map(
      ({ goroutine, state, frames: stack }) => `Goroutine ${goroutine} (${state}) created at:\n${frames(stack)}`,
    ),
  ].join('\n');
}

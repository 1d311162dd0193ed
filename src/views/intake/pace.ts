import { formatBytes } from '../../ui/format.ts';

/** Milliseconds before which a rate is chance. */
const SURE_MS = 1000;

/** How fast a file is read and how long that will take, to be set behind the bytes; empty while nobody can tell. */
export function paceWords(file: {
  readonly sizeBytes: number;
  readonly bytesRead?: number;
  readonly elapsedMs?: number;
}): string {
  const { sizeBytes, bytesRead = 0, elapsedMs = 0 } = file;
  if (elapsedMs < SURE_MS || bytesRead === 0) return '';
  const perSecond = (bytesRead / elapsedMs) * 1000;
  const left = Math.ceil(Math.max(0, sizeBytes - bytesRead) / perSecond);
  const time = left < 100 ? `${left} s` : `${Math.ceil(left / 60)} min`;
  return `, ${formatBytes(perSecond)}/s, ${left === 0 ? 'nearly done' : `about ${time} left`}`;
}

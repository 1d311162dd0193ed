import type { AnalysedDump, AnalysedFrame } from './analysis.ts';

const COLUMNS = [
  'goroutines',
  'state',
  'group',
  'cause',
  'wait_min_minutes',
  'wait_median_minutes',
  'wait_max_minutes',
  'created_by',
  'labels',
  'stack',
] as const;

/**
 * The groups of a dump as CSV (RFC 4180), largest first. A field that a spreadsheet would take for a formula begins with an
 * apostrophe, which spreadsheets do not show (OWASP, CSV injection).
 */
export function toCsv({ groups }: Pick<AnalysedDump, 'groups'>): string {
  const rows = groups.map(({ count, state, inferredState, name, cause, waitMinutes, createdBy, labels, frames }) => [
    String(count),
    inferredState === undefined ? state : `${inferredState} (inferred)`,
    name,
    cause === null ? '' : `${cause.id} ${cause.grade}`,
    ...[waitMinutes?.min, waitMinutes?.median, waitMinutes?.max].map((minutes) => String(minutes ?? '')),
    createdBy === null ? '' : placeOf(createdBy),
    labels === null ? '' : JSON.stringify(labels),
    frames.map(placeOf).join('\n'),
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function placeOf({ function: name, file, line }: Omit<AnalysedFrame, 'inlined'>): string {
  return file === '' ? name : `${name} ${file}:${line}`;
}

function field(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import { DATA_ID } from '../investigation/one-file.ts';
import { readReportData } from '../investigation/report.ts';

/** Whether the page is a report. */
export function carriesFile(page: Document): boolean {
  return (page.getElementById(DATA_ID)?.textContent.trim() ?? '') !== '';
}

/** The investigation inside a report, as the file it was saved as; null when the page carries none. Throws when it is damaged. */
export function carriedFile(page: Document): Blob | null {
  const block = page.getElementById(DATA_ID);
  const pieces = block === null ? [] : readReportData(block.textContent);
  // The text is twice as large as the bytes and not needed any more.
  block?.replaceChildren();
  return pieces.length === 0 ? null : new Blob(pieces);
}

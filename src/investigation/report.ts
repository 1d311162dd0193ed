import { fromBase64, toBase64 } from './base64.ts';
import { DATA_END, DATA_START } from './one-file.ts';

/** Characters of a report's title that are kept. */
const MAX_TITLE = 200;
const MEGABYTE = 1024 * 1024;
/** Bytes of a packed investigation that are put into a report: larger pages open slowly, and strings end at 512 MB. */
export const MAX_REPORT_BYTES = 200 * MEGABYTE;
/** Characters of base64 read at a time. */
const READ_SLICE = 4 * MEGABYTE;

/**
 * The page as one file with an investigation in it (bytes of a saved one), which it opens by itself. `template` is what
 * `composePage` gave, with or without another investigation. Throws an Error with a message for people when it is
 * something else (a login page, say), or when there is too much. Takes about 10 ms for each megabyte.
 */
export function makeReport(template: string, packed: Uint8Array, title: string): string {
  if (packed.length > MAX_REPORT_BYTES) {
    const size = Math.ceil(packed.length / MEGABYTE);
    throw new Error(`It is too large for one file: ${size} MB, of at most ${MAX_REPORT_BYTES / MEGABYTE} MB.`);
  }
  // The block comes last in the file, after a script that names it.
  const at = template.lastIndexOf(DATA_START);
  const end = template.indexOf(DATA_END, at + DATA_START.length);
  if (at < 0 || end < 0) {
    throw new Error(
      'What was fetched as standstill.html is not the page as one file. Is there a login page before it?',
    );
  }
  const before = template.slice(0, at).replace(/<title>[^<]*<\/title>/, () => `<title>${titleText(title)}</title>`);
  return before + DATA_START + toBase64(packed) + template.slice(end);
}

/** Bytes of the investigation in a report, in pieces; none when there is none. `text` is what its data block holds; throws when that is no base64. */
export function readReportData(text: string): Uint8Array<ArrayBuffer>[] {
  const base64 = text.trim();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < base64.length; at += READ_SLICE) {
    pieces.push(fromBase64(base64.slice(at, at + READ_SLICE)));
  }
  return pieces;
}

/** A title as it may stand in a title element, without control characters and halves of surrogate pairs. */
function titleText(title: string): string {
  const shown = title
    .slice(0, MAX_TITLE)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  return shown === '' ? 'Standstill' : `${shown.replace(/&/g, '&amp;').replace(/</g, '&lt;')} – Standstill`;
}

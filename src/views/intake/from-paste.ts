import type { IncomingFile } from '../../store/state.ts';
import { formatClock } from '../../ui/format.ts';
import { type Collected, fromFileList } from './collect-files.ts';

/** Pasted text as a file named after the moment: "pasted text 02:41:07". */
export function fromText(text: string, nowMs: number): IncomingFile {
  const name = `pasted text ${formatClock(nowMs)}`;
  return { file: new Blob([text], { type: 'text/plain' }), name, path: name, modifiedMs: null };
}

/** Files on the clipboard, else its text; null when it holds neither. */
export function fromClipboard(clipboard: DataTransfer, nowMs: number): Collected | null {
  if (clipboard.files.length > 0) return fromFileList(clipboard.files);
  const text = clipboard.getData('text/plain');
  return text.trim() === '' ? null : { files: [fromText(text, nowMs)], leftOut: '' };
}

/** True where keys and pastes belong to the element itself. */
export function isTextEntry(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

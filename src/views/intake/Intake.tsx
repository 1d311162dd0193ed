import { lazy, type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useActions } from '../../store/use-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { LazyPart } from '../LazyPart.tsx';
import { type Collected, fromFileList } from './collect-files.ts';
import { fromClipboard, fromText, isTextEntry } from './from-paste.ts';
import { HowToGet } from './HowToGet.tsx';
import { IntakeContext, type IntakeDoors } from './intake-context.ts';
import { PasteDialog } from './PasteDialog.tsx';
import { fetchSample } from './sample-incident.ts';
import { useDropTarget } from './use-drop-target.ts';
import './intake.css';

const Guide = lazy(async () => ({ default: (await import('../help/Guide.tsx')).Guide }));

/** Everything that brings dumps onto the page: drop, file and folder fields, paste, the sample. Wraps the page. */
export function Intake({ children }: { children: ReactNode }) {
  const { addFiles } = useActions();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<'none' | 'paste' | 'how-to' | 'guide'>('none');
  const [message, setMessage] = useState('');
  const [sampleOnItsWay, setSampleOnItsWay] = useState(false);
  const [hasSample, setHasSample] = useState(false);

  const take = (collected: Collected | null, empty: string) => {
    if (collected !== null && collected.files.length > 0) {
      addFiles(collected.files);
      setDialog('none');
    }
    setMessage(collected === null || collected.files.length === 0 ? empty : collected.leftOut);
  };
  const over = useDropTarget((collected) =>
    take(collected, `Nothing was dropped that can be read. ${collected.leftOut}`.trim()),
  );
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (isTextEntry(event.target) || event.clipboardData === null) return;
    event.preventDefault();
    take(fromClipboard(event.clipboardData, Date.now()), 'The clipboard holds no text and no file.');
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);
  const openSample = useEffectEvent(async () => {
    setSampleOnItsWay(true);
    try {
      take({ files: await fetchSample(), leftOut: '' }, '');
      setHasSample(true);
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    } finally {
      setSampleOnItsWay(false);
    }
  });
  const doors = useMemo<IntakeDoors>(
    () => ({
      openFiles: () => files.current?.click(),
      openFolder: () => folder.current?.click(),
      openPaste: () => setDialog('paste'),
      openHowTo: () => setDialog('how-to'),
      openGuide: () => setDialog('guide'),
      openSample: () => void openSample(),
      hasSample,
      sampleOnItsWay,
    }),
    [hasSample, sampleOnItsWay],
  );
  const onChosen = (field: HTMLInputElement) => {
    take(fromFileList(field.files ?? []), 'No file was chosen.');
    // The same file chosen again must be told again.
    field.value = '';
  };
  return (
    <IntakeContext value={doors}>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="file-input"
        onChange={(e) => onChosen(e.currentTarget)}
      />
      <input
        // React has no attribute for it.
        ref={(field) => {
          folder.current = field;
          if (field !== null) field.webkitdirectory = true;
        }}
        type="file"
        hidden
        data-testid="folder-input"
        onChange={(e) => onChosen(e.currentTarget)}
      />
      {children}
      {message === '' ? null : (
        <div className="intake-message" role="status" aria-label="Intake">
          <span>{message}</span>
          <button type="button" className="button small quiet" onClick={() => setMessage('')}>
            Dismiss
          </button>
        </div>
      )}
      {dialog === 'paste' ? (
        <PasteDialog
          onClose={() => setDialog('none')}
          onText={(text) => take({ files: [fromText(text, Date.now())], leftOut: '' }, '')}
        />
      ) : null}
      {dialog === 'how-to' ? (
        <Dialog title="How to get a dump" onClose={() => setDialog('none')}>
          <HowToGet />
        </Dialog>
      ) : null}
      {dialog === 'guide' ? (
        <LazyPart what="The guide">
          <Guide onClose={() => setDialog('none')} />
        </LazyPart>
      ) : null}
      {over ? (
        <div className="drop-overlay">
          <p>Drop to open</p>
        </div>
      ) : null}
    </IntakeContext>
  );
}

import { useId, useRef, useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatBytes } from '../../ui/format.ts';

/**
 * A box to paste a dump into, for browsers and devices without a paste key. The field is not controlled: text of tens
 * of megabytes would be copied into React's state at every key.
 */
export function PasteDialog({ onText, onClose }: { onText: (text: string) => void; onClose: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [length, setLength] = useState(0);
  const id = useId();
  return (
    <Dialog title="Paste a dump" onClose={onClose}>
      <form
        className="paste-form"
        onSubmit={(event) => {
          event.preventDefault();
          const text = field.current?.value ?? '';
          if (text.trim() !== '') onText(text);
        }}
      >
        <label htmlFor={id} className="muted">
          The output of debug=2 or debug=1, a crash, or a log with a dump in it. Text around and before its lines is
          fine.
        </label>
        <textarea
          id={id}
          ref={field}
          className="field mono"
          data-autofocus
          wrap="off"
          rows={14}
          spellCheck={false}
          autoComplete="off"
          placeholder={'goroutine 1 [chan receive, 12 minutes]:\nmain.main()\n\t/srv/app/main.go:42 +0x1f'}
          onChange={(event) => setLength(event.currentTarget.value.length)}
        />
        <div className="paste-foot">
          <span className="muted">
            {length === 0 ? 'Anywhere on the page, Ctrl+V or ⌘V works too.' : `about ${formatBytes(length)}`}
          </span>
          <button type="submit" className="button primary" disabled={length === 0}>
            Read it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

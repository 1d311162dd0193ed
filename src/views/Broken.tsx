import type { FallbackProps } from 'react-error-boundary';
import { CopyButton } from '../ui/CopyButton.tsx';

/** A part of the page that broke: what happened, and a way back that keeps the dumps. */
export function Broken({ error, resetErrorBoundary }: FallbackProps) {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return (
    <div className="broken" role="alert">
      <h2>This part of the page broke</h2>
      <p>The dumps are still loaded. Try again; if it breaks again, copy the message into a bug report.</p>
      <pre>{text}</pre>
      <div className="dump-buttons">
        <button type="button" className="button primary" onClick={resetErrorBoundary}>
          Try again
        </button>
        <CopyButton text={text} what="message" className="button" />
      </div>
    </div>
  );
}

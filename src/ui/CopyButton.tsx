import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';

/** How long "Copied" stands. */
const SHOWN_MS = 1600;

/** Copies `text` and says whether it worked. `what` completes the accessible name: "Copy stack". */
export function CopyButton({
  text,
  what,
  label = 'Copy',
  className = 'button small quiet',
}: {
  text: string | (() => string);
  what: string;
  label?: string;
  className?: string;
}) {
  const [result, setResult] = useState<'none' | 'copied' | 'failed'>('none');
  useEffect(() => {
    if (result === 'none') return;
    const timer = setTimeout(() => setResult('none'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => {
    const done = await copyText(typeof text === 'string' ? text : text());
    setResult(done ? 'copied' : 'failed');
  };
  const shown = result === 'none' ? label : result === 'copied' ? 'Copied' : 'Not copied';
  return (
    <button
      type="button"
      className={`copy ${result === 'copied' ? 'done ' : ''}${className}`}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => void copy()}
    >
      {shown}
      <span className="visually-hidden" aria-live="polite">
        {result === 'none' ? '' : shown}
      </span>
    </button>
  );
}

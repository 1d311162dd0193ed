import { type ReactNode, useId, useRef, useState } from 'react';
import { termOf } from './terms.ts';
import './help.css';

/** A word of a dump with what it means: on hover, focus or press; Escape closes it, and it stays while the pointer is over it. */
export function Explained({ word, children }: { word: string; children?: ReactNode }) {
  const term = termOf(word);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLSpanElement>(null);
  if (term === null) return children ?? null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is what is operated; hovering the word only opens it, too.
    <span
      ref={box}
      className="explained"
      onPointerEnter={() => setOpen(true)}
      onPointerLeave={() => setOpen(false)}
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
      }}
    >
      {children}
      <button
        type="button"
        className="explain"
        aria-label={`What “${word}” means`}
        aria-expanded={isOpen}
        aria-describedby={isOpen ? id : undefined}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
      >
        ?
      </button>
      {isOpen ? (
        <span className="explanation" id={id} role="tooltip">
          <strong>{term.term}</strong> {term.says} <span className="muted">{term.source}</span>
        </span>
      ) : null}
    </span>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';

/** Something that opens under its summary and closes by Escape, which gives the focus back, or by a press elsewhere. */
export function DropDown({
  className,
  summary,
  children,
}: {
  className: string;
  /** The `<summary>` element. */
  summary: ReactNode;
  children: ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: PointerEvent) => {
      const element = details.current;
      if (element?.open && event.target instanceof Node && !element.contains(event.target)) element.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  return (
    <details
      className={className}
      ref={details}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || details.current === null || !details.current.open) return;
        event.stopPropagation();
        details.current.open = false;
        details.current.querySelector('summary')?.focus();
      }}
    >
      {summary}
      {children}
    </details>
  );
}

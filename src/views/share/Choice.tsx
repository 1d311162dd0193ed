import type { ReactNode } from 'react';

/** One way of sharing: what it is, what goes along, its size, and the button that does it. */
export function Choice({
  title,
  size,
  action,
  children,
}: {
  title: string;
  /** Empty while it is not known. */
  size: string;
  action: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="share-choice">
      <div className="share-words">
        <h4>{title}</h4>
        <p className="muted">{children}</p>
        <p className="share-size" aria-live="polite">
          {size}
        </p>
      </div>
      <div className="share-action">{action}</div>
    </li>
  );
}

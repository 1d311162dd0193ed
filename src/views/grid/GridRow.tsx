import { memo, type ReactNode } from 'react';

/** A row of a grid: its cells as children, which must be the same elements while they show the same. */
export const GridRow = memo(function GridRow({
  id,
  at,
  chosen,
  height,
  children,
}: {
  id: string;
  /** Place in the table, from 0. */
  at: number;
  chosen: boolean;
  /** Pixels. */
  height: number;
  children: ReactNode;
}) {
  return (
    <tr
      id={id}
      aria-rowindex={at + 2}
      aria-selected={chosen}
      className={chosen ? 'chosen' : undefined}
      style={{ height }}
    >
      {children}
    </tr>
  );
});

import type { Completion } from '../../core/query/complete.ts';

/** What may stand at the caret, to be taken by a press or by the keys of the field it belongs to. */
export function CompletionList({
  id,
  options,
  active,
  onTake,
}: {
  id: string;
  options: readonly Completion[];
  /** -1: none. */
  active: number;
  onTake: (insert: string) => void;
}) {
  return (
    <div className="completions" id={id} role="listbox" aria-label="Completions">
      {options.map(({ insert, says }, at) => (
        <div
          key={insert}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className={at === active ? 'active' : ''}
          onPointerDown={(event) => {
            // The field keeps the focus.
            event.preventDefault();
            onTake(insert);
          }}
        >
          <code>{insert}</code> <span className="muted">{says}</span>
        </div>
      ))}
    </div>
  );
}

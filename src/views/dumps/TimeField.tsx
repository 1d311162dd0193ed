import { useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../ui/format.ts';

/**
 * Sets, or takes away, the time of a dump. Local time with seconds; `onDone` gets milliseconds, null for "no time", or
 * undefined when nothing shall change.
 */
export function TimeField({
  takenAtMs,
  label,
  onDone,
}: {
  takenAtMs: number | null;
  label: string;
  onDone: (takenAtMs: number | null | undefined) => void;
}) {
  const [value, setValue] = useState(takenAtMs === null ? '' : toLocalInput(takenAtMs));
  const [wrong, setWrong] = useState(false);
  return (
    <form
      className="inline-edit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const ms = fromLocalInput(value);
        if (ms === null) setWrong(true);
        else onDone(ms);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone(undefined);
      }}
    >
      <input
        type="datetime-local"
        step={1}
        className="field"
        aria-label={label}
        aria-invalid={wrong}
        value={value}
        ref={(field) => field?.focus()}
        onChange={(event) => {
          setValue(event.currentTarget.value);
          setWrong(false);
        }}
      />
      <button type="submit" className="button small">
        Set
      </button>
      <button type="button" className="button small quiet" onClick={() => onDone(null)}>
        Clear
      </button>
      {wrong ? (
        <p className="warn" role="alert">
          Give a day and a time.
        </p>
      ) : null}
    </form>
  );
}

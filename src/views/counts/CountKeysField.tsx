import { useId, useState } from 'react';
import { DEFAULT_COUNT_KEYS } from '../../core/read/options.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { toCountKeys } from './count-keys.ts';

/** Keys of log lines that count goroutines. Takes effect on Enter, or when the field is left; empty means the usual ones. */
export function CountKeysField() {
  const countKeys = useStandstill((state) => state.countKeys);
  const { setCountKeys } = useActions();
  const now = countKeys?.join(', ') ?? '';
  const [value, setValue] = useState(now);
  const id = useId();
  const apply = () => {
    const keys = toCountKeys(value);
    const text = keys?.join(', ') ?? '';
    setValue(text);
    if (text !== now) setCountKeys(keys);
  };
  return (
    <form
      className="count-keys"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <label htmlFor={id}>Keys that count goroutines in logs</label>
      <input
        id={id}
        className="field mono"
        value={value}
        maxLength={2000}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={`${DEFAULT_COUNT_KEYS.slice(0, 3).join(', ')}, …`}
        title={`Without any: ${DEFAULT_COUNT_KEYS.join(', ')}`}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setValue(event.currentTarget.value)}
        onBlur={apply}
      />
      <p id={`${id}-hint`} className="muted">
        {countKeys === null ? 'The usual ones. ' : 'In place of the usual ones. '}Commas between; open files are read
        again.
      </p>
    </form>
  );
}

import { type FormEvent, useId, useState } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import { parseLimit } from './verdict-words.ts';

/** Where the user says how many goroutines must not be reached; taken on Enter or when the field is left. */
export function LimitField() {
  const limit = useStandstill((state) => state.view.limit);
  const { choose } = useActions();
  // What is being typed; null shows the limit that holds.
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState('');
  const errorId = useId();
  const type = (text: string) => {
    setDraft(text);
    setError('');
  };
  const take = (event?: FormEvent) => {
    event?.preventDefault();
    if (draft === null) return;
    const parsed = parseLimit(draft);
    if ('error' in parsed) return setError(parsed.error);
    setDraft(null);
    if (parsed.limit !== limit) choose({ limit: parsed.limit });
  };
  const forget = () => {
    setDraft(null);
    setError('');
  };
  return (
    <form className="limit" onSubmit={take}>
      <label>
        limit{' '}
        <input
          className="field"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={15}
          placeholder="goroutines"
          title="A number of goroutines you do not want to reach"
          value={draft ?? (limit === null ? '' : formatCount(limit))}
          aria-invalid={error !== ''}
          aria-describedby={errorId}
          onChange={(event) => type(event.target.value)}
          onBlur={() => take()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') forget();
          }}
        />
      </label>
      <span id={errorId} className="warn" aria-live="polite">
        {error}
      </span>
    </form>
  );
}

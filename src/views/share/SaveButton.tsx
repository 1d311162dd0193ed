import { useState } from 'react';
import type { GivenFile } from '../../store/handover.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Makes a file and saves it; says when it cannot be made. `make` is null while there is nothing to save. */
export function SaveButton({ what, make }: { what: string; make: (() => Promise<GivenFile>) | null }) {
  const [state, setState] = useState<{ readonly isMaking: boolean; readonly why: string }>({
    isMaking: false,
    why: '',
  });
  const save = async (): Promise<void> => {
    if (make === null) return;
    setState({ isMaking: true, why: '' });
    try {
      const { name, type, bytes } = await make();
      saveFile(name, type, bytes);
      setState({ isMaking: false, why: '' });
    } catch (error) {
      setState({ isMaking: false, why: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <>
      <button
        type="button"
        className="button small"
        disabled={make === null || state.isMaking}
        aria-label={`Save ${what}`}
        onClick={() => void save()}
      >
        {state.isMaking ? 'Making…' : 'Save'}
      </button>
      {state.why === '' ? null : (
        <p className="failed-note" role="alert">
          {state.why}
        </p>
      )}
    </>
  );
}

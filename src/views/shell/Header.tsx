import { useStandstill } from '../../store/use-store.ts';
import { hasContent } from '../has-content.ts';
import { useIntake } from '../intake/intake-context.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';

/** The bar on top: name, ways to bring dumps in, theme, keys. */
export function Header({ onKeys, onShare }: { onKeys: () => void; onShare: () => void }) {
  const { openFiles, openPaste, openFolder, openHowTo } = useIntake();
  const isFilled = useStandstill(hasContent);
  const title = useStandstill((state) => state.view.title);
  const hasDumps = useStandstill((state) => state.dumps.length > 0);
  return (
    <header className="header">
      <h1>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M2 4h12M2 8h8M2 12h8M13 7v6" stroke="currentColor" strokeWidth="2" fill="none" />
        </svg>
        Standstill
      </h1>
      {title === '' ? (
        <span className="header-privacy muted">Nothing leaves this browser</span>
      ) : (
        <span className="header-title" title={title}>
          {title}
        </span>
      )}
      <span className="spacer" />
      {isFilled ? (
        <button type="button" className="button small quiet wide-only" onClick={openHowTo}>
          How to get a dump
        </button>
      ) : null}
      <button type="button" className="button small" onClick={openFiles} title="Open files (o)">
        Open
      </button>
      <button type="button" className="button small wide-only" onClick={openFolder}>
        Folder
      </button>
      <button type="button" className="button small" onClick={openPaste} title="Paste a dump (p, or Ctrl+V anywhere)">
        Paste
      </button>
      {hasDumps ? (
        <button type="button" className="button small" onClick={onShare} title="Share (s)">
          Share
        </button>
      ) : null}
      <ThemeSwitch />
      <button
        type="button"
        className="button small"
        onClick={onKeys}
        aria-label="Keys and about"
        title="Keys and about (?)"
      >
        ?
      </button>
    </header>
  );
}

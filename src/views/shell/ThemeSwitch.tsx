import { useSyncExternalStore } from 'react';
import { applyTheme, onThemeSwitch, shownTheme, THEMES, type Theme } from '../../ui/theme.ts';

const WORDS: Readonly<Record<Theme, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

/** Follows the system, or stays light or dark; remembered where the browser allows it. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(onThemeSwitch, shownTheme);
  return (
    <select
      className="field theme-switch"
      aria-label="Theme"
      title="Theme"
      value={theme}
      onChange={(event) => applyTheme(THEMES.find((each) => each === event.currentTarget.value) ?? 'system')}
    >
      {THEMES.map((each) => (
        <option key={each} value={each}>
          {WORDS[each]}
        </option>
      ))}
    </select>
  );
}

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'standstill.theme';

/** The theme chosen before, or the system's. Storage may be forbidden or hold anything. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Shows the theme at once and keeps it for the next visit where the browser allows it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // A page without storage still switches, it only forgets.
  }
  for (const listener of listeners) listener();
}

const listeners = new Set<() => void>();

/** The theme on show; `system` where none was chosen. */
export function shownTheme(): Theme {
  const shown = document.documentElement.getAttribute('data-theme');
  return THEMES.find((theme) => theme === shown) ?? 'system';
}

/** Calls `listener` whenever the theme is switched; answers with the function that ends it. */
export function onThemeSwitch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

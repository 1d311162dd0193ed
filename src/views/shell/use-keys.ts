import { useEffect, useEffectEvent } from 'react';
import { isTextEntry } from '../intake/from-paste.ts';

/** Single keys that work anywhere on the page, by `KeyboardEvent.key`. A handler answers false when it had no use for it. */
export type KeyMap = Readonly<Record<string, () => boolean>>;

/** For handlers that always have a use for their key: does it and says so. */
export function run(action: () => void): true {
  action();
  return true;
}

/** Listens for the keys, except while text is typed, a dialog is open or a modifier is held. */
export function useKeys(keys: KeyMap): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTextEntry(event.target) || document.querySelector('dialog[open]') !== null) return;
    const handler = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (handler?.() === true) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

/** Ctrl+K, or ⌘K: also while text is typed, not while a dialog is open. */
export function usePaletteKey(open: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    open();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

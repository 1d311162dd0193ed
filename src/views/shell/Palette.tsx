import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { findActions, type PageAction } from './page-actions.ts';
import './palette.css';

const LISTED = 60;

/** Every action by its name: typed, chosen by arrows, done by Enter. */
export function Palette({ actions, onClose }: { actions: readonly PageAction[]; onClose: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => findActions(actions, text), [actions, text]);
  const shown = found.slice(0, LISTED);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  });
  const act = (action: PageAction | undefined) => {
    if (action === undefined) return;
    onClose();
    // Once the dialog has given the focus back: what follows may take it.
    setTimeout(action.run);
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0 && shown.length > 0) setActive((active + by + shown.length) % shown.length);
    else if (event.key === 'Enter') act(shown[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Do something" className="dialog palette" onClose={onClose}>
      <input
        className="field"
        type="text"
        role="combobox"
        data-autofocus
        aria-label="What to do"
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        {...(shown.length > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder="compare, share, a group, a dump…"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <div className="palette-list" id={id} role="listbox" aria-label="Actions" ref={list}>
        {shown.map((action, at) => (
          <div
            key={action.title}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={at === active ? 'active' : ''}
            onPointerDown={(event) => {
              event.preventDefault();
              act(action);
            }}
          >
            <span>{action.title}</span>
            {action.key === null ? null : <kbd>{action.key}</kbd>}
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p className="muted">Nothing is called so.</p> : null}
    </Dialog>
  );
}

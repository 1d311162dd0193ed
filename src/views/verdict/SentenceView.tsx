import type { ReactNode } from 'react';
import type { Sentence, Show } from '../../core/trend/verdict.ts';
import { useActions } from '../../store/use-store.ts';
import { useOpenStack } from '../panel-context.ts';
import { SHOW_HINTS } from './verdict-words.ts';
import './verdict.css';

/** A sentence of the verdict; its numbers and names lead to what they count. `onShow` is told first: a dialog closes. */
export function SentenceView({ sentence, onShow }: { sentence: Sentence; onShow?: (() => void) | undefined }) {
  return sentence.map((part, index) => {
    if (typeof part === 'string') return part;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move.
      <ShowLink key={index} show={part.show} onShow={onShow}>
        {part.text}
      </ShowLink>
    );
  });
}

/**
 * A number or name that leads to what it counts. Not a `button`: browsers lay those out as boxes, and a long name must
 * break over lines inside its sentence.
 */
export function ShowLink({
  show,
  onShow,
  className = 'link',
  title,
  children,
}: {
  show: Show;
  onShow?: (() => void) | undefined;
  className?: string;
  /** The whole of a name that may be cut; the hint follows it. */
  title?: string;
  children: ReactNode;
}) {
  const actions = useActions();
  const openStack = useOpenStack();
  const hint = SHOW_HINTS[show.kind];
  const follow = (byKey: boolean) => {
    onShow?.();
    actions.show(show);
    // As a row of the table does.
    if (show.kind === 'group') openStack(byKey);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above.
    <span
      role="button"
      tabIndex={0}
      className={className}
      title={title === undefined ? hint : `${title}\n${hint}`}
      onClick={() => follow(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        follow(true);
      }}
    >
      {children}
    </span>
  );
}

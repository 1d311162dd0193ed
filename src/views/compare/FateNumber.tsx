import { Fragment, type MouseEvent } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount } from '../../ui/format.ts';
import { useOpenStack } from '../panel-context.ts';
import { FATE_HINTS, type FateCount } from './fates.ts';

/**
 * Goroutines of a group by fate; a click lists them beside the table. No stop of the Tab key: the table is one stop, and
 * the chips above the list do the same by keyboard.
 */
export function FateNumber({
  groupKey,
  of: { fate, side, count, word },
  worded = true,
}: {
  groupKey: string;
  of: FateCount;
  worded?: boolean;
}) {
  const dumpId = useStandstill((state) => (side === 'a' ? state.view.a : state.view.b));
  const { choose } = useActions();
  const openStack = useOpenStack();
  const text = worded ? `${formatCount(count)} ${word}` : formatCount(count);
  if (count === 0) return <span className="muted">{text}</span>;
  const list = (event: MouseEvent) => {
    // A click on the row lists all goroutines of the group.
    event.stopPropagation();
    choose({ dumpId, groupKey, fate });
    openStack(false);
  };
  return (
    <button
      type="button"
      className="link fate-number"
      tabIndex={-1}
      title={`${formatCount(count)} ${word}: ${FATE_HINTS[fate]}. Click to list them.`}
      onClick={list}
    >
      {text}
    </button>
  );
}

/** "4,011 stuck · 812 born", each to click. */
export function FateNumbers({ groupKey, fates }: { groupKey: string; fates: readonly FateCount[] }) {
  return fates.map((each, index) => (
    <Fragment key={each.word}>
      {index === 0 ? '' : ' · '}
      <FateNumber groupKey={groupKey} of={each} />
    </Fragment>
  ));
}

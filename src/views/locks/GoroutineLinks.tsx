import { type ReactNode, useState } from 'react';
import { ALL_GROUPS } from '../../store/show.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { formatCount, formatMinutes, formatNumberOf } from '../../ui/format.ts';
import type { GoroutinePlace } from '../../worker/protocol.ts';
import { useOpenStack } from '../panel-context.ts';
import { RawText } from '../stack/RawText.tsx';
import { goroutinesIn } from './lock-words.ts';
import './locks.css';

/** Goroutines by id, as far as the analyst knows where they stand. */
export type Places = ReadonlyMap<number, GoroutinePlace>;

/** The raw text a block has opened. It closes when another block opens one, as there is one text at a time. */
export interface OpenText {
  readonly row: number | null;
  readonly toggle: (row: number) => void;
}

export function useOpenText(): OpenText {
  const { showRawText } = useActions();
  const shown = useStandstill((state) => state.rawText.row);
  const [own, setOwn] = useState<number | null>(null);
  const row = own !== null && own === shown ? own : null;
  const toggle = (next: number) => {
    const wanted = next === row ? null : next;
    setOwn(wanted);
    showRawText(wanted);
  };
  return { row, toggle };
}

/** A goroutine that opens its raw text below; only a name where the dump holds none. */
export function GoroutineLink({
  id,
  places,
  text,
  children = `goroutine ${id}`,
}: {
  id: number;
  places: Places;
  text: OpenText;
  children?: ReactNode;
}) {
  const place = places.get(id);
  if (place === undefined) return <span className="mono">{children}</span>;
  return (
    <button
      type="button"
      className="link mono"
      aria-expanded={text.row === place.row}
      title={`${place.state}${place.waitMinutes === null ? '' : `, ${formatMinutes(place.waitMinutes)}`}: shows its text`}
      onClick={() => text.toggle(place.row)}
    >
      {children}
    </button>
  );
}

/** A sentence whose goroutines can be opened. */
export function Linked({ sentence, places, text }: { sentence: string; places: Places; text: OpenText }) {
  return goroutinesIn(sentence).map((piece, at) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence never move.
      <GoroutineLink key={at} id={piece.id} places={places} text={text}>
        {piece.text}
      </GoroutineLink>
    ),
  );
}

/** The text that a block has opened. */
export function OpenedText({ text }: { text: OpenText }) {
  return text.row === null ? null : <RawText />;
}

const FIRST_IDS = 12;

/** Ids in a row, the first of them until all are asked for. `count`: how many there are beyond those listed. */
export function GoroutineList({
  ids,
  count,
  places,
  text,
}: {
  ids: readonly number[];
  count: number;
  places: Places;
  text: OpenText;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? ids : ids.slice(0, FIRST_IDS);
  return (
    <p className="goroutine-list">
      {shown.map((id) => (
        <GoroutineLink key={id} id={id} places={places} text={text} />
      ))}
      {shown.length < ids.length ? (
        <button type="button" className="button small" onClick={() => setAll(true)}>
          Show {formatCount(ids.length - shown.length)} more
        </button>
      ) : count > ids.length ? (
        <span className="muted">
          first {formatCount(ids.length)} of {formatNumberOf(count, 'goroutine')}
        </span>
      ) : null}
    </p>
  );
}

const FIRST_GROUPS = 3;

/** The groups that goroutines are in, those of most of them first; a click goes there. `count`: as for GoroutineList. */
export function GroupLinks({ ids, count, places }: { ids: readonly number[]; count: number; places: Places }) {
  const { choose } = useActions();
  const openStack = useOpenStack();
  const groups = new Map<string, { name: string; count: number }>();
  for (const id of ids) {
    const place = places.get(id);
    if (place === undefined) continue;
    const known = groups.get(place.groupKey) ?? { name: place.groupName, count: 0 };
    known.count++;
    groups.set(place.groupKey, known);
  }
  const most = [...groups].sort((a, b) => b[1].count - a[1].count);
  if (most.length === 0) return null;
  return (
    <ul className="group-links">
      {most.slice(0, FIRST_GROUPS).map(([key, { name }]) => (
        <li key={key}>
          <button
            type="button"
            className="link mono"
            title={`${name}\nShows the group`}
            onClick={(event) => {
              choose({ ...ALL_GROUPS, groupKey: key, showExpected: true });
              openStack(event.detail === 0);
            }}
          >
            <Breakable text={name} />
          </button>
        </li>
      ))}
      {most.length > FIRST_GROUPS ? (
        <li className="muted">
          and {count > ids.length ? 'more groups' : formatNumberOf(most.length - FIRST_GROUPS, 'more group')}
        </li>
      ) : null}
    </ul>
  );
}

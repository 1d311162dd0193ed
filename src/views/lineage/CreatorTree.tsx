import { type KeyboardEvent, startTransition, useEffect, useId, useMemo, useRef, useState } from 'react';
import { displayFunction, normaliseFunctionName } from '../../core/group/function-name.ts';
import { ALL_GROUPS } from '../../store/show.ts';
import type { LineageReply } from '../../store/state.ts';
import { useActions } from '../../store/use-store.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { CountBar } from '../../ui/CountBar.tsx';
import { formatCount, formatNumberOf, formatShare } from '../../ui/format.ts';
import { tableKey } from '../grid/table-key.ts';
import { useOpenStack } from '../panel-context.ts';
import { firstOpen, type TreeRow, treeRows, treeStep } from './tree-rows.ts';

/** Rows at first; the tree holds at most some hundred. */
const FIRST_ROWS = 100;
/** Rows a page key goes. */
const PAGE = 15;

/**
 * Kinds of goroutines below those that created them. One stop for the Tab key: arrows move, open and close; Enter shows
 * the group of the creating function.
 */
export function CreatorTree({ reply: { tree, groupKeys } }: { reply: LineageReply }) {
  const { choose } = useActions();
  const openStack = useOpenStack();
  const [open, setOpen] = useState(() => firstOpen(tree));
  const [chosen, setChosen] = useState(0);
  const [all, setAll] = useState(false);
  const grid = useRef<HTMLTableElement>(null);
  const gridId = useId();
  const rows = useMemo(() => treeRows(tree, open), [tree, open]);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  const position = shown.findIndex(({ at }) => at === chosen);
  const rowId = (at: number) => `${gridId}-${at}`;

  useEffect(() => {
    if (position >= 0) grid.current?.querySelector('tr.chosen')?.scrollIntoView?.({ block: 'nearest' });
  }, [position]);

  const toggle = (at: number) => {
    const next = new Set(open);
    if (!next.delete(at)) next.add(at);
    setOpen(next);
    // Rows that close over the chosen one must not leave it out of sight.
    if (!next.has(at) && isBelow(tree.nodes, chosen, at)) setChosen(at);
  };
  const show = (row: TreeRow, byKey: boolean) => {
    const key = groupKeys.get(normaliseFunctionName(row.node.createdBy));
    const all = { ...ALL_GROUPS, level: 'created-by', showExpected: true } as const;
    choose(key === undefined ? { ...all, groupKey: null, search: row.node.createdBy } : { ...all, groupKey: key });
    if (key !== undefined) openStack(byKey);
  };
  const press = (event: KeyboardEvent) => {
    const row = shown[position];
    if (event.key === 'Enter' && row !== undefined && event.target === event.currentTarget) {
      event.preventDefault();
      show(row, true);
      return;
    }
    const step = treeStep(tableKey(event).key, shown, position, PAGE);
    if (step === null) return;
    event.preventDefault();
    if ('toggle' in step) toggle(step.toggle);
    else setChosen(shown[step.go]?.at ?? 0);
  };

  return (
    <>
      <div className="lineage-box">
        <table
          className="lineage-tree"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows open and close, so the table is a tree grid.
          role="treegrid"
          aria-label="Creators"
          aria-rowcount={rows.length + 1}
          aria-activedescendant={position >= 0 ? rowId(chosen) : undefined}
          tabIndex={0}
          ref={grid}
          onKeyDown={press}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">Started in, created by</th>
              <th scope="col" className="numbers">
                Goroutines
              </th>
              <th scope="col" className="numbers lineage-share">
                With all below
              </th>
              <th scope="col" className="lineage-state">
                State
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              <Row
                key={row.at}
                row={row}
                id={rowId(row.at)}
                index={at + 2}
                all={tree.goroutines}
                chosen={row.at === chosen}
                onChoose={() => setChosen(row.at)}
                onToggle={() => toggle(row.at)}
                onShow={() => show(row, false)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="shown">
        <span>
          {shown.length < tree.nodeCount
            ? `${formatCount(shown.length)} of ${formatNumberOf(tree.nodeCount, 'kind')} of goroutines shown`
            : `${formatNumberOf(tree.nodeCount, 'kind')} of goroutines`}
          {tree.nodes.length < tree.nodeCount ? `; the ${formatCount(tree.nodes.length)} largest are in the tree` : ''}
        </span>
        {shown.length < rows.length || open.size < countParents(tree.nodes) ? (
          <button
            type="button"
            className="link"
            onClick={() => {
              // In slices, so that keys and clicks are answered between them.
              startTransition(() => {
                setAll(true);
                setOpen(new Set(tree.nodes.keys()));
              });
            }}
          >
            show all
          </button>
        ) : null}
      </p>
    </>
  );
}

function Row({
  row: { node, childCount, open, place, siblings },
  id,
  index,
  all,
  chosen,
  onChoose,
  onToggle,
  onShow,
}: {
  row: TreeRow;
  id: string;
  index: number;
  all: number;
  chosen: boolean;
  onChoose: () => void;
  onToggle: () => void;
  onShow: () => void;
}) {
  const { entry, createdBy, goroutines, withDescendants, creatorGone, states, depth } = node;
  const name = entry === '' ? 'no frames' : displayFunction(entry);
  const [state] = states;
  return (
    <tr
      id={id}
      aria-rowindex={index}
      aria-level={depth + 1}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={childCount > 0 ? open : undefined}
      aria-selected={chosen}
      className={chosen ? 'chosen' : undefined}
      onClick={onChoose}
    >
      <th scope="row" style={{ paddingLeft: 8 + 16 * Math.min(depth, 12) }}>
        <span className="lineage-name">
          {childCount > 0 ? (
            <button
              type="button"
              className="lineage-toggle"
              tabIndex={-1}
              aria-label={`${open ? 'Close' : 'Open'} ${name}`}
              onClick={onToggle}
            >
              {open ? '▾' : '▸'}
            </button>
          ) : (
            <span className="lineage-toggle" />
          )}
          <span>
            <span className="mono lineage-entry" title={entry}>
              <Breakable text={name} />
            </span>
            <span className="second" title={createdBy}>
              <Breakable text={createdBy === '' ? 'nobody created it' : `by ${displayFunction(createdBy)}`} />
              {creatorGone > 0 ? (
                <>
                  {' '}
                  <span className="inferred" title="The goroutine that created them is not in this dump">
                    creator gone{creatorGone < goroutines ? ` of ${formatCount(creatorGone)}` : ''}
                  </span>
                </>
              ) : null}
            </span>
          </span>
        </span>
      </th>
      <td className="numbers">
        <button
          type="button"
          className="link"
          tabIndex={-1}
          title={createdBy === '' ? 'Shows the group without a creator' : `Shows what ${createdBy} created`}
          onClick={onShow}
        >
          {formatCount(goroutines)}
        </button>
      </td>
      <td className="numbers lineage-share">
        <span className="count-line">
          <strong>{formatCount(withDescendants)}</strong>{' '}
          <span className="muted">{formatShare(withDescendants, all)}</span>
        </span>
        <CountBar part={withDescendants} all={all} />
      </td>
      <td className="lineage-state" title={states.map(([word, count]) => `${word} ${formatCount(count)}`).join(', ')}>
        {state?.[0] ?? ''}
        {states.length > 1 ? <span className="muted"> +{states.length - 1}</span> : null}
      </td>
    </tr>
  );
}

function countParents(nodes: LineageReply['tree']['nodes']): number {
  return new Set(nodes.map(({ parent }) => parent).filter((parent) => parent >= 0)).size;
}

function isBelow(nodes: LineageReply['tree']['nodes'], at: number, top: number): boolean {
  for (let each = nodes[at]?.parent ?? -1; each >= 0; each = nodes[each]?.parent ?? -1) if (each === top) return true;
  return false;
}

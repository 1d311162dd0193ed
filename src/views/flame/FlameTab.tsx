import { useMemo, useState } from 'react';
import { FLAME_DIRECTIONS, FLAME_WEIGHTS, type FlameTree } from '../../core/flame/flame-tree.ts';
import { pathTo } from '../../core/flame/layout.ts';
import type { FlameReply } from '../../store/flame-questions.ts';
import { selectPreviousDump } from '../../store/selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { SearchField } from '../groups/SearchField.tsx';
import { FLAME_COLORS, type FlameColor } from './colors.ts';
import { FlameCanvas } from './FlameCanvas.tsx';
import { FlameTable } from './FlameTable.tsx';
import { labelOf } from './paint.ts';
import './flame.css';

const DIRECTIONS = { 'root-first': 'Callers on top', 'leaf-first': 'Where they wait on top' } as const;
const WEIGHTS = { goroutines: 'Goroutines', minutes: 'Goroutine-minutes' } as const;
const COLORS = { package: 'Package', state: 'State', change: 'Growth' } as const;

/** All stacks of the dump on show as boxes, as wide as the goroutines that stand there; or as a table of the same numbers. */
export function FlameTab() {
  const flame = useStandstill((state) => state.flame);
  const { value, status, error } = flame;
  return (
    <>
      <div className="toolbar">
        <SearchField />
        <Settings />
      </div>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          The stacks could not be drawn: {error}
        </p>
      ) : null}
      {value === null ? (
        <p className="hint muted" role="status">
          {status === 'none' ? 'Choose a dump.' : 'Putting the stacks together…'}
        </p>
      ) : (
        // Another tree has other nodes: what was zoomed is not in it.
        <Drawn key={treeKey(value)} reply={value} />
      )}
    </>
  );
}

const numbers = new WeakMap<FlameTree, number>();
let made = 0;

function treeKey({ tree }: FlameReply): number {
  const known = numbers.get(tree) ?? ++made;
  numbers.set(tree, known);
  return known;
}

function Settings() {
  const { direction, weight, compares } = useStandstill((state) => state.flameSettings);
  const previous = useStandstill(selectPreviousDump);
  const { setFlame } = useActions();
  return (
    <>
      <label>
        Order
        <select
          className="field"
          value={direction}
          onChange={({ currentTarget }) =>
            setFlame({ direction: FLAME_DIRECTIONS.find((one) => one === currentTarget.value) ?? direction })
          }
        >
          {FLAME_DIRECTIONS.map((one) => (
            <option key={one} value={one}>
              {DIRECTIONS[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Width
        <select
          className="field"
          value={weight}
          onChange={({ currentTarget }) =>
            setFlame({ weight: FLAME_WEIGHTS.find((one) => one === currentTarget.value) ?? weight })
          }
        >
          {FLAME_WEIGHTS.map((one) => (
            <option key={one} value={one}>
              {WEIGHTS[one]}
            </option>
          ))}
        </select>
      </label>
      {previous === null ? null : (
        <label title={`Growth against ${previous.name}`}>
          <input
            type="checkbox"
            checked={compares}
            onChange={({ currentTarget }) => setFlame({ compares: currentTarget.checked })}
          />
          Compare with the dump before
        </label>
      )}
    </>
  );
}

function Drawn({ reply }: { reply: FlameReply }) {
  const { tree, weight } = reply;
  const [zoom, setZoom] = useState(0);
  const [asTable, setAsTable] = useState(false);
  const [wanted, setColor] = useState<FlameColor | null>(null);
  const [word, setWord] = useState('');
  const colors = FLAME_COLORS.filter((one) => one !== 'change' || tree.before !== null);
  const color = colors.find((one) => one === wanted) ?? (tree.before === null ? 'package' : 'change');
  const found = useMemo(() => findNodes(tree, word), [tree, word]);
  return (
    <div className="flame">
      <div className="flame-bar">
        <nav className="flame-path" aria-label="Zoom">
          {pathTo(tree, zoom).map((node, at, path) => (
            <button
              key={node}
              type="button"
              className="link"
              aria-current={node === zoom}
              disabled={at === path.length - 1}
              onClick={() => setZoom(node)}
            >
              {labelOf(tree, node)}
            </button>
          ))}
        </nav>
        <label>
          Highlight
          <input
            type="search"
            className="field"
            value={word}
            placeholder="function or package"
            onChange={({ currentTarget }) => setWord(currentTarget.value)}
          />
        </label>
        <label>
          Colour
          <select
            className="field"
            value={color}
            onChange={({ currentTarget }) => setColor(FLAME_COLORS.find((one) => one === currentTarget.value) ?? null)}
          >
            {colors.map((one) => (
              <option key={one} value={one}>
                {COLORS[one]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className={asTable ? 'button active' : 'button'}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          As table
        </button>
      </div>
      <p className="muted flame-notes" role="status" aria-label="Flame">
        {unitWords(tree.total[0] ?? 0, weight)} in {formatNumberOf(tree.length - 1, 'box', 'boxes')}
        {word.trim() === ''
          ? ''
          : `, ${unitWords(found.weight, weight)} in ${formatNumberOf(found.nodes.size, 'highlighted box', 'highlighted boxes')}`}
        {tree.weightless === 0
          ? ''
          : `; ${formatNumberOf(tree.weightless, 'goroutine')} that print no wait are not drawn`}
        .
      </p>
      {asTable ? (
        <FlameTable tree={tree} weight={weight} zoom={zoom} onZoom={setZoom} />
      ) : (
        <FlameCanvas tree={tree} weight={weight} zoom={zoom} onZoom={setZoom} color={color} found={found.nodes} />
      )}
    </div>
  );
}

/** A number with its unit. */
export function unitWords(count: number, weight: FlameReply['weight']): string {
  return weight === 'goroutines' ? formatNumberOf(count, 'goroutine') : formatNumberOf(count, 'goroutine-minute');
}

/** Nodes whose function or package holds a word, and what weighs in the outermost of them. */
function findNodes(tree: FlameTree, word: string): { readonly nodes: ReadonlySet<number>; readonly weight: number } {
  const wanted = word.trim().toLowerCase();
  const nodes = new Set<number>();
  if (wanted === '') return { nodes, weight: 0 };
  const isHit = tree.functions.map(
    ({ printed, shown }) => printed.toLowerCase().includes(wanted) || shown.toLowerCase().includes(wanted),
  );
  const inside = new Uint8Array(tree.length);
  let weight = 0;
  for (let node = 1; node < tree.length; node++) {
    const parent = tree.parent[node] ?? 0;
    inside[node] = inside[parent] ?? 0;
    if (isHit[tree.label[node] ?? 0] !== true) continue;
    nodes.add(node);
    if (inside[node] === 0) weight += tree.total[node] ?? 0;
    inside[node] = 1;
  }
  return { nodes, weight };
}

import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { PHASE_KEYS, PHASE_WORDS, SHORT_PHASE_WORDS } from './dump-phases.ts';
import {
  borderName,
  borderStops,
  borderWords,
  moveBorder,
  type PhaseBand,
  type PhaseBorder,
  phaseBands,
  phaseBorders,
  withMark,
} from './phase-bands.ts';
import { type AxisScale, borderPixels, nearestStop, PHASE_FILLS } from './phase-scale.ts';
import type { PhaseSlot } from './phase-slots.ts';
import './phases.css';

/** Places that PageUp and PageDown move a border by. */
const PAGE = 10;
/** Pixels in which "under load partly guessed" stands; in a narrower band "load?" does. */
const ROOM_FOR_WORDS = 150;

/** What the service was doing, under the chart: bands of dumps whose borders can be moved by pointer and keys. */
export function PhaseStrip({ slots, scale }: { slots: readonly PhaseSlot[]; scale: AxisScale }) {
  const { markPhase } = useActions();
  const [drag, setDrag] = useState<{ readonly key: string; readonly place: number } | null>(null);
  const strip = useRef<HTMLFieldSetElement>(null);
  /** A border moved by a key that may be another one now: where the focus belongs. */
  const wanted = useRef<number | null>(null);
  const xs = useMemo(() => slots.map(({ x }) => x), [slots]);
  const names = useMemo(() => slots.map(({ name }) => name), [slots]);
  const known = slots.map((slot) => slot.known);
  const borders = phaseBorders(phaseBands(known));
  const dragged = drag === null ? undefined : borders.find(({ key }) => key === drag.key);
  const preview = dragged === undefined || drag === null ? null : moveBorder(dragged, drag.place);
  const bands = phaseBands(preview === null ? known : withMark(known, preview));

  useEffect(() => {
    const place = wanted.current;
    wanted.current = null;
    const box = strip.current;
    if (place === null || box === null || box.contains(document.activeElement)) return;
    box.querySelector<HTMLElement>(`[aria-valuenow="${place}"]`)?.focus();
  });

  const move = (border: PhaseBorder, place: number) => {
    const mark = moveBorder(border, place);
    if (mark === null) return;
    markPhase(
      slots.slice(mark.from, mark.to).flatMap(({ ids }) => ids),
      mark.phase,
    );
  };
  const pressKey = (border: PhaseBorder, event: KeyboardEvent) => {
    if (event.key === 'Escape' && drag !== null) {
      event.preventDefault();
      event.stopPropagation();
      setDrag(null);
      return;
    }
    const place = placeByKey(border, borderStops(border, xs), event.key);
    if (place === null) return;
    event.preventDefault();
    wanted.current = place;
    move(border, place);
  };
  const pixelsOf = (event: PointerEvent) => event.clientX - (strip.current?.getBoundingClientRect().left ?? 0);
  const dragTo = (border: PhaseBorder, event: PointerEvent) =>
    nearestStop(scale, xs, borderStops(border, xs), pixelsOf(event)) ?? border.place;
  const end = (border: PhaseBorder, event: PointerEvent) => {
    if (drag === null) return;
    setDrag(null);
    move(border, dragTo(border, event));
  };
  return (
    <div className="phases">
      <fieldset className="phase-strip" aria-label="Phases" ref={strip}>
        {bands.map((band) => (
          <Band key={band.from} band={band} slots={slots} scale={scale} xs={xs} />
        ))}
        {borders.map((border) => {
          const place = drag !== null && drag.key === border.key ? drag.place : border.place;
          return (
            <div
              key={border.key}
              className={drag?.key === border.key ? 'phase-border dragged' : 'phase-border'}
              role="slider"
              tabIndex={0}
              aria-label={borderName(border)}
              aria-valuemin={border.least}
              aria-valuemax={border.most}
              aria-valuenow={place}
              aria-valuetext={borderWords({ ...border, place }, names)}
              title={`${borderWords({ ...border, place }, names)}. Drag it, or use the arrow keys.`}
              style={{ left: borderPixels(scale, xs, place) }}
              onKeyDown={(event) => pressKey(border, event)}
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                event.currentTarget.setPointerCapture?.(event.pointerId);
                setDrag({ key: border.key, place: border.place });
              }}
              onPointerMove={(event) => {
                if (drag?.key === border.key) setDrag({ key: border.key, place: dragTo(border, event) });
              }}
              onPointerUp={(event) => end(border, event)}
              onPointerCancel={() => setDrag(null)}
            />
          );
        })}
      </fieldset>
      <PhaseNote bands={bands} />
    </div>
  );
}

/** Where a key moves the border; null when it is no key of it. */
function placeByKey(border: PhaseBorder, stops: readonly number[], key: string): number | null {
  const at = stops.indexOf(border.place);
  const step = (by: number) => stops[Math.min(stops.length - 1, Math.max(0, at + by))] ?? null;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return step(1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return step(-1);
    case 'PageUp':
      return step(PAGE);
    case 'PageDown':
      return step(-PAGE);
    case 'Home':
      return step(-stops.length);
    case 'End':
      return step(stops.length);
    default:
      return null;
  }
}

function Band({
  band,
  slots,
  scale,
  xs,
}: {
  band: PhaseBand;
  slots: readonly PhaseSlot[];
  scale: AxisScale;
  xs: readonly number[];
}) {
  const { phase, from, to, guessed } = band;
  const left = borderPixels(scale, xs, from);
  const width = borderPixels(scale, xs, to) - left;
  const word = phase === null ? 'not known' : PHASE_WORDS[phase];
  const how = phase === null || guessed === 0 ? '' : guessed === to - from ? 'guessed' : 'partly guessed';
  const own = slots.slice(from, to);
  const dumps = own.reduce((sum, { ids }) => sum + ids.length, 0);
  const span = own.length === 1 ? own[0]?.name : `${own[0]?.name} to ${own.at(-1)?.name}`;
  return (
    <div
      className={`phase-band ${phase ?? 'unknown'}`}
      style={{ left, width, ...(phase === null ? {} : { backgroundColor: PHASE_FILLS[phase] }) }}
      title={`${word}${how === '' ? '' : `, ${how}`}: ${formatNumberOf(dumps, 'dump')}, ${span}`}
    >
      <span className="phase-word">
        {width < ROOM_FOR_WORDS && phase !== null ? `${SHORT_PHASE_WORDS[phase]}${how === '' ? '' : '?'}` : word}
        {width < ROOM_FOR_WORDS || how === '' ? null : <span className="phase-guessed"> {how}</span>}
      </span>
    </div>
  );
}

/** What the bands are, how to change them, and the way back to the guess. */
function PhaseNote({ bands }: { bands: readonly PhaseBand[] }) {
  const marks = useStandstill((state) => state.view.phases);
  const { markPhase } = useActions();
  const anyKnown = bands.some(({ phase }) => phase !== null);
  const anyGuess = bands.some(({ guessed }) => guessed > 0);
  return (
    <p className="phase-note muted">
      {anyGuess
        ? 'Phases guessed from names or the curve. '
        : anyKnown
          ? 'Phases as you marked them. '
          : 'When was the load on? Nothing tells. '}
      Drag a border, or mark the chosen dump:{' '}
      {PHASE_KEYS.map(([key, phase]) => (
        <span key={key} className="phase-key">
          <kbd>{key}</kbd> {phase === null ? 'guess' : SHORT_PHASE_WORDS[phase]}
        </span>
      ))}
      {marks.length === 0 ? null : (
        <button
          type="button"
          className="button small"
          onClick={() =>
            markPhase(
              marks.map(([id]) => id),
              null,
            )
          }
        >
          Clear {formatNumberOf(marks.length, 'mark')}
        </button>
      )}
    </p>
  );
}

import type { Call } from '../../core/trend/verdict.ts';
import { CALL_HINTS, CALL_TONES, CALL_WORDS } from './verdict-words.ts';
import './verdict.css';

/** One shape per call, so that none is told by its colour alone. Drawn in a square of 16. */
const SHAPES: Readonly<Record<Call, string>> = {
  // A drop.
  leaked: 'M8 1.5 C11.5 6 13 8.2 13 10.2 A5 5 0 0 1 3 10.2 C3 8.2 4.5 6 8 1.5 Z',
  // Up and on.
  growing: 'M2 13 L6 8.5 L9 11 L14 3.5 M14 8 V3.5 H9.5',
  // A step that stays.
  raised: 'M1.5 12.5 H6.5 V4 H14.5',
  // Two bars: paused.
  stuck: 'M5 3 V13 M11 3 V13',
  // A glass to look closer.
  suspicious: 'M7 2.5 A4.5 4.5 0 1 0 7 11.5 A4.5 4.5 0 1 0 7 2.5 Z M10.5 10.5 L14 14',
  // Up and back.
  spike: 'M1.5 13 H4.5 L8 3 L11.5 13 H14.5',
  // Down.
  shrinking: 'M2 3.5 L6 8 L9 5.5 L14 12.5 M14 8 V12.5 H9.5',
  // Level.
  steady: 'M1.5 6 H14.5 M1.5 10 H14.5',
  // Open.
  'cannot-tell': 'M5 5.5 A3 3 0 1 1 8.5 8.5 Q8 8.8 8 10 M8 13 V13.2',
};

/** A call as shape, word and colour; `strong` for the one that stands for everything. */
export function CallBadge({ call, strong = false }: { call: Call; strong?: boolean }) {
  return (
    <span className={`call ${CALL_TONES[call]}${strong ? ' strong' : ''}`} title={CALL_HINTS[call]}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className={call === 'leaked' ? 'filled' : undefined}>
        <path d={SHAPES[call]} />
      </svg>
      <span className="call-word">{CALL_WORDS[call]}</span>
    </span>
  );
}

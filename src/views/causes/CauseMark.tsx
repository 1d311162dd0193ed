import type { Mark } from './cause-words.ts';
import './causes.css';

/** One shape per tone, so that none is told by its colour alone. Drawn in a square of 16. */
const SIGNS: Readonly<Record<Mark['tone'], string>> = {
  // A filled square.
  proven: 'M3 3 H13 V13 H3 Z',
  // A triangle.
  suspect: 'M8 2.5 L14 13 H2 Z',
  // A tick.
  expected: 'M2.5 8.5 L6.5 12.5 L13.5 4',
};

/** The sign of a cause; the word beside it says what it means. */
export function CauseSign({ tone }: { tone: Mark['tone'] }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={`cause-sign ${tone}`}>
      <path d={SIGNS[tone]} />
    </svg>
  );
}

/** The cause of a group, short, in one line that may be cut. */
export function CauseMark({ mark }: { mark: Mark }) {
  return (
    <span className={`cause-mark ${mark.tone}`} title={mark.title}>
      <CauseSign tone={mark.tone} />
      <span className="cause-mark-text">{mark.text}</span>
    </span>
  );
}

import { BUILD } from '../../ui/build.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useIntake } from '../intake/intake-context.ts';

/** What the keys do, grouped for reading; a test holds them to the actions of the page. */
export const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['n'], 'What to do next'],
  [['/'], 'Search the groups'],
  [['1', '2', '3', '4'], 'Groups, Compare, Timeline, Instances where there are several'],
  [['5', '6', '7'], 'Locks where goroutines wait for some, Lineage: who created whom, Flame'],
  [['[', ']'], 'Dump before, dump after'],
  [['a', 'b'], 'Compare: take the chosen dump as A, as B'],
  [['x'], 'Compare: swap A and B'],
  [['h'], 'Groups: list the expected ones, or fold them into one line'],
  [['m'], 'Mark the chosen group: expected, suspect, done, no mark'],
  [['q', 'w', 'e'], 'The chosen dump was taken before load, under load, after load'],
  [['r'], 'Go back to the guess about the chosen dump'],
  [['↑', '↓', 'k', 'j'], 'In a table: row above, row below'],
  [['PgUp', 'PgDn'], 'In a table: a page up, a page down'],
  [['Home', 'End', 'g', 'G'], 'In a table: first row, last row'],
  [['→', '←'], 'In the tree of creators: open, close or go up'],
  [['↑', '↓', '←', '→'], 'In the flame view: out, in, aside; Enter zooms, Esc zooms out'],
  [['Enter'], 'In a table: go to the stack'],
  [['Esc'], 'Close the stack, clear the search'],
  [['Ctrl K', '⌘ K'], 'Everything the page can do, by name'],
  [['s'], 'Share: links, a report, files'],
  [['o'], 'Open files'],
  [['p'], 'Paste box; Ctrl+V or ⌘V pastes anywhere'],
  [['?'], 'This list'],
];

/** The keys, and what the page is. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { openGuide } = useIntake();
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h3>About</h3>
      <p>
        <button
          type="button"
          className="link"
          onClick={() => {
            onClose();
            openGuide();
          }}
        >
          How a dump is read
        </button>
      </p>
      <p className="about">
        Standstill opens goroutine dumps of Go programs. Files are read, grouped and compared by workers inside this
        page. Nothing leaves this browser:{' '}
        {BUILD.isOneFile
          ? 'the page’s own policy forbids every connection.'
          : 'the page’s own policy forbids every connection except to the folder it came from, and that only for what you ask for: the sample incident, dumps that a link names, the page as one file.'}{' '}
        What is open is kept in this browser for a reload, on this computer, until you forget it or switch that off
        below the dumps.
      </p>
      <p className="about muted">{versionText()}</p>
    </Dialog>
  );
}

/** "Standstill 0.1.0, commit 4388074f9a"; a "+" after the commit means that files were changed since. */
function versionText(): string {
  return `Standstill ${BUILD.version}${BUILD.commit === '' ? '' : `, commit ${BUILD.commit}`}`.trim();
}

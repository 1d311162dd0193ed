import { BUILD } from '../../ui/build.ts';
import { CountKeysField } from '../counts/CountKeysField.tsx';
import { WatchPart } from '../watch/WatchPart.tsx';
import { HowToGet } from './HowToGet.tsx';
import { useIntake } from './intake-context.ts';

/** What stands on the page before the first dump. */
export function EmptyPage() {
  const { openFiles, openFolder, openPaste, openSample, openGuide, sampleOnItsWay } = useIntake();
  return (
    <div className="empty-page">
      <section className="welcome" aria-label="Start">
        <h2>Drop goroutine dumps here</h2>
        <p>
          Standstill groups the stacks of a Go program, compares two dumps, and draws goroutine counts over time, so
          that you see which goroutines pile up and where they stand still. Nothing leaves this browser.
        </p>
        <div className="welcome-buttons">
          <button type="button" className="button primary large" onClick={openFiles}>
            Open files
          </button>
          {BUILD.isOneFile ? null : (
            <button type="button" className="button large" onClick={openSample} disabled={sampleOnItsWay}>
              {sampleOnItsWay ? 'Fetching the sample…' : 'Try the sample incident'}
            </button>
          )}
        </div>
        <p className="muted">
          Or{' '}
          <button type="button" className="link" onClick={openFolder}>
            open a folder
          </button>
          , or{' '}
          <button type="button" className="link" onClick={openPaste}>
            paste a dump
          </button>{' '}
          (<kbd>Ctrl</kbd> <kbd>V</kbd> anywhere).
        </p>
        <ul className="welcome-forms muted">
          <li>debug=2, debug=1 and debug=0 profiles, SIGQUIT and panic output, go test timeouts, Delve and gops</li>
          <li>logs as they are: kubectl, Docker, journald, syslog, CI, JSON lines, with other lines between</li>
          <li>zip, tar, gz and zst, also in one another: support bundles, cluster dumps</li>
          <li>counts over time: log lines like goroutines=1234, Prometheus, expvar; and race detector reports</li>
        </ul>
        <details className="muted">
          <summary>Logs that count goroutines under a key of their own</summary>
          <CountKeysField />
        </details>
        <WatchPart />
      </section>
      <section className="welcome-how" aria-labelledby="how-to-title">
        <h2 id="how-to-title">How to get a dump</h2>
        <HowToGet />
        <p>
          <button type="button" className="link" onClick={openGuide}>
            How a dump is read
          </button>
        </p>
      </section>
    </div>
  );
}

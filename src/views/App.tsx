import { lazy, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useStandstill } from '../store/use-store.ts';
import { Broken } from './Broken.tsx';
import { EmptyPage } from './intake/EmptyPage.tsx';
import { Intake } from './intake/Intake.tsx';
import { useIntake } from './intake/intake-context.ts';
import { Pending } from './intake/Pending.tsx';
import { Header } from './shell/Header.tsx';
import { KeysDialog } from './shell/KeysDialog.tsx';
import { Notices } from './shell/Notices.tsx';
import { run, useKeys } from './shell/use-keys.ts';
import './shell/shell.css';

/** Everything that needs a dump comes in its own file, so that the empty page is there at once. */
const loadLoaded = () => import('./Loaded.tsx');
const Loaded = lazy(async () => ({ default: (await loadLoaded()).Loaded }));

/** The page. */
export function App() {
  return (
    <ErrorBoundary FallbackComponent={Broken}>
      <Intake>
        <Page />
      </Intake>
    </ErrorBoundary>
  );
}

function Page() {
  const [keysOpen, setKeysOpen] = useState(false);
  const hasDumps = useStandstill((state) => state.dumps.length > 0);
  useEffect(() => {
    // Fetched before it is needed: the connection may be gone by the time a dump is dropped.
    void loadLoaded().catch(() => undefined);
  }, []);
  return (
    <div className={hasDumps ? 'app' : 'app empty'}>
      <Header onKeys={() => setKeysOpen(true)} />
      <Notices />
      {hasDumps ? (
        <Suspense
          fallback={
            <main>
              <p className="hint muted">Opening…</p>
            </main>
          }
        >
          <Loaded onKeys={() => setKeysOpen(true)} />
        </Suspense>
      ) : (
        <Empty onKeys={() => setKeysOpen(true)} />
      )}
      {keysOpen ? <KeysDialog onClose={() => setKeysOpen(false)} /> : null}
    </div>
  );
}

function Empty({ onKeys }: { onKeys: () => void }) {
  const { openFiles, openPaste } = useIntake();
  const moving = useStandstill((state) =>
    state.pending.some((file) => file.phase === 'waiting' || file.phase === 'reading'),
  );
  const hasPending = useStandstill((state) => state.pending.length > 0);
  useKeys({
    '?': () => run(onKeys),
    o: () => run(openFiles),
    p: () => run(openPaste),
  });
  return (
    <main>
      {hasPending ? (
        <div className="reading-page">
          <Pending />
        </div>
      ) : null}
      {moving ? null : <EmptyPage />}
    </main>
  );
}

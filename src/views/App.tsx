import { type ComponentType, lazy, useDeferredValue, useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useStandstill } from '../store/use-store.ts';
import { Broken } from './Broken.tsx';
import { hasContent } from './has-content.ts';
import { EmptyPage } from './intake/EmptyPage.tsx';
import { Intake } from './intake/Intake.tsx';
import { useIntake } from './intake/intake-context.ts';
import { Pending } from './intake/Pending.tsx';
import { KeptOffers } from './kept/KeptOffers.tsx';
import { LazyPart } from './LazyPart.tsx';
import { LinkWelcome } from './link/LinkStatus.tsx';
import { Header } from './shell/Header.tsx';
import { KeysDialog } from './shell/KeysDialog.tsx';
import { Notices } from './shell/Notices.tsx';
import { run, useKeys } from './shell/use-keys.ts';
import './shell/shell.css';
import './print.css';

const RulesWithoutDumps = lazy(async () => ({
  default: (await import('./triage/RulesWithoutDumps.tsx')).RulesWithoutDumps,
}));
const ShareDialog = lazy(async () => ({ default: (await import('./share/ShareDialog.tsx')).ShareDialog }));

interface PageProps {
  readonly onKeys: () => void;
  readonly onShare: () => void;
}

/**
 * Everything that needs a dump comes in its own file, so that the empty page is there at once; null until it is here.
 * Fetched before it is needed, as the connection may be gone by the time a dump is dropped. Not `lazy`: React holds what
 * follows a Suspense fallback back for 300 ms, longer than a dump of 50 MB takes to read.
 */
function useLoadedPage(): ComponentType<PageProps> | null {
  const [page, setPage] = useState<ComponentType<PageProps> | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    import('./Loaded.tsx').then(({ Loaded }) => setPage(() => Loaded), setError);
  }, []);
  if (error !== null) throw error;
  return page;
}

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
  const [shareOpen, setShareOpen] = useState(false);
  const closeShare = () => setShareOpen(false);
  // Drawn in slices: the whole page at once would hold up its thread.
  const isFilled = useDeferredValue(useStandstill(hasContent));
  const Loaded = useLoadedPage();
  return (
    <div className={isFilled ? 'app' : 'app empty'}>
      <Header onKeys={() => setKeysOpen(true)} onShare={() => setShareOpen(true)} />
      <Notices />
      {isFilled && Loaded === null ? (
        <main>
          <p className="hint muted">Opening…</p>
        </main>
      ) : isFilled && Loaded !== null ? (
        <Loaded onKeys={() => setKeysOpen(true)} onShare={() => setShareOpen(true)} />
      ) : (
        <Empty onKeys={() => setKeysOpen(true)} />
      )}
      {shareOpen && isFilled ? (
        <LazyPart what="The dialog">
          <ShareDialog onClose={closeShare} />
        </LazyPart>
      ) : null}
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
  // An open dialog stays when the last rule is removed in it.
  const hasRules = useStandstill(
    ({ ruleFiles, ownRules, marks, rulesView }) =>
      ruleFiles.length + ownRules.length + marks.length > 0 || rulesView !== null,
  );
  const hasLink = useStandstill((state) => (state.link?.dumps.length ?? 0) > 0);
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
      {hasRules ? (
        <LazyPart what="The team rules">
          <RulesWithoutDumps />
        </LazyPart>
      ) : null}
      {moving ? null : <KeptOffers />}
      {moving ? null : hasLink ? <LinkWelcome /> : <EmptyPage />}
    </main>
  );
}

import { type KeyboardEvent, lazy, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { selectHasLocks } from '../store/lock-questions.ts';
import { TABS, type Tab } from '../store/state.ts';
import { useActions, useStandstill } from '../store/use-store.ts';
import { afterPaint } from '../ui/after-paint.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { NARROW_QUERY, SHEET_QUERY, useMedia } from '../ui/use-media.ts';
import { useTurns } from '../ui/use-turns.ts';
import { Broken } from './Broken.tsx';
import { CompareTab } from './compare/CompareTab.tsx';
import { DumpsPane } from './dumps/DumpsPane.tsx';
import { GroupsTab } from './groups/GroupsTab.tsx';
import { selectHasInstances } from './instances/has-instances.ts';
import { InstancesTab } from './instances/InstancesTab.tsx';
import { useIntake } from './intake/intake-context.ts';
import { LazyPart } from './LazyPart.tsx';
import { LineageTab } from './lineage/LineageTab.tsx';
import { LinkBanner } from './link/LinkStatus.tsx';
import { LocksTab } from './locks/LocksTab.tsx';
import { NoDumps } from './NoDumps.tsx';
import { OpenStackContext } from './panel-context.ts';
import { PageKeys } from './shell/PageKeys.tsx';
import { StackPanel } from './stack/StackPanel.tsx';
import { TimelineTab } from './timeline/TimelineTab.tsx';
import { RulesDialog } from './triage/RulesDialog.tsx';
import { VerdictPanel } from './verdict/VerdictPanel.tsx';
import { TAB_WORDS } from './words.ts';

const Tour = lazy(async () => ({ default: (await import('./help/Tour.tsx')).Tour }));
const FlameTab = lazy(async () => ({ default: (await import('./flame/FlameTab.tsx')).FlameTab }));

/** The turn from which on each part is drawn. A tab lays out its box in the first and has rows in the next one. */
const TURNS = { tab: 0, dumps: 2, stack: 3, tour: 4 } as const;
/** On a narrow page the dumps stand above the tabs. */
const NARROW_TURNS = { ...TURNS, dumps: 0, tab: 1 } as const;

/**
 * The page once there is something to look at: verdict, dumps, tabs, stack; without a dump its counts and races. Drawn part
 * by part, the verdict first.
 */
export function Loaded({ onKeys, onShare }: { onKeys: () => void; onShare: () => void }) {
  const hasDumps = useStandstill((state) => state.dumps.length > 0);
  const { hasSample } = useIntake();
  const asSheet = useMedia(SHEET_QUERY);
  const [sheetOpen, setSheetOpen] = useState(false);
  const [focusWish, setFocusWish] = useState(0);
  const turns = useMedia(NARROW_QUERY) ? NARROW_TURNS : TURNS;
  const turn = useTurns(turns.tour);
  const openStack = useCallback(
    (byKey: boolean) => {
      if (asSheet) setSheetOpen(true);
      else if (byKey) setFocusWish((wish) => wish + 1);
    },
    [asSheet],
  );
  const closeSheet = useCallback(() => setSheetOpen(false), []);
  return (
    <>
      <PageKeys onKeys={onKeys} onShare={onShare} />
      <OpenStackContext value={openStack}>
        <LinkBanner />
        <ErrorBoundary FallbackComponent={Broken}>
          <VerdictPanel />
        </ErrorBoundary>
        <main className={hasDumps ? 'panes' : 'panes no-dumps'}>
          {turn < turns.dumps ? <div className="dumps" /> : <DumpsPane />}
          {hasDumps ? <Middle isDrawn={turn >= turns.tab} /> : <NoDumps />}
          {asSheet || !hasDumps ? null : turn < turns.stack ? (
            <div className="stack-panel" />
          ) : (
            <Stack focusWish={focusWish} onClose={staysOpen} />
          )}
        </main>
      </OpenStackContext>
      <RulesDialog />
      {hasSample && hasDumps && turn >= turns.tour ? (
        <LazyPart what="The tour">
          <Tour />
        </LazyPart>
      ) : null}
      {asSheet && sheetOpen ? <Sheet onClose={closeSheet} /> : null}
    </>
  );
}

/** Beside the table the panel has always something to show. */
const staysOpen = () => undefined;

function Stack({ focusWish, onClose }: { focusWish: number; onClose: () => void }) {
  const groupKey = useStandstill((state) => state.view.groupKey);
  const dumpId = useStandstill((state) => state.view.dumpId);
  return (
    <ErrorBoundary FallbackComponent={Broken} resetKeys={[groupKey, dumpId]}>
      <StackPanel focusWish={focusWish} onClose={onClose} />
    </ErrorBoundary>
  );
}

/** The stack where it has no room beside the table. */
function Sheet({ onClose }: { onClose: () => void }) {
  const isChosen = useStandstill((state) => state.view.groupKey !== null);
  return isChosen ? (
    <Dialog title="Stack" className="sheet" onClose={onClose}>
      <Stack focusWish={0} onClose={onClose} />
    </Dialog>
  ) : null;
}

function Middle({ isDrawn }: { isDrawn: boolean }) {
  const hasInstances = useStandstill(selectHasInstances);
  const wanted = useStandstill((state) => state.view.tab);
  const hasLocks = useStandstill(selectHasLocks);
  const tabs: readonly Tab[] = TABS.filter(
    (each) => (each !== 'instances' || hasInstances) && (each !== 'locks' || hasLocks),
  );
  // What a tab is about may be gone with the dumps that had it.
  const tab = tabs.includes(wanted) ? wanted : 'groups';
  const { choose } = useActions();
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    choose({ tab: next });
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  // Where not all tabs have room the chosen one must be seen; looked at when all is laid out anyway.
  useEffect(
    () =>
      afterPaint(() =>
        list.current?.querySelector(`#tab-${tab}`)?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' }),
      ),
    [tab],
  );
  // The tab is marked at once, what is in it drawn in slices.
  const shown = useDeferredValue(tab);
  return (
    <div className="middle">
      <div className="tabs" role="tablist" aria-label="Views" ref={list} onKeyDown={step}>
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={each === tab}
            aria-controls="tab-panel"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => choose({ tab: each })}
          >
            {TAB_WORDS[each]}
          </button>
        ))}
      </div>
      <div className="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        <ErrorBoundary FallbackComponent={Broken} resetKeys={[shown]}>
          {isDrawn ? <TabContent tab={shown} /> : null}
        </ErrorBoundary>
      </div>
    </div>
  );
}

function TabContent({ tab }: { tab: Tab }) {
  switch (tab) {
    case 'groups':
      return <GroupsTab />;
    case 'compare':
      return <CompareTab />;
    case 'timeline':
      return <TimelineTab />;
    case 'instances':
      return <InstancesTab />;
    case 'locks':
      return <LocksTab />;
    case 'lineage':
      return <LineageTab />;
    case 'flame':
      return (
        <LazyPart what="The flame view">
          <FlameTab />
        </LazyPart>
      );
  }
}

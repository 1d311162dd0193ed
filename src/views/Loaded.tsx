import { type KeyboardEvent, lazy, useEffect, useRef, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { selectHasLocks } from '../store/lock-questions.ts';
import { TABS, type Tab } from '../store/state.ts';
import { useActions, useStandstill } from '../store/use-store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { SHEET_QUERY, useMedia } from '../ui/use-media.ts';
import { Broken } from './Broken.tsx';
import { CompareTab } from './compare/CompareTab.tsx';
import { DumpsPane } from './dumps/DumpsPane.tsx';
import { GroupsTab } from './groups/GroupsTab.tsx';
import { SEARCH_FIELD } from './groups/SearchField.tsx';
import { selectHasInstances } from './instances/has-instances.ts';
import { InstancesTab } from './instances/InstancesTab.tsx';
import { useIntake } from './intake/intake-context.ts';
import { LazyPart } from './LazyPart.tsx';
import { LineageTab } from './lineage/LineageTab.tsx';
import { LinkBanner } from './link/LinkStatus.tsx';
import { LocksTab } from './locks/LocksTab.tsx';
import { NoDumps } from './NoDumps.tsx';
import { OpenStackContext } from './panel-context.ts';
import { keyMapOf } from './shell/page-actions.ts';
import { run, useKeys, usePaletteKey } from './shell/use-keys.ts';
import { usePageActions } from './shell/use-page-actions.ts';
import { StackPanel } from './stack/StackPanel.tsx';
import { TimelineTab } from './timeline/TimelineTab.tsx';
import { RulesDialog } from './triage/RulesDialog.tsx';
import { VerdictPanel } from './verdict/VerdictPanel.tsx';
import { TAB_WORDS } from './words.ts';

const Tour = lazy(async () => ({ default: (await import('./help/Tour.tsx')).Tour }));
const Palette = lazy(async () => ({ default: (await import('./shell/Palette.tsx')).Palette }));
const FlameTab = lazy(async () => ({ default: (await import('./flame/FlameTab.tsx')).FlameTab }));

/** The page once there is something to look at: verdict, dumps, tabs, stack; without a dump its counts and races. */
export function Loaded({ onKeys, onShare }: { onKeys: () => void; onShare: () => void }) {
  const { choose } = useActions();
  const view = useStandstill((state) => state.view);
  const dumps = useStandstill((state) => state.dumps);
  const { hasSample } = useIntake();
  const asSheet = useMedia(SHEET_QUERY);
  const [sheetOpen, setSheetOpen] = useState(false);
  const [focusWish, setFocusWish] = useState(0);
  const search = () => {
    if (view.tab !== 'groups' && view.tab !== 'compare') choose({ tab: 'groups' });
    // The field is there once the tab is.
    requestAnimationFrame(() => document.getElementById(SEARCH_FIELD)?.focus());
  };
  const actions = usePageActions({ onKeys, onShare, onSearch: search });
  const [paletteOpen, setPaletteOpen] = useState(false);
  usePaletteKey(() => setPaletteOpen(true));
  useKeys({
    ...keyMapOf(actions),
    Escape: () => {
      if (view.groupKey !== null) return run(() => choose({ groupKey: null }));
      if (view.search !== '' || view.states.length > 0 || view.marks.length > 0 || view.onlySuspects) {
        return run(() => choose({ search: '', states: [], marks: [], onlySuspects: false }));
      }
      return false;
    },
  });
  const openStack = (byKey: boolean) => {
    if (asSheet) setSheetOpen(true);
    else if (byKey) setFocusWish(focusWish + 1);
  };
  const closeSheet = () => setSheetOpen(false);
  return (
    <>
      <OpenStackContext value={openStack}>
        <LinkBanner />
        <ErrorBoundary FallbackComponent={Broken}>
          <VerdictPanel />
        </ErrorBoundary>
        <main className={dumps.length === 0 ? 'panes no-dumps' : 'panes'}>
          <DumpsPane />
          {dumps.length === 0 ? <NoDumps /> : <Middle />}
          {asSheet || dumps.length === 0 ? null : (
            <ErrorBoundary FallbackComponent={Broken} resetKeys={[view.groupKey, view.dumpId]}>
              <StackPanel focusWish={focusWish} onClose={() => undefined} />
            </ErrorBoundary>
          )}
        </main>
      </OpenStackContext>
      <RulesDialog />
      {hasSample && dumps.length > 0 ? (
        <LazyPart what="The tour">
          <Tour />
        </LazyPart>
      ) : null}
      {paletteOpen ? (
        <LazyPart what="The list of actions">
          <Palette actions={actions} onClose={() => setPaletteOpen(false)} />
        </LazyPart>
      ) : null}
      {asSheet && sheetOpen && view.groupKey !== null ? (
        <Dialog title="Stack" className="sheet" onClose={closeSheet}>
          <ErrorBoundary FallbackComponent={Broken} resetKeys={[view.groupKey, view.dumpId]}>
            <StackPanel focusWish={0} onClose={closeSheet} />
          </ErrorBoundary>
        </Dialog>
      ) : null}
    </>
  );
}

function Middle() {
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
  // Where not all tabs have room the chosen one must be seen; not on the first drawing, as looking lays the page out.
  const shown = useRef(tab);
  useEffect(() => {
    if (shown.current === tab) return;
    shown.current = tab;
    list.current?.querySelector(`#tab-${tab}`)?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
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
        <ErrorBoundary FallbackComponent={Broken} resetKeys={[tab]}>
          <TabContent tab={tab} />
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

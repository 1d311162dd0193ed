import { LEVELS } from '../../core/group/levels.ts';
import { textAt } from '../../core/group/text-column.ts';
import { selectCauseSums, selectShowsExpected } from '../../store/cause-selectors.ts';
import { selectHasLocks } from '../../store/lock-questions.ts';
import { TABS, type Tab } from '../../store/state.ts';
import { nextMark } from '../../store/triage.ts';
import { selectChosenMark } from '../../store/triage-selectors.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { applyTheme, THEMES } from '../../ui/theme.ts';
import { selectHasInstances } from '../instances/has-instances.ts';
import { useIntake } from '../intake/intake-context.ts';
import { PHASE_KEYS } from '../timeline/dump-phases.ts';
import { LEVEL_WORDS, TAB_WORDS } from '../words.ts';
import type { PageAction } from './page-actions.ts';

const TAB_KEYS: Readonly<Record<Tab, string>> = {
  groups: '1',
  compare: '2',
  timeline: '3',
  instances: '4',
  locks: '5',
  lineage: '6',
  flame: '7',
};
const PHASE_WORDS = { before: 'before load', load: 'under load', after: 'after load' } as const;
/** Groups that are offered by name. */
const NAMED_GROUPS = 200;

/** All that the page can do once something is loaded. */
export function usePageActions({
  onKeys,
  onShare,
  onSearch,
}: {
  onKeys: () => void;
  onShare: () => void;
  onSearch: () => void;
}): readonly PageAction[] {
  const actions = useActions();
  const { choose } = actions;
  const { openFiles, openFolder, openPaste, openHowTo, openGuide } = useIntake();
  const view = useStandstill((state) => state.view);
  const dumps = useStandstill((state) => state.dumps);
  const groups = useStandstill((state) => state.groups.value);
  const hasInstances = useStandstill(selectHasInstances);
  const hasLocks = useStandstill(selectHasLocks);
  const hasExpected = useStandstill((state) => (selectCauseSums(state)?.expected.groups ?? 0) > 0);
  const showsExpected = useStandstill(selectShowsExpected);
  const chosenMark = useStandstill(selectChosenMark);

  const { dumpId } = view;
  const at = dumps.findIndex((dump) => dump.summary.id === dumpId);
  const [before, after] = [dumps[at - 1], dumps[at + 1]];
  const has = dumpId !== null;
  const canMark = chosenMark !== null && !chosenMark.tooMany;
  const act = (title: string, key: string | null, can: boolean, run: () => void): PageAction => ({
    title,
    key,
    can,
    run,
  });
  const goTo = (dump: (typeof dumps)[number] | undefined) => () => {
    if (dump !== undefined) choose({ dumpId: dump.summary.id });
  };
  return [
    ...TABS.map((tab) =>
      act(
        `Go to ${TAB_WORDS[tab]}`,
        TAB_KEYS[tab],
        (tab !== 'instances' || hasInstances) && (tab !== 'locks' || hasLocks),
        () => choose({ tab }),
      ),
    ),
    act('Search the groups', '/', true, onSearch),
    act('Clear search and filters', null, view.search !== '' || view.states.length > 0 || view.marks.length > 0, () =>
      choose({ search: '', states: [], marks: [], onlySuspects: false }),
    ),
    act('Go to the dump before', '[', before !== undefined, goTo(before)),
    act('Go to the dump after', ']', after !== undefined, goTo(after)),
    act('Compare: take the chosen dump as A', 'a', has, () => choose({ a: dumpId })),
    act('Compare: take the chosen dump as B', 'b', has, () => choose({ b: dumpId })),
    act('Compare: swap A and B', 'x', true, actions.swapAB),
    act(
      showsExpected ? 'Fold the expected groups' : 'List the expected groups',
      'h',
      view.tab === 'groups' && hasExpected,
      () => choose({ showExpected: !showsExpected }),
    ),
    act('Mark the chosen group: expected, suspect, done, no mark', 'm', canMark, () => {
      if (chosenMark !== null) actions.markGroup(nextMark(chosenMark.mark));
    }),
    ...PHASE_KEYS.map(([key, phase]) =>
      act(
        phase === null
          ? 'Go back to the guess when the dump was taken'
          : `The chosen dump was taken ${PHASE_WORDS[phase]}`,
        key,
        has && dumps.length > 1,
        () => {
          if (dumpId !== null) actions.markPhase([dumpId], phase);
        },
      ),
    ),
    act('Share: links, a report, files, other forms', 's', dumps.length > 0, onShare),
    act('Open files', 'o', true, openFiles),
    act('Open a folder', null, true, openFolder),
    act('Paste a dump', 'p', true, openPaste),
    act('How to get a dump', null, true, openHowTo),
    act('How a dump is read: a guide', null, true, openGuide),
    act('Team rules', null, true, () => actions.showRules({})),
    act('Keys and about', '?', true, onKeys),
    act('Remove all dumps', null, dumps.length > 0, actions.removeAll),
    ...LEVELS.map((level) =>
      act(`Group by ${LEVEL_WORDS[level].toLowerCase()}`, null, level !== view.level, () => choose({ level })),
    ),
    ...THEMES.map((theme) => act(`Theme: ${theme}`, null, true, () => applyTheme(theme))),
    ...dumps.map((dump) => act(`Dump ${dump.name}`, null, dump.summary.id !== dumpId, goTo(dump))),
    ...(groups?.table.key.slice(0, NAMED_GROUPS) ?? []).map((groupKey, row) =>
      act(`Group ${groups === null ? '' : textAt(groups.table.name, row)}`, null, true, () =>
        choose({ tab: 'groups', groupKey }),
      ),
    ),
  ];
}

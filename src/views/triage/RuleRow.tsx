import type { DumpEntry, RuleTrials, TriedRule } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { tailOf } from '../words.ts';

/** One rule, and what it says of each dump. */
export function RuleRow({
  tried,
  dumpIds,
  note = '',
  onEdit,
  edit,
  onRemove,
}: {
  tried: TriedRule;
  dumpIds: RuleTrials['dumpIds'];
  /** What else is to be known of it. */
  note?: string;
  onEdit?: (tried: TriedRule) => void;
  edit?: string;
  onRemove?: () => void;
}) {
  const { rule } = tried;
  return (
    <li className="rule-row">
      <div className="rule-head">
        <strong>{rule.id}</strong>
        <span>{rule.title}</span>
        <span className="muted">{rule.kind === 'leak' ? `leak, ${rule.grade}` : 'expected, with a guard'}</span>
        {note === '' ? null : <span className="muted">{note}</span>}
        {onEdit === undefined ? null : (
          <button type="button" className="button small quiet" onClick={() => onEdit(tried)}>
            {edit}
            <span className="visually-hidden"> {rule.id}</span>
          </button>
        )}
        {onRemove === undefined ? null : (
          <button type="button" className="button small quiet" onClick={onRemove}>
            Remove<span className="visually-hidden"> {rule.id}</span>
          </button>
        )}
      </div>
      <Trials tried={tried} dumpIds={dumpIds} />
    </li>
  );
}

/** What it matches in each dump; those in which it matches nothing are only counted. */
function Trials({ tried: { rule, trials }, dumpIds }: { tried: TriedRule; dumpIds: RuleTrials['dumpIds'] }) {
  const dumps = useStandstill((state) => state.dumps);
  const tried = trials.flatMap((trial, at) => {
    const dump = dumps.find(({ summary }) => summary.id === dumpIds[at]);
    return dump === undefined ? [] : [{ dump, trial }];
  });
  const matched = tried.filter(({ trial }) => trial.key !== null);
  const others = tried.length - matched.length;
  if (tried.length === 0) return null;
  return (
    <ul className="rule-trials" aria-label={`Matches of ${rule.id}`}>
      {matched.map(({ dump, trial }) => (
        <Trial key={dump.summary.id} dump={dump} trial={trial} kind={rule.kind} />
      ))}
      {others === 0 ? null : (
        <li className="muted">
          {matched.length > 0
            ? `Nothing matches in ${formatNumberOf(others, 'other dump')}.`
            : others === 1
              ? 'Nothing matches.'
              : `Nothing matches in any of the ${formatCount(others)} dumps.`}
        </li>
      )}
    </ul>
  );
}

function Trial({
  dump,
  trial,
  kind,
}: {
  dump: DumpEntry;
  trial: TriedRule['trials'][number];
  kind: TriedRule['rule']['kind'];
}) {
  const { choose, showRules } = useActions();
  const { fits, speaks, key, why } = trial;
  const name = tailOf(dump.name, 34);
  const spoken =
    speaks.goroutines === fits.goroutines
      ? kind === 'leak'
        ? 'it speaks for all of them'
        : 'its guard holds'
      : speaks.groups === 0
        ? kind === 'leak'
          ? 'it does not speak'
          : 'its guard is broken'
        : `it speaks for ${formatCount(speaks.goroutines)} in ${formatNumberOf(speaks.groups, 'group')}`;
  return (
    <li>
      <span title={dump.name}>{name}</span>:{' '}
      <button
        type="button"
        className="link"
        title="Show the largest group it matches"
        onClick={() => {
          showRules(null);
          choose({ tab: 'groups', dumpId: dump.summary.id, groupKey: key, search: '', states: [], marks: [] });
        }}
      >
        {formatNumberOf(fits.goroutines, 'goroutine')} in {formatNumberOf(fits.groups, 'group')}
      </button>
      , {spoken}. <span className="muted">{why.join(' ')}</span>
    </li>
  );
}

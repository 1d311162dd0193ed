import type { Rule } from '../../core/causes/rule.ts';
import { selectRuleFile } from '../../store/triage-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { tailOf } from '../words.ts';

/** Says of a rule that the team wrote it, and where it stands: in a rule file, or only with what is open. */
export function OwnRule({ rule }: { rule: Rule }) {
  const name = useStandstill((state) => selectRuleFile(state, rule)?.name ?? null);
  return (
    <p className="muted own-rule">
      {rule.id} is a rule of your team:{' '}
      {name === null ? 'kept with this investigation' : <span title={name}>{tailOf(name)}</span>}.
    </p>
  );
}

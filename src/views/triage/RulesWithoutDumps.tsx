import { RulesDialog } from './RulesDialog.tsx';
import { TeamRules } from './TeamRules.tsx';

/** Team rules on the page without a dump: they wait for the dumps to come. */
export function RulesWithoutDumps() {
  return (
    <div className="rules-without-dumps">
      <TeamRules />
      <p className="muted team-rules-sum">They apply to every dump that is opened from now on.</p>
      <RulesDialog />
    </div>
  );
}

import { RulesDialog } from './RulesDialog.tsx';
import { TeamRules } from './TeamRules.tsx';

/** Team rules on the page without a dump: they wait for the dumps to come. */
export function RulesWithoutDumps() {
  return (
    <div className="rules-without-dumps">
      <TeamRules nameLength={60} />
      <p className="muted team-rules-sum">They apply to all dumps that you open.</p>
      <RulesDialog />
    </div>
  );
}

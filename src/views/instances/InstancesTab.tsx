import type { Verdict } from '../../core/trend/verdict.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { SentenceView } from '../verdict/SentenceView.tsx';
import { FleetGroups } from './FleetGroups.tsx';
import { InstanceTable } from './InstanceTable.tsx';
import './instances.css';

/** Odd instances that are named on top; the table marks the others. */
const NAMED = 3;

/** Many instances of one service, or one before and after a restart. */
export function InstancesTab() {
  const reply = useStandstill((state) => state.verdict.value);
  const busy = useStandstill((state) => state.verdict.status === 'asking');
  if (reply === null) return null;
  const { verdict, dumpIds } = reply;
  return (
    <div className="instances" aria-busy={busy}>
      <Odd verdict={verdict} />
      <InstanceTable verdict={verdict} dumpIds={dumpIds} />
      {verdict.fleet === null ? null : <FleetGroups verdict={verdict} fleet={verdict.fleet} />}
    </div>
  );
}

/** The instances that stand apart, by name. */
function Odd({ verdict: { processes, fleet } }: { verdict: Verdict }) {
  const odd = processes.flatMap(({ name, odd: why }) => (why === null ? [] : { name, why }));
  const instances = fleet?.processes.length ?? new Set(processes.map(({ instance }) => instance)).size;
  return (
    <section className="instances-odd" aria-label="What stands apart">
      {odd.length === 0 ? (
        <p className="muted">
          {instances > 1
            ? `None of the ${formatCount(instances)} instances stands apart from the others.`
            : `${formatNumberOf(processes.length, 'process', 'processes')}: goroutines are compared within each, never across a restart.`}
        </p>
      ) : null}
      {odd.slice(0, NAMED).map(({ name, why }) => (
        <p key={name}>
          <SentenceView sentence={why} />
        </p>
      ))}
      {odd.length > NAMED ? (
        <p className="muted">{formatNumberOf(odd.length - NAMED, 'more', 'more')} marked in the table.</p>
      ) : null}
    </section>
  );
}

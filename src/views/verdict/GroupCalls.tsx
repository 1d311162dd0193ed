import type { GroupVerdict, Verdict } from '../../core/trend/verdict.ts';
import { selectVerdictCauses } from '../../store/cause-selectors.ts';
import { useStandstill } from '../../store/use-store.ts';
import { toneOf } from '../../ui/Change.tsx';
import { formatCount, formatNumberOf, formatSigned } from '../../ui/format.ts';
import { FAMILY_SHORT, looksLike } from '../causes/cause-words.ts';
import { MARK_SIGNS } from '../triage/mark-words.ts';
import '../triage/triage.css';
import { tailOf } from '../words.ts';
import { CallBadge } from './CallBadge.tsx';
import { LooksLike } from './LooksLike.tsx';
import { ShowLink } from './SentenceView.tsx';
import { changesOf, isToLookAt, showsOf } from './verdict-words.ts';

const SHOWN = 3;

/** The groups that somebody should look at, a few of them; `onAll` opens all with their evidence. Nothing without one. */
export function GroupCalls({ verdict, onAll }: { verdict: Verdict; onAll: () => void }) {
  const { groups } = verdict;
  const alarming = groups.filter(isToLookAt);
  if (alarming.length === 0) return null;
  const more = groups.length - Math.min(alarming.length, SHOWN);
  const isFleet = verdict.processes.length > 1;
  return (
    <div className="group-calls">
      <ul aria-label="Groups to look at">
        {alarming.slice(0, SHOWN).map((group) => (
          <li key={`${group.process} ${group.key}`} className="group-call">
            <CallBadge call={group.call} />
            <ShowLink
              className="link mono group-call-name"
              show={showsOf(group, verdict).last}
              title={isFleet ? `${group.name}, ${processNameOf(group, verdict)}` : group.name}
            >
              <GroupMark group={group} />
              {group.name}
              {isFleet ? <span className="muted"> · {tailOf(processNameOf(group, verdict), 18)}</span> : null}
            </ShowLink>
            <GroupCause group={group} verdict={verdict} />
            <GroupCounts group={group} verdict={verdict} />
          </li>
        ))}
      </ul>
      <LooksLike verdict={verdict} />
      <button
        type="button"
        className="button small quiet"
        aria-label={more > 0 ? `Why, and ${more} more groups` : 'Why these groups'}
        onClick={onAll}
      >
        {more > 0 ? `${formatCount(more)} more` : 'Why'}
      </button>
    </div>
  );
}

/** What the team marked a group, and that it is left out for that. Nothing where it is not marked. */
export function GroupMark({ group: { mark, leftOut } }: { group: GroupVerdict }) {
  if (mark === null) return null;
  return (
    <span className={`team-mark ${mark}`}>
      <span aria-hidden="true">{MARK_SIGNS[mark]}</span> {mark}
      {leftOut ? ', left out' : ''}
    </span>
  );
}

/** The cause of a group in a word, or in full; an empty place where none is known. */
export function GroupCause({
  group,
  verdict,
  full = false,
}: {
  group: GroupVerdict;
  verdict: Verdict;
  full?: boolean;
}) {
  const causes = useStandstill(selectVerdictCauses);
  const cause = causes?.causes[verdict.groups.indexOf(group)] ?? null;
  if (cause === null) return <span className="group-call-cause" />;
  const text = cause.kind === 'benign' ? `expected: ${cause.title}` : looksLike(cause);
  const word = cause.family === null ? 'expected' : FAMILY_SHORT[cause.family];
  return (
    <span className="group-call-cause" title={text}>
      {full ? text : word}
    </span>
  );
}

function processNameOf(group: GroupVerdict, { processes }: Verdict): string {
  return processes[group.process]?.name ?? '';
}

/** Says that no group is alarming, and leads to what changed all the same. Nothing where one is. */
export function NoGroupCalls({ verdict }: { verdict: Verdict }) {
  const { call, groups, groupsJudged } = verdict;
  const changes = changesOf(verdict);
  if (groupsJudged === 0 || groups.some(isToLookAt)) return null;
  return (
    <p className="muted">
      {call === 'leaked' ? 'What is proven leaked is in no group of the dumps for certain; none' : 'None'} of{' '}
      {formatNumberOf(groupsJudged, 'group')} stands out
      {groups.some(({ leftOut }) => leftOut) ? ' beside those left out' : ''}
      {changes === null ? '' : '; '}
      {changes === null ? null : <ShowLink show={changes}>what changed</ShowLink>}.
    </p>
  );
}

/** "12 → 8,702 +8,690": the counts in the first and last dump of its process, and the growth; one number from one dump. */
export function GroupCounts({
  group,
  verdict,
  onShow,
}: {
  group: GroupVerdict;
  verdict: Verdict;
  onShow?: (() => void) | undefined;
}) {
  const { first, last, growth } = showsOf(group, verdict);
  const { counts } = group;
  const lastLink = (
    <ShowLink className="link strong" show={last} onShow={onShow}>
      {formatCount(counts.at(-1) ?? 0)}
    </ShowLink>
  );
  if (counts.length < 2) return <span className="group-call-counts">{lastLink}</span>;
  return (
    <>
      <span className="group-call-counts">
        {counts[0] === 0 ? (
          '0'
        ) : (
          <ShowLink show={first} onShow={onShow}>
            {formatCount(counts[0] ?? 0)}
          </ShowLink>
        )}{' '}
        → {lastLink}
      </span>
      <ShowLink className={`link group-call-growth ${toneOf(group.growth)}`} show={growth} onShow={onShow}>
        {formatSigned(group.growth)}
      </ShowLink>
    </>
  );
}

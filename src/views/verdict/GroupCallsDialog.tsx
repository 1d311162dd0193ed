import type { Verdict } from '../../core/trend/verdict.ts';
import { Breakable } from '../../ui/Breakable.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { CallBadge } from './CallBadge.tsx';
import { GroupCause, GroupCounts, GroupMark } from './GroupCalls.tsx';
import { SentenceView, ShowLink } from './SentenceView.tsx';
import { showsOf, slopeWords } from './verdict-words.ts';

/** All groups that the verdict names, with why; whatever is clicked closes it and is shown. */
export function GroupCallsDialog({ verdict, onClose }: { verdict: Verdict; onClose: () => void }) {
  const { groups, groupsJudged, processes } = verdict;
  const quiet = groupsJudged - groups.length;
  return (
    <Dialog title="Groups and why" className="dialog wide" onClose={onClose}>
      <ol className="group-verdicts">
        {groups.map((group) => (
          <li key={`${group.process} ${group.key}`}>
            <div className="group-verdict-head">
              <CallBadge call={group.call} />
              <GroupMark group={group} />
              <ShowLink className="link mono" show={showsOf(group, verdict).last} onShow={onClose}>
                <Breakable text={group.name} />
              </ShowLink>
              {processes.length > 1 ? <span className="muted">in {processes[group.process]?.name}</span> : null}
              <GroupCause group={group} verdict={verdict} full />
              <GroupCounts group={group} verdict={verdict} onShow={onClose} />
            </div>
            {group.evidence.map((sentence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one verdict never move.
              <p key={index}>
                <SentenceView sentence={sentence} onShow={onClose} />
              </p>
            ))}
            {group.fit === null ? null : (
              <p className="muted">
                {slopeWords(group.fit).slope} {slopeWords(group.fit).interval}
              </p>
            )}
          </li>
        ))}
      </ol>
      {quiet > 0 ? (
        <p className="muted">
          {formatCount(quiet)} of {formatNumberOf(groupsJudged, 'group')} judged are not listed: they neither rise nor
          stand still, or others weigh more.
        </p>
      ) : null}
    </Dialog>
  );
}

import { useId, useState } from 'react';
import type { Call } from '../../core/trend/verdict.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { NARROW_QUERY, useMedia } from '../../ui/use-media.ts';
import { run, useKeys } from '../shell/use-keys.ts';
import { CallBadge } from './CallBadge.tsx';
import { EvidenceList, evidenceShown, hasMore, hasRoom, MoreEvidence } from './Evidence.tsx';
import { GroupCalls, NoGroupCalls } from './GroupCalls.tsx';
import { GroupCallsDialog } from './GroupCallsDialog.tsx';
import { LoadedFacts } from './LoadedFacts.tsx';
import { LooksLike } from './LooksLike.tsx';
import { SentenceView } from './SentenceView.tsx';
import { SinceWhen } from './SinceWhen.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import { titleOf } from './verdict-words.ts';
import { WhatToDo } from './WhatToDo.tsx';
import './verdict.css';

/**
 * Top of the page: is it a leak, since when, which goroutines, why, and what to do. The last answer stays while a new one
 * is on its way. Nothing without a dump or a count.
 */
export function VerdictPanel() {
  const { status, value, error } = useStandstill((state) => state.verdict);
  const hasDumps = useStandstill((state) => state.dumps.length > 0);
  const hasCounts = useStandstill((state) => state.counts.length > 0);
  const reading = useStandstill(
    (state) => state.pending.filter(({ phase }) => phase === 'waiting' || phase === 'reading').length,
  );
  const isNarrow = useMedia(NARROW_QUERY);
  const [isOpen, setIsOpen] = useState(false);
  const [dialog, setDialog] = useState<'next' | 'groups' | null>(null);
  const moreId = useId();
  const verdict = value?.verdict ?? null;
  useDocumentTitle(verdict === null ? null : titleOf(verdict));
  useKeys({ n: () => verdict !== null && run(() => setDialog('next')) });
  if (!hasDumps && !hasCounts) return null;
  const close = () => setDialog(null);
  return (
    <section className={isOpen ? 'verdict open' : 'verdict'} aria-label="Verdict" aria-busy={status === 'asking'}>
      <div className="verdict-head">
        <CallStatus call={verdict?.call ?? null} />
        {verdict === null ? (
          status === 'failed' ? null : (
            <p className="verdict-judging muted">Judging…</p>
          )
        ) : (
          <h2>
            <SentenceView sentence={verdict.headline} />
            {isNarrow && !isOpen ? <LooksLike verdict={verdict} /> : null}
          </h2>
        )}
        {verdict === null || reading === 0 ? null : (
          <span className="verdict-so-far">so far; reading {formatNumberOf(reading, 'more file')}</span>
        )}
        {verdict === null ? null : (
          <div className="verdict-buttons">
            {isNarrow || hasMore(verdict) ? (
              <button
                type="button"
                className="button small"
                aria-expanded={isOpen}
                aria-controls={moreId}
                onClick={() => setIsOpen(!isOpen)}
              >
                {isOpen ? 'Less evidence' : isNarrow ? 'Evidence' : 'More evidence'}
              </button>
            ) : null}
            <button
              type="button"
              className="button small primary"
              aria-haspopup="dialog"
              aria-keyshortcuts="n"
              onClick={() => setDialog('next')}
            >
              What to do
            </button>
          </div>
        )}
      </div>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          {verdict === null ? 'The verdict could not be made' : 'This is an older verdict; a new one could not be made'}
          : {error} The tabs below still count. Another grouping asks again; so does loading the page anew.
        </p>
      ) : null}
      {verdict === null || (isNarrow && !isOpen) ? null : (
        <div className="verdict-body">
          <div className="verdict-why">
            <EvidenceList sentences={verdict.evidence.slice(0, evidenceShown(verdict))} label="Evidence" />
            {hasRoom(verdict) ? <p>Next: {verdict.next.text}</p> : null}
          </div>
          <GroupCalls verdict={verdict} onAll={() => setDialog('groups')} />
          {isOpen ? <MoreEvidence verdict={verdict} id={moreId} /> : null}
        </div>
      )}
      <div className="verdict-foot">
        {verdict === null || (isNarrow && !isOpen) ? null : (
          <>
            <SinceWhen verdict={verdict} />
            <NoGroupCalls verdict={verdict} />
          </>
        )}
        <LoadedFacts />
      </div>
      {dialog === 'next' && verdict !== null ? <WhatToDo verdict={verdict} onClose={close} /> : null}
      {dialog === 'groups' && verdict !== null ? <GroupCallsDialog verdict={verdict} onClose={close} /> : null}
    </section>
  );
}

/** The call; always there, so that screen readers hear it when it changes. */
function CallStatus({ call }: { call: Call | null }) {
  return (
    <div className="verdict-call" role="status" aria-label="Call">
      {call === null ? null : <CallBadge call={call} strong />}
    </div>
  );
}

import type { WaitTarget } from '../../core/causes/locks/lock-report.ts';
import { selectGroupWaits } from '../../store/lock-questions.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import type { GroupDetail } from '../../worker/protocol.ts';
import { GoroutineLink, OpenedText, type Places, useOpenText } from './GoroutineLinks.tsx';
import { addressWords, objectWords, WAIT_PHRASES } from './lock-words.ts';

const FIRST_TARGETS = 3;

/** What the goroutines of a group wait for, and who likely holds it. */
export function LockWait({ detail }: { detail: GroupDetail }) {
  const waits = useStandstill(selectGroupWaits);
  const { status, value, error } = useStandstill((state) => state.locks);
  const dumpId = useStandstill((state) => state.view.dumpId);
  const { choose } = useActions();
  if (!waits) return null;
  const reply = value?.dumpId === dumpId ? value : null;
  const ids = new Set(detail.goroutines.flatMap(({ id }) => id ?? []));
  const ours = reply?.report.targets.filter(({ waiters }) => waiters.ids.some((id) => ids.has(id))) ?? [];
  // What can be named comes first; the order is that of the report otherwise.
  const targets = ours.toSorted((a, b) => Number(lacksName(a)) - Number(lacksName(b)));
  const hasIds = ids.size > 0;
  return (
    <section className="block lock-wait" aria-label="Lock">
      <h3>Waits for</h3>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          The locks could not be found: {error}
        </p>
      ) : reply === null ? (
        <p className="muted">Looking for locks…</p>
      ) : targets.length > 0 ? (
        targets
          .slice(0, FIRST_TARGETS)
          // biome-ignore lint/suspicious/noArrayIndexKey: targets of one report never move, and may lack addresses.
          .map((target, at) => <Target key={at} target={target} places={reply.places} />)
      ) : (
        <p>
          {hasIds
            ? 'None of its goroutines is among the waiters that are listed by id.'
            : (reply.report.notes[0] ?? 'This form of dump does not show which lock it is.')}
        </p>
      )}
      {reply === null ? null : (
        <p>
          {targets.length > FIRST_TARGETS ? `And ${formatNumberOf(targets.length - FIRST_TARGETS, 'more lock')}. ` : ''}
          <button type="button" className="button small" onClick={() => choose({ tab: 'locks' })}>
            Show all locks
          </button>
        </p>
      )}
    </section>
  );
}

function lacksName({ address, object }: WaitTarget): boolean {
  return address === null && object === null;
}

function Target({ target, places }: { target: WaitTarget; places: Places }) {
  const text = useOpenText();
  const { kind, holder, unknown } = target;
  const isLock = kind === 'mutex' || kind === 'rwmutex';
  return (
    <>
      <p>
        Waits for {WAIT_PHRASES[kind]}{' '}
        {target.address !== null ? (
          <>
            at <span className="mono">{addressWords(target)}</span>
          </>
        ) : target.object !== null ? (
          <>
            in <span className="mono">{objectWords(target.object)}</span>
          </>
        ) : (
          `(${addressWords(target)})`
        )}
        {holder !== null ? (
          <>
            ; held, it seems, by <GoroutineLink id={holder.goroutineId} places={places} text={text} />
            <span className="inferred" title={holder.why}>
              inferred
            </span>
            .
          </>
        ) : isLock ? (
          <>. Who holds it is unknown. {unknown}</>
        ) : (
          '.'
        )}
      </p>
      <OpenedText text={text} />
    </>
  );
}

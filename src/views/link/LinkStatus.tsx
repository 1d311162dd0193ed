import { findLinked } from '../../store/linked-dumps.ts';
import type { OpenedLink } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatNumberOf } from '../../ui/format.ts';
import { useIntake } from '../intake/intake-context.ts';
import './link.css';

type Awaited = OpenedLink['dumps'][number] & { readonly isHere: boolean };

/** Dumps of the opened link, and which of them are open; empty without a link that waits for some. */
function useAwaited(): readonly Awaited[] {
  const link = useStandstill((state) => state.link);
  const dumps = useStandstill((state) => state.dumps);
  if (link === null) return [];
  const found = findLinked(link.dumps, dumps);
  return link.dumps.map((dump, place) => ({ ...dump, isHere: found[place] !== null }));
}

/** On the page without a dump: what the link is about, and the files that show it. Null without such a link. */
export function LinkWelcome() {
  const awaited = useAwaited();
  const title = useStandstill((state) => state.link?.view.title ?? '');
  const { openFiles } = useIntake();
  const { settleLink } = useActions();
  if (awaited.length === 0) return null;
  return (
    <section className="link-welcome" aria-label="Link">
      <h2>{title === '' ? `This link shows ${formatNumberOf(awaited.length, 'dump')}` : title}</h2>
      <p>
        The link carries what is looked at, not the dumps themselves. Drop{' '}
        {awaited.length === 1 ? 'the file' : 'the files'} here; {awaited.length === 1 ? 'it is' : 'they are'} known by
        content, whatever the name.
      </p>
      <AwaitedList awaited={awaited} />
      <div className="welcome-buttons">
        <button type="button" className="button primary" onClick={openFiles}>
          Open files
        </button>
        <button type="button" className="button" onClick={settleLink}>
          Leave the link
        </button>
      </div>
    </section>
  );
}

/** Above the panes while dumps of the link are missing. */
export function LinkBanner() {
  const awaited = useAwaited();
  const { settleLink } = useActions();
  const missing = awaited.filter(({ isHere }) => !isHere);
  if (missing.length === 0) return null;
  return (
    <section className="link-banner" aria-label="Link">
      <p>
        The link waits for {missing.length === awaited.length ? 'its' : `${missing.length} of its`}{' '}
        {formatNumberOf(awaited.length, 'dump')}. Drop what is missing:
      </p>
      <AwaitedList awaited={missing} />
      <button type="button" className="button small" onClick={settleLink}>
        Show what is there
      </button>
    </section>
  );
}

/** Dumps listed; a link may name hundreds. */
const LISTED = 12;

/** Those with a name first: of many dumps a link names only some. */
function AwaitedList({ awaited }: { awaited: readonly Awaited[] }) {
  const sorted = [...awaited].sort((a, b) => Number(a.name === '') - Number(b.name === ''));
  const more = sorted.length - LISTED;
  return (
    <ul className="awaited">
      {sorted.slice(0, LISTED).map(({ name, goroutines, isHere }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: dumps may be alike in all, and hold no state.
        <li key={at}>
          <span className="name">{name === '' ? 'Another dump' : name}</span>{' '}
          <span className="muted">
            {formatNumberOf(goroutines, 'goroutine')}, {isHere ? 'open' : 'missing'}
          </span>
        </li>
      ))}
      {more > 0 ? <li className="muted">and {formatNumberOf(more, 'more dump')}</li> : null}
    </ul>
  );
}

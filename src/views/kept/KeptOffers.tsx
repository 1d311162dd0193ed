import type { KeptInvestigation } from '../../investigation/shelf.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { formatBytes, formatClockMinutes, formatDay, formatNumberOf } from '../../ui/format.ts';
import './kept.css';

/** On the page without a dump: what pages that are gone left in this browser. Null when there is nothing. */
export function KeptOffers() {
  const offers = useStandstill((state) => state.kept.offers);
  const { openKept, forgetKept } = useActions();
  if (offers.length === 0) return null;
  return (
    <section className="kept-offers" aria-label="Kept in this browser">
      <h2>Kept in this browser</h2>
      <ul>
        {offers.map((offer) => (
          <li key={offer.id}>
            <span className="kept-what">
              {offer.title === '' ? describe(offer) : offer.title}{' '}
              <span className="muted">
                {offer.title === '' ? '' : `${describe(offer)}, `}
                {formatBytes(offer.bytes)}, {formatDay(offer.savedAtMs)} {formatClockMinutes(offer.savedAtMs)}
                {offer.brokenOpenings > 1 ? '; opening it did not end the last times' : ''}
              </span>
            </span>
            <span className="kept-tools">
              <button type="button" className="button small" onClick={() => openKept(offer.id)}>
                Open again
              </button>
              <button type="button" className="button small quiet" onClick={() => forgetKept(offer.id)}>
                Forget
              </button>
            </span>
          </li>
        ))}
      </ul>
      {offers.length > 1 ? (
        <button type="button" className="link" onClick={() => forgetKept()}>
          Forget everything
        </button>
      ) : null}
    </section>
  );
}

/** "before.txt and 2 more files". */
function describe({ names }: KeptInvestigation): string {
  const [first = ''] = names;
  return names.length === 1 ? first : `${first} and ${formatNumberOf(names.length - 1, 'more file')}`;
}

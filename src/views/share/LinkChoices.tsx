import { useState } from 'react';
import { isStrict } from '../../investigation/redaction/scrub.ts';
import type { Shared } from '../../store/handover.ts';
import { dataFragment, viewFragment } from '../../store/share.ts';
import { useStandstill } from '../../store/use-store.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import { Choice } from './Choice.tsx';
import { carrierOf, MAX_SHARED_LINK } from './share-limits.ts';
import { usePacked } from './use-packed.ts';

const PRIMARY = 'button small';

/** The page's own address, and whether others can open it. */
function ownAddress(): { readonly base: string; readonly isOnDisk: boolean } {
  return { base: location.href.replace(/#.*$/, ''), isOnDisk: location.protocol === 'file:' };
}

/** Links: to the view alone, with the data, or to dumps beside the page. */
export function LinkChoices({ shared }: { shared: Shared }) {
  const { base, isOnDisk } = ownAddress();
  const fragment = useStandstill((state) => viewFragment(state, shared));
  const link = `${base}#${fragment}`;
  return (
    <section aria-label="Links">
      <h3>Links</h3>
      {isOnDisk ? (
        <p className="muted">
          This page was opened from disk, so its links work only where the same file lies. Save a file below, or host
          the page.
        </p>
      ) : null}
      <ul className="share-choices">
        <Choice
          title="To this view"
          size={lengthWords(link.length)}
          action={<CopyButton text={link} what="link to this view" label="Copy link" className={PRIMARY} />}
        >
          {isStrict(shared.redaction)
            ? 'Tab, dumps, group and phases; without title, search, states and the names of files, which may say what is taken out.'
            : 'Tab, dumps, group, filters, phases and title.'}{' '}
          Who opens it drops the same files, which are known by their content.
        </Choice>
        <WithData base={base} shared={shared} />
        {isOnDisk ? null : <BesidePage base={base} shared={shared} />}
      </ul>
    </section>
  );
}

function WithData({ base, shared }: { base: string; shared: Shared }) {
  const packed = usePacked('groups', shared);
  const link = packed.status === 'ready' ? `${base}#${dataFragment(packed.file.bytes)}` : '';
  const isTooLong = link.length > MAX_SHARED_LINK;
  const size =
    packed.status === 'packing'
      ? 'Packing…'
      : packed.status === 'failed'
        ? packed.why
        : isTooLong
          ? `${formatCount(link.length)} characters: longer than any chat or tracker carries (${formatCount(MAX_SHARED_LINK)}). Choose fewer dumps, or save a file.`
          : lengthWords(link.length);
  return (
    <Choice
      title="With the data in it"
      size={size}
      action={
        link === '' || isTooLong ? (
          <button type="button" className={PRIMARY} disabled>
            Copy link
          </button>
        ) : (
          <CopyButton text={link} what="link with data" label="Copy link" className={PRIMARY} />
        )
      }
    >
      Stacks with their counts, states, waits and labels of {formatNumberOf(shared.dumpIds?.length ?? 0, 'dump')}, marks
      and rules; without goroutine ids and raw text. It stands behind the #, which browsers send to no server.
    </Choice>
  );
}

function BesidePage({ base, shared }: { base: string; shared: Shared }) {
  const [folder, setFolder] = useState('dumps/');
  const fragment = useStandstill((state) => viewFragment(state, shared, [asFolder(folder)]));
  const link = `${base}#${fragment}`;
  return (
    <Choice
      title="To dumps beside the page"
      size={lengthWords(link.length)}
      action={<CopyButton text={link} what="link to dumps beside the page" label="Copy link" className={PRIMARY} />}
    >
      For dumps that lie on the server of this page, with an index.json that lists their names.{' '}
      <label className="share-folder">
        Folder, as seen from the page:{' '}
        <input
          type="text"
          className="field mono"
          value={folder}
          maxLength={500}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
      </label>
    </Choice>
  );
}

function asFolder(text: string): string {
  const trimmed = text.trim();
  return trimmed.endsWith('/') ? trimmed : `${trimmed}/`;
}

function lengthWords(characters: number): string {
  return `${formatCount(characters)} characters: ${carrierOf(characters) ?? 'too long for chats and trackers'}.`;
}

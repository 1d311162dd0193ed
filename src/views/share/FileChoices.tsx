import type { Shared } from '../../store/handover.ts';
import { useActions } from '../../store/use-store.ts';
import { formatBytes, formatNumberOf } from '../../ui/format.ts';
import { Choice } from './Choice.tsx';
import { SaveButton } from './SaveButton.tsx';
import { type Packed, usePacked } from './use-packed.ts';

/** Files: the saved investigation, and the page with it inside. */
export function FileChoices({ shared }: { shared: Shared }) {
  const packed = usePacked('goroutines', shared);
  const { makeReport } = useActions();
  const counted = formatNumberOf(shared.dumpIds?.length ?? 0, 'dump');
  return (
    <section aria-label="Files">
      <h3>Files</h3>
      <ul className="share-choices">
        <Choice
          title="Report: this page with the data inside"
          size={
            packed.status === 'ready'
              ? `about ${formatBytes(PAGE_BYTES + (packed.file.bytes.length * 4) / 3)}`
              : sizeOf(packed)
          }
          action={
            <SaveButton
              what="report"
              make={
                packed.status === 'ready'
                  ? () =>
                      makeReport(
                        packed.file.bytes,
                        packed.file.title,
                        packed.file.name.replace(/\.standstill\.json\.gz$/, ''),
                      )
                  : null
              }
            />
          }
        >
          One HTML file that opens from a disk or an attachment, without a server and without a network. {counted},
          every goroutine with its id; without raw text.
        </Choice>
        <Choice
          title="Saved investigation"
          size={sizeOf(packed)}
          action={<SaveButton what="investigation" make={packed.status === 'ready' ? async () => packed.file : null} />}
        >
          Dropped on this page it brings back {counted}, marks, rules, phases and the view. Every goroutine with its id;
          without raw text.
        </Choice>
      </ul>
    </section>
  );
}

/** What the page as one file weighs, without data. */
const PAGE_BYTES = 1.5 * 2 ** 20;

function sizeOf(packed: Packed): string {
  switch (packed.status) {
    case 'packing':
      return 'Packing…';
    case 'failed':
      return packed.why;
    case 'ready':
      return formatBytes(packed.file.bytes.length);
  }
}

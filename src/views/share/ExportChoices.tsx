import { useState } from 'react';
import type { Shared } from '../../store/handover.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { copyText } from '../../ui/copy-text.ts';
import type { ExportFormat } from '../../worker/protocol.ts';
import { Choice } from './Choice.tsx';
import { SaveButton } from './SaveButton.tsx';

const CHOICES: readonly (readonly [format: ExportFormat, title: string, what: string, isOfOne: boolean])[] = [
  ['markdown', 'Markdown', 'for an issue: verdict, dumps, groups, the stacks that matter, what to check', false],
  ['json', 'Analysis JSON', 'the document of the command, for scripts; its schema lies beside the page', false],
  ['csv', 'CSV', 'a row for each group, for spreadsheets', true],
  ['folded', 'Folded stacks', 'for flamegraph.pl, speedscope, inferno', true],
  ['pprof', 'pprof', 'opens in go tool pprof; state, creator and labels as labels', true],
];

/** The finding in the forms of other tools. */
export function ExportChoices({ shared }: { shared: Shared }) {
  const { exportAs } = useActions();
  const shown = useStandstill(({ dumps, view }) => dumps.find(({ summary }) => summary.id === view.dumpId)?.name ?? '');
  return (
    <section aria-label="For other tools">
      <h3>For other tools</h3>
      <ul className="share-choices">
        {CHOICES.map(([format, title, what, isOfOne]) => (
          <Choice
            key={format}
            title={title}
            size={isOfOne && shown !== '' ? `Of ${shown}` : ''}
            action={
              <>
                {format === 'markdown' ? <CopyMarkdown shared={shared} /> : null}
                <SaveButton what={title} make={() => exportAs(format, shared)} />
              </>
            }
          >
            {what[0]?.toUpperCase()}
            {what.slice(1)}.
          </Choice>
        ))}
      </ul>
    </section>
  );
}

/** Makes the Markdown and puts it on the clipboard. */
function CopyMarkdown({ shared }: { shared: Shared }) {
  const { exportAs } = useActions();
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      const { bytes } = await exportAs('markdown', shared);
      setSaid((await copyText(new TextDecoder().decode(bytes))) ? 'Copied' : 'Not copied');
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" className="button small" aria-label="Copy Markdown" onClick={() => void copy()}>
        Copy
      </button>
      <span role="status" className="muted">
        {said}
      </span>
    </>
  );
}

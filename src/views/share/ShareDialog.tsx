import { useState } from 'react';
import { DEFAULT_REDACTION } from '../../investigation/redaction/choice.ts';
import { MAX_TITLE } from '../../investigation/view.ts';
import type { AppState } from '../../store/state.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import type { DumpId } from '../../worker/protocol.ts';
import { ExportChoices } from './ExportChoices.tsx';
import { FileChoices } from './FileChoices.tsx';
import { LinkChoices } from './LinkChoices.tsx';
import { Redaction } from './Redaction.tsx';
import './share.css';

const SCOPES = ['all', 'pair', 'shown'] as const;
type Scope = (typeof SCOPES)[number];

/** The dumps of a scope; null when it is no choice of its own. */
function dumpsOf(scope: Scope, { dumps, view }: Pick<AppState, 'dumps' | 'view'>): readonly DumpId[] | null {
  const ids = dumps.map(({ summary }) => summary.id);
  const meant = scope === 'all' ? ids : scope === 'pair' ? [view.a, view.b] : [view.dumpId];
  const there = ids.filter((id) => meant.includes(id));
  const isOwn = scope === 'all' || (there.length === meant.length && there.length < ids.length);
  return isOwn ? there : null;
}

/** Everything by which a finding is handed to colleagues, each with what goes along and how large it is. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const dumps = useStandstill((state) => state.dumps);
  const view = useStandstill((state) => state.view);
  const { choose } = useActions();
  const [scope, setScope] = useState<Scope>('all');
  const [redaction, setRedaction] = useState(DEFAULT_REDACTION);
  const scopes = SCOPES.flatMap((each) => {
    const ids = dumpsOf(each, { dumps, view });
    return ids === null ? [] : [[each, ids] as const];
  });
  const [, chosen] = scopes.find(([each]) => each === scope) ?? scopes[0] ?? ['all', []];
  const shared = { dumpIds: chosen, redaction };
  return (
    <Dialog title="Share" className="dialog share-dialog" onClose={onClose}>
      <p className="muted">
        Nothing is sent by this page: you copy a link or save a file and hand it on. What goes along is said with each,
        and what is taken out before is yours to choose.
      </p>
      <div className="share-what">
        <label>
          <span>Title</span>
          <input
            type="text"
            className="field"
            value={view.title}
            maxLength={MAX_TITLE}
            placeholder="such as “orders, 23 Nov, goroutines climb”"
            onChange={(event) => choose({ title: event.currentTarget.value })}
          />
        </label>
        {scopes.length < 2 ? null : (
          <fieldset>
            <legend>Dumps that go along</legend>
            {scopes.map(([each, ids]) => (
              <label key={each} className="share-scope">
                <input type="radio" name="scope" checked={each === scope} onChange={() => setScope(each)} />
                {scopeWords(each, ids.length)}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <Redaction dumpIds={chosen} choice={redaction} onChange={setRedaction} />
      <LinkChoices shared={shared} />
      <FileChoices shared={shared} />
      <ExportChoices shared={shared} />
    </Dialog>
  );
}

function scopeWords(scope: Scope, count: number): string {
  if (scope === 'all') return `all ${formatNumberOf(count, 'dump')}`;
  return scope === 'pair' ? `A and B of Compare (${formatCount(count)})` : 'only the one on show';
}

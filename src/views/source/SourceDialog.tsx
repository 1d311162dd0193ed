import { useState } from 'react';
import type { Frame } from '../../core/model/symbols.ts';
import { type BuildInfo, readBuildInfo } from '../../core/source/build-info.ts';
import { problemOf, type SourceRule, sourceLink } from '../../core/source/link.ts';
import { PRESETS } from '../../core/source/templates.ts';
import { useActions, useStandstill } from '../../store/use-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import './source.css';

const EMPTY: SourceRule = { prefix: '', template: PRESETS[0]?.template ?? '', ref: '' };

/** Where the code of modules is read: one address for each, with what it makes of a frame of the stack on show. */
export function SourceDialog({ frames, onClose }: { frames: readonly Frame[]; onClose: () => void }) {
  const rules = useStandstill((state) => state.sourceRules);
  const { setSourceRules } = useActions();
  const [draft, setDraft] = useState<SourceRule>(EMPTY);
  const problem = draft.prefix === '' ? null : problemOf(draft);
  const example = draft.prefix === '' || problem !== null ? null : exampleOf(frames, draft);
  const keep = () => {
    setSourceRules([...rules.filter(({ prefix }) => prefix !== draft.prefix), draft]);
    setDraft(EMPTY);
  };
  return (
    <Dialog title="Source links" onClose={onClose}>
      <p className="muted">
        Code of public hosts and of Go’s library is linked by itself. For your own modules say where it is read; nothing
        is fetched, an address is opened when you press it.
      </p>
      {rules.length === 0 ? null : (
        <ul className="source-rules" aria-label="Modules">
          {rules.map((rule) => (
            <li key={rule.prefix}>
              <div>
                <code>{rule.prefix}</code>
                <code className="muted">{rule.template}</code>
                {rule.ref === '' ? null : <code className="muted">{rule.ref}</code>}
              </div>
              <button
                type="button"
                className="button small"
                aria-label={`Change ${rule.prefix}`}
                onClick={() => setDraft(rule)}
              >
                Change
              </button>
              <button
                type="button"
                className="button small"
                aria-label={`Remove ${rule.prefix}`}
                onClick={() => setSourceRules(rules.filter((other) => other !== rule))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <FromBuildInfo onFound={({ module, ref }) => setDraft({ ...draft, prefix: module, ref })} />
      <form
        className="source-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.prefix !== '' && problem === null) keep();
        }}
      >
        <label>
          Module
          <input
            className="field"
            data-autofocus
            value={draft.prefix}
            placeholder="example.com/orders, or * for all others"
            onChange={({ currentTarget }) => setDraft({ ...draft, prefix: currentTarget.value.trim() })}
          />
        </label>
        <label>
          Begin with
          <select
            className="field"
            value=""
            onChange={({ currentTarget }) => {
              const preset = PRESETS.find(({ name }) => name === currentTarget.value);
              if (preset !== undefined) setDraft({ ...draft, template: preset.template });
            }}
          >
            <option value="">a preset…</option>
            {PRESETS.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Address
          <input
            className="field mono"
            value={draft.template}
            aria-describedby="source-said"
            aria-invalid={problem !== null}
            onChange={({ currentTarget }) => setDraft({ ...draft, template: currentTarget.value.trim() })}
          />
        </label>
        <label>
          Commit, tag or branch
          <input
            className="field mono"
            value={draft.ref}
            placeholder="as the path tells, else HEAD"
            onChange={({ currentTarget }) => setDraft({ ...draft, ref: currentTarget.value.trim() })}
          />
        </label>
        <p id="source-said" role="status" className={problem === null ? 'muted' : 'warn'}>
          {problem ??
            (example === null
              ? 'In the address {path} {line} {ref} {module} {version} {repo} and {file} (the printed path) are filled in.'
              : `For example ${example}`)}
        </p>
        <button type="submit" className="button primary" disabled={draft.prefix === '' || problem !== null}>
          Keep
        </button>
      </form>
    </Dialog>
  );
}

/** Fills the form from what a program says of itself. */
function FromBuildInfo({ onFound }: { onFound: (info: BuildInfo) => void }) {
  const [said, setSaid] = useState('');
  const read = (text: string) => {
    const info = readBuildInfo(text);
    if (info !== null) onFound(info);
    setSaid(text.trim() === '' ? '' : sayFound(info));
  };
  return (
    <details className="source-form">
      <summary>Commit from build info</summary>
      <label>
        What “go version -m PROGRAM” prints, or debug.ReadBuildInfo
        <textarea
          className="field mono"
          rows={3}
          placeholder={'mod\texample.com/orders\t(devel)\nbuild\tvcs.revision=0f31a7c…'}
          onChange={({ currentTarget }) => read(currentTarget.value)}
        />
      </label>
      <p className="muted" aria-live="polite">
        {said}
      </p>
    </details>
  );
}

function sayFound(info: BuildInfo | null): string {
  if (info === null) return 'No line of it names a module: “mod”, then its import path.';
  const { module, ref, modified } = info;
  if (ref === '')
    return `${module} says no commit: it was built with -buildvcs=false, outside a repository, or before Go 1.18.`;
  return `${module} at ${ref}${modified ? ', built with changes that are in no commit: lines may differ' : ''}.`;
}

/** What a rule makes of the first frame that it is for. */
function exampleOf(frames: readonly Frame[], rule: SourceRule): string | null {
  for (const frame of frames) {
    const link = sourceLink(frame, [rule]);
    if (link !== null && link !== sourceLink(frame, [])) return link;
  }
  return null;
}

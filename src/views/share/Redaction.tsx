import { useEffect, useState } from 'react';
import type {
  FoundModule,
  RedactedKind,
  RedactionChoice,
  RedactionPreview,
} from '../../investigation/redaction/choice.ts';
import { useActions } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import type { DumpId } from '../../worker/protocol.ts';

type Switch = Exclude<RedactedKind, 'modules'>;

const SWITCHES: readonly (readonly [kind: Switch, title: string, what: string])[] = [
  ['arguments', 'Arguments and addresses', 'where texts quote them; the frames that are handed over have none'],
  ['paths', 'Folders of source files', 'the names of the files stay'],
  ['hosts', 'Hosts, pods, names of dump files', 'the title stays where it does not name one'],
  ['labels', 'Labels', 'their keys and values'],
];

/** What is taken out before something is handed over, with the first of it. */
export function Redaction({
  dumpIds,
  choice,
  onChange,
}: {
  dumpIds: readonly DumpId[];
  choice: RedactionChoice;
  onChange: (choice: RedactionChoice) => void;
}) {
  const [preview, error] = usePreview(dumpIds, choice);
  const taken = [
    ...SWITCHES.flatMap(([kind, title]) => (choice[kind] ? [title.toLowerCase()] : [])),
    ...(choice.modules.length > 0 ? [formatNumberOf(choice.modules.length, 'module name')] : []),
  ];
  return (
    <details className="redaction">
      <summary>Taken out before: {taken.length === 0 ? 'nothing' : taken.join(', ')}</summary>
      {error === '' ? null : (
        <p className="failed-note" role="alert">
          {error}
        </p>
      )}
      <ul className="redaction-kinds">
        {SWITCHES.map(([kind, title, what]) => (
          <li key={kind}>
            <label>
              <input
                type="checkbox"
                checked={choice[kind]}
                onChange={(event) => onChange({ ...choice, [kind]: event.currentTarget.checked })}
              />
              {title} <span className="muted">({what})</span>
            </label>
            <Examples kind={kind} preview={preview} />
          </li>
        ))}
      </ul>
      <Modules
        found={preview?.modules ?? []}
        chosen={choice.modules}
        onChange={(modules) => onChange({ ...choice, modules })}
      />
      <p className="muted">
        When more than arguments is taken out, panic messages and lines that could not be read are left out whole, and a
        link to the view goes without title and search. Counts, states, waits, goroutine ids, times, line numbers and
        the names of functions and types stay. Pseudonyms are the same everywhere, so groups stay what they are.
      </p>
    </details>
  );
}

function Examples({ kind, preview }: { kind: RedactedKind; preview: RedactionPreview | null }) {
  const found = preview?.replaced.find((each) => each.kind === kind);
  if (found === undefined) return null;
  if (found.count === 0) {
    return <p className="muted">{kind === 'hosts' ? 'Files become dump-1, dump-2, ….' : 'None in these dumps.'}</p>;
  }
  return (
    <p className="muted">
      {formatCount(found.count)}:{' '}
      {found.examples.map(([old, replacement], at) => (
        <span key={old}>
          {at === 0 ? '' : ', '}
          <span className="mono">{old}</span> → <span className="mono">{replacement}</span>
        </span>
      ))}
      {found.count > found.examples.length ? ' …' : ''}
    </p>
  );
}

/** Modules listed at first; the others behind a button. */
const FIRST = 8;

function Modules({
  found,
  chosen,
  onChange,
}: {
  found: readonly FoundModule[];
  chosen: readonly string[];
  onChange: (modules: readonly string[]) => void;
}) {
  const [all, setAll] = useState(false);
  const likely = found.filter(({ isLikelyPrivate }) => isLikelyPrivate).map(({ path }) => path);
  const sorted = [...found].sort((a, b) => Number(b.isLikelyPrivate) - Number(a.isLikelyPrivate));
  const shown = all ? sorted : sorted.slice(0, FIRST);
  if (found.length === 0) return <p className="muted">No module but main and the standard library in these dumps.</p>;
  return (
    <fieldset className="redaction-modules">
      <legend>Names of modules</legend>
      {likely.length === 0 ? null : (
        <button type="button" className="button small" onClick={() => onChange(likely)}>
          Choose the {likely.length === 1 ? 'one' : formatCount(likely.length)} on no public server
        </button>
      )}
      {shown.map(({ path, functions, isLikelyPrivate }) => (
        <label key={path}>
          <input
            type="checkbox"
            checked={chosen.includes(path)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, path] : chosen.filter((each) => each !== path))
            }
          />
          <span className="mono">{path}</span>{' '}
          <span className="muted">
            {formatNumberOf(functions, 'function')}
            {isLikelyPrivate ? ', on no public server' : ''}
          </span>
        </label>
      ))}
      {shown.length < sorted.length ? (
        <button type="button" className="link" onClick={() => setAll(true)}>
          show all {formatCount(sorted.length)}
        </button>
      ) : null}
    </fieldset>
  );
}

function usePreview(dumpIds: readonly DumpId[], choice: RedactionChoice): [RedactionPreview | null, error: string] {
  const { previewRedaction } = useActions();
  const [preview, setPreview] = useState<RedactionPreview | null>(null);
  const [error, setError] = useState('');
  const key = JSON.stringify([dumpIds, choice.modules]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for all that the preview is of.
  useEffect(() => {
    let isLate = false;
    previewRedaction({ dumpIds, redaction: choice }).then(
      (next) => {
        if (isLate) return;
        setPreview(next);
        setError('');
      },
      (failure: unknown) => {
        if (!isLate) setError(failure instanceof Error ? failure.message : String(failure));
      },
    );
    return () => {
      isLate = true;
    };
  }, [key, previewRedaction]);
  return [preview, error];
}

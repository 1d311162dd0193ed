import { formatBytes, formatCount, formatNumberOf } from '../../ui/format.ts';
import type { DumpSummary } from '../../worker/protocol.ts';

/** Lines of the file that could not be used, and where its bytes went. */
export function Problems({ summary }: { summary: DumpSummary }) {
  const { bytes, problems, problemCount } = summary;
  return (
    <div className="problems">
      <p className="muted">
        A problem costs the goroutine it stands in, never its neighbours. {formatBytes(bytes.understood)} of{' '}
        {formatBytes(bytes.read)} were understood; {formatBytes(bytes.ignored)} are text around the dump or problems.
        {problemCount > problems.length
          ? ` The first ${formatCount(problems.length)} of ${formatNumberOf(problemCount, 'problem')}:`
          : ''}
      </p>
      <ol>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes and lines may repeat.
          <li key={index}>
            <span className="muted">{problem.line > 0 ? `line ${formatCount(problem.line)}` : 'no line'}</span>
            <code>{problem.text}</code>
            <span>{problem.why}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

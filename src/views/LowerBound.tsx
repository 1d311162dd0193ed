import './lower-bound.css';

/** Says that numbers of a dump are lower bounds, and why; nothing without `sentences`. `of` names the dump where several are on show. */
export function LowerBound({ sentences, of }: { sentences: readonly string[]; of?: string | undefined }) {
  if (sentences.length === 0) return null;
  const title = of === undefined ? 'Lower bound' : `Lower bound in ${of}`;
  return (
    <div className="lower-bound" role="note" aria-label={title}>
      <strong>{title}:</strong>
      {sentences.length === 1 ? (
        <span>{sentences[0]}</span>
      ) : (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

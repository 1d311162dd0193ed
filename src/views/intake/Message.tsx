/** A piece between quotation marks, or a command to copy; both stand as they are. */
const VERBATIM = /(“[^”]{1,500}”|\bcurl -[^\n]{1,300})/;

/**
 * A message of several sentences: one paragraph per line, with quoted text in monospace. Lines that are indented are
 * lines of the file.
 */
export function Message({ text }: { text: string }) {
  return text.split('\n').map((line, index) =>
    /^[ \t>]/.test(line) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines of one message never move.
      <code key={index} className="message-line">
        {line.replace(/^(> ?| {1,4}|\t)/, '')}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <span key={index} className="message-part">
        {line.split(VERBATIM).map((piece, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          at % 2 === 1 ? <code key={at}>{piece}</code> : piece,
        )}
      </span>
    ),
  );
}

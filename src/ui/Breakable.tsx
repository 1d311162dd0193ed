import { Fragment } from 'react';

/**
 * Long names that may break after a slash or dot, and before a bracket, instead of in the middle of a word. The text
 * stays the same when copied.
 */
export function Breakable({ text }: { text: string }) {
  const pieces = text.split(/(?<=[/\\])(?![/\\])|(?<=\.)(?=[(\w])|(?=\[)/);
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move.
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {piece}
    </Fragment>
  ));
}

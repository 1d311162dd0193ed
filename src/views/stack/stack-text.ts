import type { Frame } from '../../core/model/symbols.ts';
import type { StackDetail } from '../../worker/protocol.ts';

/** "/srv/app/main.go:42", without ":42" when the form names no line; empty without a file. */
export function placeOf(frame: Frame): string {
  return frame.file !== '' && frame.line > 0 ? `${frame.file}:${frame.line}` : frame.file;
}

/** A function cut where its package's own name begins: "example.com/shop/" and "orders.(*Publisher).publish". */
export function splitFunction(name: string): { readonly path: string; readonly rest: string } {
  // Slashes inside type arguments belong to those: pkg.Map[example.com/x.T].
  const bracket = name.indexOf('[');
  let slash = bracket < 0 ? name.lastIndexOf('/') : name.lastIndexOf('/', bracket);
  // A major version is no name: caddy/v2.Run.
  if (/^v\d+\./.test(name.slice(slash + 1))) slash = name.lastIndexOf('/', slash - 1);
  return { path: name.slice(0, slash + 1), rest: name.slice(slash + 1) };
}

/** A file cut before its own name: "/srv/app/" and "main.go". */
export function splitFile(file: string): { readonly folder: string; readonly name: string } {
  const slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  return { folder: file.slice(0, slash + 1), name: file.slice(slash + 1) };
}

/** A stack as text for a ticket, in the shape of a traceback. */
export function stackText(stack: StackDetail): string {
  const lines: string[] = [];
  for (const frame of stack.frames) {
    lines.push(frame.function);
    if (frame.file !== '') lines.push(`\t${placeOf(frame)}`);
  }
  if (stack.createdBy !== null) {
    lines.push(`created by ${stack.createdBy.function}`);
    if (stack.createdBy.file !== '') lines.push(`\t${placeOf(stack.createdBy)}`);
  }
  return `${lines.join('\n')}\n`;
}

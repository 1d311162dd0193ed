import { type LineView, latin1 } from './line-view.ts';

/** One thing that was put around each line. Made for a line that shows it; then asked for each line. */
export interface Layer {
  /** In words for people: "kubectl logs --prefix". */
  readonly name: string;
  /** Takes it off the line; false, and the line untouched, where the line does not show it. Never throws. */
  readonly take: (view: LineView) => boolean;
}

/**
 * A row of the table of layers. `find` answers the layer that a line shows, or null. `sure`: lines show it plainly, so it
 * may be taken off a log in which no dump has come yet.
 */
export interface LayerKind {
  readonly sure: boolean;
  readonly find: (view: LineView) => Layer | null;
}

/** The first line of what this page reads; what stands before it on its line is a wrapper. */
export const HEADER =
  /goroutine \d{1,20} (?:gp=\S{1,20} )?(?:m=\S{1,20} )?(?:mp=\S{1,20} )?\[|goroutine(?:leak)? profile: total \d|WARNING: DATA RACE/;

/** Bytes of a payload that are searched for such a line: a whole dump may stand in one payload. */
const SEARCHED_BYTES = 65_536;
const HEADER_LINE = new RegExp(`^(?:${HEADER.source})`, 'm');

/** Whether such a line stands at the start of a line of the payload. */
export function showsHeader(view: LineView): boolean {
  return HEADER_LINE.test(searched(view));
}

/** Whether such a line stands anywhere in the payload. */
export function holdsHeader(view: LineView): boolean {
  return HEADER.test(searched(view));
}

function searched({ bytes, start, end }: LineView): string {
  return latin1(bytes, start, Math.min(end, start + SEARCHED_BYTES));
}

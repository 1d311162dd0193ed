/** Milliseconds after which nobody waits for a frame any more: a page that is not seen paints none. */
const UNSEEN = 200;

/**
 * Calls back in a task of its own once the browser has painted what the page holds now, or 200 ms later where it does not
 * paint. Gives what calls it off.
 */
export function afterPaint(callback: () => void): () => void {
  let timer = setTimeout(callback, UNSEEN);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    // A frame's callbacks run before its layout and paint; a timer set in them after these.
    timer = setTimeout(callback);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

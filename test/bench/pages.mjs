/**
 * The pages the product is measured against, each a file input and a worker. They run in the same browser on the same
 * File, timed by the page's clock from before the worker starts until its answer is there.
 */

/** S: a worker that reads the whole File with a BYOB reader and does nothing with it. */
const readLimit = `onmessage = async ({ data: file }) => {
  const stream = file.stream(), reader = stream.getReader({ mode: 'byob' });
  self.held = [file, stream, reader]; // a BYOB read can hang when these are collected
  let buffer = new ArrayBuffer(4 << 20), bytes = 0;
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (done) break;
    bytes += value.length;
    buffer = value.buffer;
  }
  postMessage({ bytes });
}`;

/** A worker that unpacks the whole File with the browser's own gzip and does nothing with it. */
const unpackLimit = `onmessage = async ({ data: file }) => {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
  }
  postMessage({ bytes });
}`;

/** naive-lines.mjs as a worker: decode, split into lines, match with regular expressions, count joined stacks. */
const naiveParser = `onmessage = async ({ data: file }) => {
  const groups = new Map(), ids = [];
  let rest = '', goroutines = 0, header = null, stack = [];
  const end = () => {
    if (!header) return;
    goroutines++;
    ids.push(Number(header[1]));
    const key = header[2].replace(/, \\d+ minutes|, locked to thread/g, '') + '\\n' + stack.join('\\n');
    groups.set(key, (groups.get(key) ?? 0) + 1);
    header = null;
    stack = [];
  };
  const line = (text) => {
    const match = /^goroutine (\\d+) \\[(.*)\\]:$/.exec(text);
    if (match) { end(); header = match; return; }
    if (!header) return;
    if (text === '') { end(); return; }
    if (text[0] === '\\t') stack.push(text.replace(/ \\+0x[0-9a-f]+$/, ''));
    else stack.push(text.replace(/ in goroutine \\d+$/, '').replace(/\\([^()]*\\)$/, ''));
  };
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\\n');
    rest = lines.pop();
    for (const text of lines) line(text);
  }
  line(rest);
  end();
  postMessage({ goroutines, groups: groups.size });
}`;

/** @param {string} worker source @returns {string} a page with `window.go()`, which answers `{ ms, ...reply }` */
function pageOf(worker) {
  return `<!doctype html><title>bench</title><input type="file"><script>
window.go = () => new Promise((ok) => {
  const file = document.querySelector('input').files[0], start = performance.now();
  const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(worker)}])));
  worker.onmessage = ({ data }) => { worker.terminate(); ok({ ...data, ms: performance.now() - start }); };
  worker.postMessage(file);
});</script>`;
}

export const PAGES = {
  '/read-limit': pageOf(readLimit),
  '/unpack-limit': pageOf(unpackLimit),
  '/naive': pageOf(naiveParser),
  '/empty': '<!doctype html><title>empty</title>',
};

/** What logs, terminals and editors do to the lines of a dump: the same text comes out of each. */

/** Turns the text of a dump into bytes of a file that holds it. */
export type Wrap = (text: string) => Uint8Array;

const encoder = new TextEncoder();

/** Lines without their breaks; the last one of a text that ends in a break is not an empty line. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const stamp = (i: number): string => new Date(Date.UTC(2026, 10, 23, 2, 41, 7) + i).toISOString();
const nanoStamp = (i: number): string => stamp(i).replace('Z', '123456Z');

/** Each line by itself, joined by line breaks. */
function perLine(wrap: (line: string, i: number) => string): Wrap {
  return (text) =>
    encoder.encode(
      linesOf(text)
        .map((line, i) => `${wrap(line, i)}\n`)
        .join(''),
    );
}

/** As containerd writes /var/log/pods: long lines in parts, "P" until the last, "F". */
function cri(text: string): Uint8Array {
  const out: string[] = [];
  linesOf(text).forEach((line, i) => {
    const parts = line.match(/.{1,60}/gs) ?? [''];
    parts.forEach((part, n) => {
      out.push(`${nanoStamp(i)} stderr ${n === parts.length - 1 ? 'F' : 'P'} ${part}\n`);
    });
  });
  return encoder.encode(out.join(''));
}

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const whole = (mark ? '\ufeff' : '') + text.replaceAll('\n', '\r\n');
  const view = new DataView(new ArrayBuffer(whole.length * 2));
  for (let i = 0; i < whole.length; i++) view.setUint16(i * 2, whole.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

/** Go's %q for what stands in dumps. */
const goQuote = (text: string): string => JSON.stringify(text);

const json = (value: unknown): string => JSON.stringify(value);

export const WRAPS: Readonly<Record<string, Wrap>> = {
  'kubectl logs --timestamps': perLine((line, i) => `${nanoStamp(i)} ${line}`),
  'kubectl logs --timestamps, trailing blanks trimmed': perLine((line, i) => `${nanoStamp(i)} ${line}`.trimEnd()),
  'kubectl logs --prefix': perLine((line) => `[pod/orders-7f9c/app] ${line}`),
  'kubectl logs --prefix --timestamps': perLine((line, i) => `[pod/orders-7f9c/app] ${nanoStamp(i)} ${line}`),
  'docker logs -t with a zone': perLine((line, i) => `${stamp(i).replace('Z', '+02:00')} ${line}`),
  CRI: cri,
  'docker json-file': perLine((line, i) => json({ log: `${line}\n`, stream: 'stderr', time: nanoStamp(i) })),
  'docker compose': perLine((line) => `orders-1    | ${line}`),
  stern: perLine((line) => `orders-7f9c app ${line}`),
  'journalctl short': perLine((line) => `Nov 23 02:41:07 node-3 orders[4711]: ${line}`),
  'journalctl short-iso': perLine((line) => `2026-11-23T02:41:07+0000 node-3 orders[4711]: ${line}`),
  'journalctl json': perLine((line, i) =>
    json({
      __REALTIME_TIMESTAMP: `${(1795401667 + i) * 1e6}`,
      _HOSTNAME: 'node-3',
      _SYSTEMD_UNIT: 'orders.service',
      MESSAGE: line,
    }),
  ),
  'syslog RFC 3164': perLine((line) => `<11>Nov 23 02:41:07 node-3 orders[4711]: ${line.replaceAll('\t', '#011')}`),
  'syslog RFC 5424': perLine((line, i) => `<11>1 ${stamp(i)} node-3 orders 4711 - - ${line}`),
  'GitHub Actions': perLine((line) => `2026-11-23T02:41:07.1234567Z ${line}`),
  'GitLab CI': perLine((line, i) => `${stamp(i).replace('Z', '000Z')} 01O ${line}`),
  'systemd-cat': perLine((line) => `Nov 23 02:41:07 node-3 cat[4711]: ${line}`),
  klog: perLine((line) => `E1123 02:41:07.000000       1 dump.go:88] ${line}`),
  'log.Printf': perLine((line) => `2026/11/23 02:41:07 ${line}`),
  'zap, the dump in a field': (text) =>
    encoder.encode(`${json({ level: 'error', ts: 1795401667.5, msg: 'dump', stack: text })}\n`),
  'slog JSON, the dump in the message': (text) =>
    encoder.encode(`${json({ time: stamp(0), level: 'ERROR', msg: text })}\n`),
  'zerolog, a line each': perLine((line, i) => json({ level: 'info', time: stamp(i), message: line })),
  'logrus text': (text) => encoder.encode(`time="${stamp(0)}" level=error msg=${goQuote(text)}\n`),
  'slog text': (text) => encoder.encode(`time=${stamp(0)} level=ERROR msg="goroutine dump" stack=${goQuote(text)}\n`),
  'go test -json': perLine((line, i) =>
    json({
      Time: stamp(i),
      Action: 'output',
      Package: 'example.com/orders',
      Test: 'TestCheckout',
      Output: `${line}\n`,
    }),
  ),
  'an indent of four': perLine((line) => `    ${line}`),
  'an indent of a tab': perLine((line) => `\t${line}`),
  'quoted with >': perLine((line) => `> ${line}`),
  'ANSI colours': perLine((line) => `\x1b[31m${line}\x1b[0m`),
  CRLF: (text) => encoder.encode(text.replaceAll('\n', '\r\n')),
  'CRLF behind timestamps': perLine((line, i) => `${nanoStamp(i)} ${line}\r`),
  'UTF-8 with a byte-order mark': (text) => encoder.encode(`\ufeff${text}`),
  'UTF-16LE with a byte-order mark, CRLF': (text) => utf16(text, true, true),
  'UTF-16BE with a byte-order mark, CRLF': (text) => utf16(text, false, true),
  'UTF-16LE without a mark, CRLF': (text) => utf16(text, true, false),
  'compose over logrus': (text) => encoder.encode(`orders-1  | time="${stamp(0)}" level=error msg=${goQuote(text)}\n`),
  'kubectl --prefix over docker json': perLine(
    (line, i) => `[pod/orders-7f9c/app] ${json({ log: `${line}\n`, stream: 'stderr', time: nanoStamp(i) })}`,
  ),
};

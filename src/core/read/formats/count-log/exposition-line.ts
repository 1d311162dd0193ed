import { epochMs } from '../../wrappers/stamps.ts';
import { type CountLine, toCount } from './count-line.ts';

/** Metric names that are no key of a log: what client libraries call it. */
const METRICS = ['go_goroutines', 'process_runtime_go_goroutines', 'go_sched_goroutines_goroutines'];
const LABEL = /([A-Za-z_]\w{0,100})="((?:[^"\\]|\\.){0,300})"/g;
/** Labels that tell processes apart, the most telling first. */
export const INSTANCE_LABELS = ['pod', 'instance', 'kubernetes_pod_name', 'hostname', 'host', 'job'];

/** A reader of lines of the Prometheus text and OpenMetrics forms: `go_goroutines{pod="a"} 1234 1699999999000`. */
export function expositionReader(keys: readonly string[]): (text: string) => CountLine | null {
  const names = new Set([...METRICS, ...keys.map((key) => key.replace(/\W/g, '_').toLowerCase())]);
  const line =
    /^([A-Za-z_:][\w:]{0,200})(?:\{([^\n]{0,4000})\})? +(\d[\d.e+]{0,20})(?: +(\d[\d.]{8,20}))?(?: # .{0,1000})?\s*$/;
  return (text) => {
    const found = line.exec(text);
    if (found === null || !names.has((found[1] ?? '').toLowerCase())) return null;
    const count = toCount(found[3]);
    if (count === null) return null;
    const stamp = found[4] === undefined ? null : epochMs(Number(found[4]));
    const labels = Object.fromEntries([...(found[2] ?? '').matchAll(LABEL)].map((label) => [label[1], label[2]]));
    return { key: found[1] ?? '', count, timeMs: stamp, instance: instanceOfLabels(labels) };
  };
}

/** The process that labels name. */
export function instanceOfLabels(labels: Readonly<Record<string, unknown>>): string | null {
  for (const name of INSTANCE_LABELS) {
    const value = labels[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, 253);
  }
  return null;
}

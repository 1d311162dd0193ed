import {
  type Format,
  type FormatReader,
  type Head,
  nothingIn,
  type ReadContext,
  type ReadOutcome,
} from '../../format.ts';
import { quoteForPeople } from '../../head.ts';
import { joinBytes } from '../../peek.ts';
import { countIn, toCount } from './count-line.ts';
import { instanceOfLabels } from './exposition-line.ts';
import { CountSeriesBuilder } from './series-builder.ts';

/** A JSON document is read whole, up to this size. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

type Fields = Readonly<Record<string, unknown>>;

/** The answer of /api/v1/query or query_range: one series for each set of labels. */
export const prometheusJsonFormat: Format = {
  id: 'prometheus-json',
  detect: ({ text }: Head) =>
    /^\s*\{/.test(text) && /"resultType"\s*:|^\s*\{\s*"status"\s*:\s*"error"\s*,\s*"errorType"/.test(text)
      ? 'it is an answer of the Prometheus API'
      : null,
  createReader: (context) => new DocumentReader(context, readPrometheus),
};

/** The page of package expvar (/debug/vars). */
export const expvarFormat: Format = {
  id: 'expvar',
  detect: ({ text }: Head) =>
    /^\s*\{/.test(text) && /^\s*\{?\s*"cmdline"\s*:\s*\[/m.test(text) && /"memstats"\s*:\s*\{/.test(text)
      ? 'it is a page of package expvar'
      : null,
  createReader: (context) => new DocumentReader(context, readExpvar),
};

type ReadDocument = (document: Fields, context: ReadContext) => ReadOutcome;

/** Gathers a whole document and reads it at the end. */
class DocumentReader implements FormatReader {
  readonly #context: ReadContext;
  readonly #read: ReadDocument;
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(context: ReadContext, read: ReadDocument) {
    this.#context = context;
    this.#read = read;
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length > MAX_DOCUMENT_BYTES) this.#chunks = [];
    else this.#chunks.push(chunk.slice());
  }

  finish(): ReadOutcome {
    if (this.#length > MAX_DOCUMENT_BYTES) {
      return nothingIn(
        'This JSON document is larger than 64 MiB, more than is read at once. Ask for a shorter range or a larger step.',
      );
    }
    const text = this.#context.decodeText(joinBytes(this.#chunks, this.#length));
    this.#chunks = [];
    try {
      const value: unknown = JSON.parse(text);
      return isFields(value)
        ? this.#read(value, this.#context)
        : nothingIn('This JSON document is no object with counts in it.');
    } catch {
      return nothingIn('This JSON document is cut or damaged, so nothing in it can be told apart. Fetch it again.');
    }
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function countsOnly(series: CountSeriesBuilder, why: string): ReadOutcome {
  const countLogs = series.finish();
  return { dumps: [], countLogs, races: [], notes: [], nothing: countLogs.length === 0 ? why : null };
}

function readPrometheus(document: Fields, context: ReadContext): ReadOutcome {
  if (document.status === 'error') {
    return nothingIn(
      `Prometheus answered with an error: ${quoteForPeople(String(document.error ?? ''))}. Correct the query and save its answer again.`,
    );
  }
  const data = isFields(document.data) ? document.data : document;
  const series = new CountSeriesBuilder(context);
  const result = isList(data.result) ? data.result : [];
  // A scalar is one pair; a vector and a matrix are lists of series.
  if (data.resultType === 'scalar') addPair(series, {}, result);
  else for (const item of result) if (isFields(item)) addItem(series, item);
  return countsOnly(
    series,
    'This answer of the Prometheus API holds no series. Ask for go_goroutines over the time in question.',
  );
}

function addItem(series: CountSeriesBuilder, item: Fields): void {
  const metric = isFields(item.metric) ? item.metric : {};
  const values = isList(item.values) ? item.values : [item.value];
  for (const pair of values) if (isList(pair)) addPair(series, metric, pair);
}

function addPair(series: CountSeriesBuilder, metric: Fields, pair: readonly unknown[]): void {
  const [seconds, value] = pair;
  // Averages over time are no whole numbers.
  const count = toCount(Math.round(Number(value)));
  if (typeof seconds !== 'number' || count === null || value === '') return;
  const key = typeof metric.__name__ === 'string' ? metric.__name__ : 'query';
  const instance = instanceOfLabels(metric) ?? otherLabels(metric);
  series.add('prometheus-json', { key, count, timeMs: seconds * 1000, instance }, 0);
}

/** Labels that tell series apart where none is of a process: "namespace=shop, app=orders". */
function otherLabels(metric: Fields): string | null {
  const labels = Object.entries(metric).filter(([name]) => name !== '__name__');
  return labels.length === 0
    ? null
    : labels
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(', ')
        .slice(0, 253);
}

function readExpvar(document: Fields, context: ReadContext): ReadOutcome {
  const series = new CountSeriesBuilder(context);
  const { memstats: _, ...own } = document;
  const found = countIn(own, new Set(context.countKeys.map((key) => key.toLowerCase())), 0);
  if (found !== null) series.add('expvar', { ...found, timeMs: context.provenance.takenAtMs, instance: null }, 0);
  return countsOnly(
    series,
    'This is a page of package expvar (/debug/vars) without a count of goroutines: package expvar publishes none by itself. Publish one with expvar.Publish("goroutines", expvar.Func(func() any { return runtime.NumGoroutine() })), or take a dump.',
  );
}

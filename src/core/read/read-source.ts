import type { Dump } from '../model/dump.ts';
import { MAX_KEPT_PROBLEMS, type Problem } from '../model/problem.ts';
import type { Provenance } from '../model/provenance.ts';
import { type Format, HEAD_BYTES, type Head, type ReadOutcome } from './format.ts';
import type { GzipEnding } from './gunzip-fallback.ts';
import { peek } from './peek.ts';
import { refuseAfterReading, refuseAtOnce, refuseBrokenGzip, refuseUnreadable } from './refusals.ts';
import type { ByteSource, Platform } from './source.ts';
import { takenAtOf } from './taken-at.ts';
import { type Unpacked, type UnpackOptions, withUnpacked } from './unpack.ts';

/**
 * As `readDumps`, with a table of formats: the first one that recognises the head reads the source. Throws only when a
 * format breaks its promise not to.
 */
export async function readSource(
  source: ByteSource,
  platform: Platform,
  formats: readonly Format[],
  options: UnpackOptions,
): Promise<ReadOutcome | 'cancelled'> {
  const result = await withUnpacked(source, platform, options, (unpacked) =>
    readUnpacked(source, platform, formats, options, unpacked),
  );
  if (result.kind === 'done') return result.value;
  return result.kind === 'cancelled' ? 'cancelled' : { dumps: [], nothing: refuseUnreadable(result.why) };
}

async function readUnpacked(
  source: ByteSource,
  platform: Platform,
  formats: readonly Format[],
  options: UnpackOptions,
  unpacked: Unpacked,
): Promise<ReadOutcome | 'cancelled'> {
  const { first, whole, all } = await peek(unpacked.chunks, HEAD_BYTES);
  const bytes = first.subarray(0, HEAD_BYTES);
  const head: Head = { bytes, text: platform.decodeText(bytes), whole: whole && first.length <= HEAD_BYTES };
  if (first.length === 0 && unpacked.ending() !== 'whole') return { dumps: [], nothing: refuseBrokenGzip() };
  const refused = refuseAtOnce(head);
  if (refused !== null) return { dumps: [], nothing: refused };

  const chosen = choose(formats, head);
  if (chosen === null) return { dumps: [], nothing: refuseAfterReading(head, null) };
  const provenance: Provenance = {
    fileName: source.fileName,
    path: source.path,
    fileBytes: source.sizeBytes,
    containers: unpacked.containers,
    formatReason: chosen.reason,
    ...takenAtOf(source),
    instance: null,
    reason: null,
  };
  const reader = chosen.format.createReader({ decodeText: platform.decodeText, provenance });
  for await (const chunk of all) {
    // A few packed bytes may unpack to very many, so the source alone does not ask often enough.
    if (options.isCancelled?.() === true) return 'cancelled';
    reader.push(chunk);
  }
  const ending = unpacked.ending();
  const outcome = reader.finish({ cut: ending === 'cut' });
  if (outcome.dumps.length === 0) {
    const broken = ending === 'cut' ? ' The gzip stream also breaks off before its end.' : '';
    // The last format takes any text; what else the text may be is better known by the table of refusals.
    const tookAnyText = chosen.format === formats.at(-1);
    const nothing = tookAnyText ? refuseAfterReading(head, outcome.nothing) : outcome.nothing;
    return { dumps: [], nothing: `${nothing}${broken}` };
  }
  const last = outcome.dumps.length - 1;
  const dumps = outcome.dumps.map((dump, i) =>
    shifted(noteEnding(dump, ending, i === last), unpacked.markBytes, i === 0),
  );
  return { dumps, nothing: null };
}

function choose(formats: readonly Format[], head: Head): { format: Format; reason: string } | null {
  for (const format of formats) {
    const reason = format.detect(head);
    if (reason !== null) return { format, reason };
  }
  return null;
}

const CUT = 'The gzip stream breaks off here; what was unpacked before is shown.';

/** Only the last dump of a broken stream is incomplete; those before it are whole, but the file held more. */
function noteEnding(dump: Dump, ending: GzipEnding, isLast: boolean): Dump {
  if (ending === 'whole') return dump;
  if (ending === 'trailing') {
    const caveat = 'The gzip file has bytes after its end that are no gzip; they were left out.';
    return { ...dump, caveats: [...dump.caveats, caveat] };
  }
  if (!isLast) {
    return {
      ...dump,
      caveats: [...dump.caveats, 'The gzip file breaks off after this dump: dumps behind it may be missing.'],
    };
  }
  const problem: Problem = { line: 0, text: '', why: CUT };
  return {
    ...dump,
    truncated: true,
    problems: dump.problems.length < MAX_KEPT_PROBLEMS ? [...dump.problems, problem] : dump.problems,
    problemCount: dump.problemCount + 1,
    caveats: [
      ...dump.caveats,
      'The gzip file is cut or damaged: only what could be unpacked before the break is counted.',
    ],
  };
}

/** Counts the byte-order mark that readers never see: offsets are those of the unpacked file. */
function shifted(dump: Dump, markBytes: number, isFirst: boolean): Dump {
  if (markBytes === 0) return dump;
  const { byteOffset } = dump.rows;
  const extra = isFirst ? markBytes : 0;
  return {
    ...dump,
    rows:
      byteOffset === null ? dump.rows : { ...dump.rows, byteOffset: byteOffset.map((offset) => offset + markBytes) },
    bytes: { ...dump.bytes, read: dump.bytes.read + extra, ignored: dump.bytes.ignored + extra },
  };
}

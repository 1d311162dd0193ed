import type { IncomingFile } from '../../store/state.ts';

/** Folder of the sample beside the page. */
const FOLDER = 'sample/';

interface SampleFile {
  readonly name: string;
  readonly modifiedMs: number | null;
}

/** Fetches the sample incident that is shipped with the page; throws an Error with a message for people. */
export async function fetchSample(fetchFrom: typeof fetch = fetch): Promise<IncomingFile[]> {
  const index: unknown = await (await get(fetchFrom, 'index.json')).json();
  const files = toSampleFiles(index);
  if (files.length === 0) throw new Error('The sample incident of this installation is empty.');
  return Promise.all(
    files.map(async ({ name, modifiedMs }) => {
      const file = await (await get(fetchFrom, encodeURIComponent(name))).blob();
      return { file, name, path: name, modifiedMs };
    }),
  );
}

async function get(fetchFrom: typeof fetch, name: string): Promise<Response> {
  const missing = 'The sample incident could not be fetched. It needs the page to be served over http, with its folder';
  let response: Response;
  try {
    response = await fetchFrom(FOLDER + name);
  } catch {
    throw new Error(`${missing} "sample" beside it.`);
  }
  if (!response.ok) throw new Error(`${missing} "sample" beside it (${name}: ${response.status}).`);
  return response;
}

/** The files an index names; entries that are not of the form are left out. */
export function toSampleFiles(index: unknown): SampleFile[] {
  if (typeof index !== 'object' || index === null || !('files' in index) || !Array.isArray(index.files)) return [];
  const files: SampleFile[] = [];
  for (const each of index.files as unknown[]) {
    if (typeof each !== 'object' || each === null || !('name' in each) || typeof each.name !== 'string') continue;
    const modified = 'modified' in each && typeof each.modified === 'string' ? Date.parse(each.modified) : Number.NaN;
    files.push({ name: each.name, modifiedMs: Number.isNaN(modified) ? null : modified });
  }
  return files;
}

import { expect, test } from 'vitest';
import { fetchSample, toSampleFiles } from '../../../src/views/intake/sample-incident.ts';

test.each([
  ['null', null, 0],
  ['a list', [], 0],
  ['files that are no list', { files: 'a.txt' }, 0],
  ['names that are no text', { files: [{ name: 3 }, null, { name: 'a.txt' }] }, 1],
])('an index of %s gives what can be used', (_, index, want) => expect(toSampleFiles(index)).toHaveLength(want));

test('the sample is fetched from the folder beside the page, with the times of its files', async () => {
  const asked: string[] = [];
  const answer = async (url: string | URL | Request) => {
    asked.push(String(url));
    if (String(url) === 'sample/index.json') {
      return new Response(JSON.stringify({ files: [{ name: 'a b.txt', modified: '2026-11-23T02:27:03Z' }] }));
    }
    return new Response('goroutine 1 [running]:');
  };
  const files = await fetchSample(answer);
  expect(asked).toEqual(['sample/index.json', 'sample/a%20b.txt']);
  expect(files[0]).toMatchObject({ name: 'a b.txt', modifiedMs: Date.UTC(2026, 10, 23, 2, 27, 3) });
});

test('a page opened from disk says that the sample needs a server', async () => {
  const refuse = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(fetchSample(refuse)).rejects.toThrow(/served over http/);
  const missing = async () => new Response('', { status: 404 });
  await expect(fetchSample(missing)).rejects.toThrow(/404/);
});

import { expect, test } from 'vitest';
import { fromDrop, fromFileList, MAX_DEPTH, MAX_FILES } from '../../../src/views/intake/collect-files.ts';

/** A dropped file or folder as browsers give it; folders hand out children in batches of 100. */
function fileEntry(fullPath: string): FileSystemEntry {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  return {
    isFile: true,
    isDirectory: false,
    name,
    fullPath,
    file: (give: (file: File) => void) => give(new File(['goroutine 1 [running]:'], name, { lastModified: 5 })),
  } as unknown as FileSystemEntry;
}

function folderEntry(fullPath: string, children: readonly FileSystemEntry[]): FileSystemEntry {
  return {
    isFile: false,
    isDirectory: true,
    name: fullPath.slice(fullPath.lastIndexOf('/') + 1),
    fullPath,
    createReader: () => {
      let given = 0;
      return {
        readEntries: (give: (batch: FileSystemEntry[]) => void) => {
          const batch = children.slice(given, given + 100);
          given += batch.length;
          give([...batch]);
        },
      };
    },
  } as unknown as FileSystemEntry;
}

function drop(entries: readonly FileSystemEntry[]): DataTransfer {
  return {
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })),
  } as unknown as DataTransfer;
}

test('a folder is read to its last batch, in the order of names, with paths kept', async () => {
  const files = Array.from({ length: 250 }, (_, i) => fileEntry(`/pods/dump-${250 - i}.txt`));
  const { files: got, leftOut } = await fromDrop(drop([folderEntry('/pods', files)]));
  expect(got).toHaveLength(250);
  expect(got[0]).toMatchObject({ name: 'dump-1.txt', path: 'pods/dump-1.txt', modifiedMs: 5 });
  expect(got[249]?.path).toBe('pods/dump-250.txt');
  expect(leftOut).toBe('');
});

test('hidden files of folders are left out and counted, a hidden file dropped by itself is taken', async () => {
  const folder = folderEntry('/pods', [fileEntry('/pods/.DS_Store'), fileEntry('/pods/a.txt')]);
  const { files, leftOut } = await fromDrop(drop([folder, fileEntry('/.dump')]));
  expect(files.map((file) => file.path).sort()).toEqual(['.dump', 'pods/a.txt']);
  expect(leftOut).toBe('Left out: 1 hidden (names that begin with a dot).');
});

test('a folder without end is cut at the limit and says so', async () => {
  const files = Array.from({ length: MAX_FILES + 30 }, (_, i) => fileEntry(`/home/${i}.txt`));
  const { files: got, leftOut } = await fromDrop(drop([folderEntry('/home', files)]));
  expect(got).toHaveLength(MAX_FILES);
  expect(leftOut).toContain('only the first 2,000 files');
});

test('folders are followed to the depth limit only', async () => {
  let path = '';
  for (let i = 0; i <= MAX_DEPTH; i++) path += `/f${i}`;
  let inner = folderEntry(path, [fileEntry(`${path}/deep.txt`)]);
  for (let i = MAX_DEPTH; i > 0; i--) {
    path = path.slice(0, path.lastIndexOf('/'));
    inner = folderEntry(path, [inner, fileEntry(`${path}/a.txt`)]);
  }
  const { files, leftOut } = await fromDrop(drop([inner]));
  expect(files).toHaveLength(MAX_DEPTH);
  expect(files.some((file) => file.name === 'deep.txt')).toBe(false);
  expect(leftOut).toContain(`nested deeper than ${MAX_DEPTH}`);
});

test('a file that the browser cannot open is counted, its neighbours are read', async () => {
  const broken = {
    ...fileEntry('/gone.txt'),
    file: (_give: unknown, fail: (error: Error) => void) => fail(new Error('NotFoundError')),
  } as unknown as FileSystemEntry;
  const { files, leftOut } = await fromDrop(drop([broken, fileEntry('/a.txt')]));
  expect(files.map((file) => file.name)).toEqual(['a.txt']);
  expect(leftOut).toContain('1 that the browser could not open');
});

test('chosen files without a folder have their name as path', () => {
  const { files } = fromFileList([new File(['x'], 'before.txt', { lastModified: 7 })]);
  expect(files[0]).toMatchObject({ name: 'before.txt', path: 'before.txt', modifiedMs: 7 });
});

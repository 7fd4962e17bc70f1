import { expect, test } from 'vitest';
import { maximumPackFiles } from '../../../../src-main/evidence/pack-files.ts';
import { packToVerify, sourceInBlob } from '../../../../src-main/evidence/browser-verifier/blob-source.ts';

const folder = (...names: string[]) => ({
  kind: 'folder' as const,
  files: names.map((name) => ({ name, content: new Blob(['x']) })),
});

test('a folder becomes the files it holds', () => {
  const archive = packToVerify(folder('bagit.txt', 'data/report.html'));
  expect(archive instanceof Map && [...archive.keys()]).toEqual(['bagit.txt', 'data/report.html']);
});

test.each([
  ['a path that leaves it', ['../x']],
  ['a name that Windows reads otherwise', ['data/a:b']],
  ['a name that shows another', ['data/\u202Etxt.exe']],
  ['an empty part', ['data//x']],
  ['two names that one file system takes for one', ['data/a', 'DATA/A']],
  ['more files than a pack has', Array.from({ length: maximumPackFiles + 1 }, (_, at) => `data/${at}`)],
])('a folder with %s is refused in a sentence', (_, names) => {
  expect(() => packToVerify(folder(...names))).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
});

test('more than a pack can be is refused before it is read', () => {
  const huge = Object.defineProperty(new Blob([]), 'size', { value: 2 ** 33 });
  expect(() => packToVerify({ kind: 'folder', files: [{ name: 'data/x', content: huge }] })).toThrow('4 GB');
});

test('bytes are read from where they are asked for', async () => {
  const source = sourceInBlob(new Blob([Uint8Array.of(1, 2, 3, 4, 5)]));
  expect(source.bytes).toBe(5);
  expect([...(await source.read(1, 3))]).toEqual([2, 3, 4]);
});

test('a file that ends too early, or is gone, is said in a sentence', async () => {
  const shorter = Object.defineProperty(new Blob(['x']), 'size', { value: 9 });
  await expect(sourceInBlob(shorter).read(0, 9)).rejects.toMatchObject({ code: 'file-unreadable' });
  const gone = new Blob(['x']);
  gone.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };
  await expect(sourceInBlob(gone).read(0, 1)).rejects.toMatchObject({ code: 'file-unreadable' });
});

import { expect, test } from 'vitest';
import { iterateStream, streamOf } from '../../../../src-main/evidence/browser-verifier/page-streams.ts';

async function* pieces(count: number, onEnd: () => void) {
  try {
    for (let piece = 0; piece < count; piece++) yield await Promise.resolve(piece);
  } finally {
    onEnd();
  }
}

test('a stream gives what it was made of, piece by piece', async () => {
  const found: number[] = [];
  for await (const piece of iterateStream(streamOf(pieces(5, () => undefined)))) found.push(piece);
  expect(found).toEqual([0, 1, 2, 3, 4]);
});

test('whoever stops early lets go of the source', async () => {
  let ended = 0;
  for await (const piece of iterateStream(streamOf(pieces(1000, () => void ended++)))) if (piece === 2) break;
  expect(ended).toBe(1);
});

test('a failure on the way is a failure here', async () => {
  const failing = streamOf({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('no more')) }),
  });
  const read = async () => {
    for await (const _ of iterateStream(failing));
  };
  await expect(read()).rejects.toThrow('no more');
});

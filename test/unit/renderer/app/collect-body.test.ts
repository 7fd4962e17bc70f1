// The body of an answer arrives whole, its progress is told, and half a file is never taken for one.
import { expect, test } from 'vitest';
import { collectBody } from '../../../../src-renderer/app/collect-body.ts';

const pieces = [new Uint8Array([1, 2, 3]), new Uint8Array(20_000_000).fill(4), new Uint8Array([5])];
const length = pieces.reduce((sum, piece) => sum + piece.length, 0);

const bodyOf = (parts: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

const answer = (announced: string | null): Response =>
  new Response(bodyOf(pieces), announced === null ? {} : { headers: { 'content-length': announced } });

test('all bytes in their order, with the share that has arrived', async () => {
  const shares: number[] = [];
  const body = await collectBody(answer(String(length)), (share) => shares.push(share));
  expect(Buffer.from(await body.arrayBuffer()).equals(Buffer.concat(pieces))).toBe(true);
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('without an announced length nothing is told about progress', async () => {
  const shares: number[] = [];
  expect((await collectBody(answer(null), (share) => shares.push(share))).size).toBe(length);
  expect(shares).toEqual([]);
});

test('a body that ends early is an error in a sentence', async () => {
  await expect(collectBody(answer(String(length + 1)))).rejects.toThrow('did not arrive as a whole');
});

// A pack goes in pieces, in turn, and nothing of it stays when it is stopped on the way.
import { expect, test } from 'vitest';
import { handOver, pieceBytes, type PieceTaker } from '../../../../src-renderer/domain/pack-file.ts';

// Node has no reader of files; what it reads is not what this is about.
const readPiece = async (piece: Blob) => Buffer.from(await piece.arrayBuffer()).toString('base64');

function taker(stopAt = Infinity, stop: () => void = () => undefined) {
  const offsets: number[] = [];
  const discarded: string[] = [];
  const received: string[] = [];
  const made: PieceTaker = {
    beginUpload: () => Promise.resolve({ upload: 'u' }),
    addToUpload: ({ offset, piece }) => {
      offsets.push(offset);
      received.push(piece);
      if (offsets.length === stopAt) stop();
      return Promise.resolve();
    },
    discardUpload: ({ upload }) => Promise.resolve(discarded.push(upload)),
  };
  return { ...made, offsets, discarded, received };
}

const pack = new Blob([new Uint8Array(2 * pieceBytes + 5).fill(7)]);

test('piece by piece, each read only when it is its turn, with the share that is done', async () => {
  const to = taker();
  const shares: number[] = [];
  expect(await handOver(to, pack, (share) => shares.push(share), undefined, readPiece)).toBe('u');
  expect(to.offsets).toEqual([0, pieceBytes, 2 * pieceBytes]);
  expect(to.received.map((piece) => Buffer.from(piece, 'base64').length)).toEqual([
    pieceBytes,
    pieceBytes,
    5,
  ]);
  expect(shares.map((share) => Math.round(share * 100))).toEqual([0, 50, 100, 100]);
  expect(to.discarded).toEqual([]);
});

test('stopped between pieces, no further one goes and what has arrived is forgotten', async () => {
  const abort = new AbortController();
  const to = taker(1, () => abort.abort());
  await expect(handOver(to, pack, () => undefined, abort.signal, readPiece)).rejects.toThrow(/abort/);
  expect(to.offsets).toEqual([0]);
  expect(to.discarded).toEqual(['u']);
});

// A pack handed over in pieces through the contract is judged like one handed over at once.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { openStation } from '../../support/station.ts';
import { alice, sampleInput, signersFile } from '../../unit/evidence/sample-input.ts';

test('in pieces or at once, the verdict is the same, and nothing of the pack stays', async () => {
  const station = await openStation();
  const { evidence } = station.call;
  const { bytes } = await buildPack(sampleInput(), alice);
  const { upload } = await evidence.beginUpload({ bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += 50_000) {
    const piece = bytes.subarray(offset, offset + 50_000);
    const { received } = await evidence.addToUpload({ upload, offset, piece: piece.toString('base64') });
    expect(received).toBe(offset + piece.length);
  }
  const inPieces = await evidence.verifyUpload({ upload, signers: signersFile });
  const atOnce = await evidence.verify({ pack: bytes.toString('base64'), signers: signersFile });
  expect(inPieces).toEqual(atOnce);
  expect(inPieces.verdict).toBe('trusted');
  const folder = join(station.folder, 'uploads');
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  await expect(evidence.verifyUpload({ upload })).rejects.toMatchObject({ data: { code: 'not-found' } });
});

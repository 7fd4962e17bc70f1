// Reads a zip as the verifier does, and its contents with it.
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { openPack } from '../../../src-main/evidence/checks/opened-pack.ts';
import { readWhole } from '../../../src-main/evidence/pack-archive.ts';
import { readPackZip } from '../../../src-main/evidence/pack-zip.ts';

export type ReadPackZip = {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly altered: readonly string[];
  readonly repacked: boolean;
};

/** @throws Problem `file-unreadable` */
export async function readAll(zip: Uint8Array): Promise<ReadPackZip> {
  const { files: archive, repacked } = await readPackZip(sourceInMemory(zip));
  const { altered } = await openPack(archive, () => Promise.resolve());
  const files = new Map<string, Uint8Array>();
  for (const [name, file] of archive) files.set(name, await readWhole(file, name, 2 ** 24));
  return { files, altered, repacked };
}

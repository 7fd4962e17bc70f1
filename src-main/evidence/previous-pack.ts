// Reads the pack before another one: what its file hashes to, and where its ledger ended.
import { hashPieces, memberOf, zipOf } from './add-to-pack.ts';
import { parseCheckpoint } from './checkpoint.ts';
import type { PreviousPack } from './checks/previous-checks.ts';
import type { TrustOptions } from './checks/signature-checks.ts';
import { archivedFile, fileInSource, readWhole, type PackArchive } from './pack-archive.ts';
import { openPackAt } from './pack-reader.ts';
import { readPackZip } from './pack-zip.ts';
import { checkpointFile } from './payload-parts.ts';
import { verifyPack } from './verify.ts';

const largestCheckpointBytes = 10_000;

const isTimestamp = (name: string): boolean => name.startsWith('timestamps/');
const isSignOff = (name: string): boolean => name.startsWith('sign-offs/');
/** Of anybody but the preparer: what came later. */
const isOthers = (name: string): boolean => /^(?:signatures|timestamps|sign-offs)\/(?!preparer-)/.test(name);

/** What may have been added since the next pack named this one; each leaves the bytes the exporter once wrote. */
const additions: readonly ((name: string) => boolean)[] = [
  isOthers,
  (name) => isOthers(name) || isSignOff(name),
  (name) => isOthers(name) || isSignOff(name) || isTimestamp(name),
];

async function hashesWithout(files: PackArchive): Promise<string[]> {
  const hashes: string[] = [];
  let before = files.size;
  for (const isAdded of additions) {
    const members = [...files].filter(([name]) => !isAdded(name)).map(([name, file]) => memberOf(name, file));
    if (members.length < before) hashes.push(await hashPieces(zipOf(members)));
    before = members.length;
  }
  return hashes;
}

/**
 * Reads and verifies the pack before.
 * @throws Problem `file-unreadable`. Of the folder of an extracted pack no file can be hashed, so it is never the one named.
 */
export async function readPrevious(path: string, trust: TrustOptions): Promise<PreviousPack> {
  const { pack, close } = await openPackAt(path);
  try {
    const { verdict } = await verifyPack(pack, trust);
    const isFile = 'read' in pack;
    const { files, repacked } = isFile ? await readPackZip(pack) : { files: pack, repacked: true };
    const text = await readWhole(archivedFile(files, checkpointFile), checkpointFile, largestCheckpointBytes);
    return {
      verdict,
      checkpoint: parseCheckpoint(text.toString('utf8')),
      sha256s: [
        ...(isFile ? [await hashPieces(fileInSource(pack).read())] : []),
        ...(repacked ? [] : await hashesWithout(files)),
      ],
    };
  } finally {
    await close();
  }
}

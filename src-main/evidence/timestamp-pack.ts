// Puts timestamps beside the signatures of a finished pack file; everything else in it stays byte for byte.
import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder } from './atomic-file.ts';
import { sourceInMemory } from './byte-source.ts';
import { signatureName, timestampOf } from './checks/read-signatures.ts';
import { crc32 } from './digest.ts';
import { fileInSource, readWhole, type PackArchive, type PackFile } from './pack-archive.ts';
import { openPackAt } from './pack-reader.ts';
import { readPackZip } from './pack-zip.ts';
import { layOutZip } from './zip.ts';

/** Asks for a timestamp of one signature file, checks it, and returns the reply to keep. */
export type AskForTimestamp = (signature: Uint8Array) => Promise<Uint8Array>;

export type TimestampedPack = {
  /** How many timestamps were added; signatures that have one keep it. */
  readonly added: number;
  /** Of the pack file before and after, in hex. */
  readonly before: string;
  readonly sha256: string;
};

const largestSignatureBytes = 20_000;
const ownerOnly = 0o600;

type Member = {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
  readonly file: PackFile;
};

function memberOf(name: string, file: PackFile): Member {
  if (file.crc === null) throw new TypeError('A file of a zip states its checksum.');
  return { name, bytes: file.bytes, crc: file.crc, file };
}

async function newTimestamps(files: PackArchive, ask: AskForTimestamp): Promise<Member[]> {
  const members: Member[] = [];
  for (const [name, file] of files) {
    const beside = timestampOf(name);
    if (!signatureName.test(name) || files.has(beside)) continue;
    const reply = await ask(await readWhole(file, name, largestSignatureBytes));
    const stamped = fileInSource(sourceInMemory(reply));
    members.push({ name: beside, bytes: reply.length, crc: crc32(reply), file: stamped });
  }
  return members;
}

async function* zipPieces(members: readonly Member[]): AsyncGenerator<Uint8Array> {
  const layout = layOutZip(members);
  for (const { member, header } of layout.members) {
    yield header;
    yield* member.file.read();
  }
  yield layout.directory;
}

/** Replaces the file whole or not at all; returns the hash of what was written. */
async function replaceFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  const hash = createHash('sha256');
  try {
    const file = await open(partial, 'wx', ownerOnly);
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        await file.write(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return hash.digest('hex');
}

async function hashOf(file: PackFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of file.read()) hash.update(piece);
  return hash.digest('hex');
}

/**
 * Adds `timestamps/<role>-<fpr8>.tsr` for every signature without one.
 * @throws Problem `file-unreadable` for a folder, or a zip that another program wrote; and what `ask` throws. The pack
 *   is then as it was.
 */
export async function addTimestamps(path: string, ask: AskForTimestamp): Promise<TimestampedPack> {
  const { pack, close } = await openPackAt(path);
  try {
    const isFile = 'read' in pack;
    const zip = isFile ? await readPackZip(pack) : null;
    if (!isFile || zip === null || zip.repacked) {
      throw new Problem(
        'file-unreadable',
        'Timestamps go into a pack file as Countersign wrote it. Nothing was changed.',
        {
          next: 'Give the original pack file.',
        },
      );
    }
    const before = await hashOf(fileInSource(pack));
    const added = await newTimestamps(zip.files, ask);
    if (added.length === 0) return { added: 0, before, sha256: before };
    const members = [...zip.files].map(([name, file]) => memberOf(name, file));
    return {
      added: added.length,
      before,
      sha256: await replaceFile(path, zipPieces([...members, ...added])),
    };
  } finally {
    await close();
  }
}

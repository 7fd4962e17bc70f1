// Finding packs of the workspace by their names, and deleting them, on record.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeletedPack } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseBagInfo } from '../evidence/bag-info.ts';
import { archivedFile, readWhole } from '../evidence/pack-archive.ts';
import { openPackAt } from '../evidence/pack-reader.ts';
import { readPackZip } from '../evidence/pack-zip.ts';
import { requireReviewer } from '../review/decide.ts';
import type { Workstation } from '../workstation.ts';
import { sha256OfFile } from './pack-hashes.ts';

const largestInfoBytes = 100_000;

/** A pack that cannot be read any more has no label; it can be deleted all the same. */
async function retentionOf(file: string): Promise<string | null> {
  const { pack, close } = await openPackAt(file);
  try {
    const { files } = 'read' in pack ? await readPackZip(pack) : { files: pack };
    const info = await readWhole(archivedFile(files, 'bag-info.txt'), 'bag-info.txt', largestInfoBytes);
    return parseBagInfo(info).retention ?? null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return null;
  } finally {
    await close();
  }
}

const packName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.zip$/;

/**
 * Path of a pack in the workspace's folder of packs.
 * @throws Problem `not-found`
 */
export function requirePackFile({ packsDirectory }: Workstation, name: string): string {
  const file = join(packsDirectory, name);
  if (packName.test(name) && existsSync(file)) return file;
  throw new Problem('not-found', 'There is no pack of this name in the workspace. Nothing was changed.', {
    next: '“countersign packs” lists those there are.',
  });
}

/**
 * Deletes a pack of the workspace. That, why, and its hash stay on record; the next pack still names it as the one before.
 * @throws Problem `not-found`, `invalid-input` without a reason, `no-reviewer`
 */
export async function deletePack(
  workstation: Workstation,
  { name, reason }: { readonly name: string; readonly reason: string },
): Promise<DeletedPack> {
  const { ledger } = workstation;
  const reviewer = requireReviewer(ledger.state());
  const file = requirePackFile(workstation, name);
  const why = reason.toWellFormed().trim();
  if (why === '')
    throw new Problem('invalid-input', 'Deleting evidence needs a reason. Nothing was deleted.', {
      next: 'Say why, and who agreed.',
    });
  const deleted = { name, sha256: await sha256OfFile(file), retention: await retentionOf(file) };
  // First on record: a deletion that fails is better than one that nobody knows of.
  ledger.append(() => [
    { type: 'pack-deleted', subject: name, actor: reviewer.id, payload: { ...deleted, reason: why } },
  ]);
  await rm(file, { force: true });
  return deleted;
}

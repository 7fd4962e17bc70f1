// What is done with packs after their export: signing them off, and deleting them, each on record.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ChangedPackFile, DeletedPack, SignOffRole } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { parseBagInfo } from '../evidence/bag-info.ts';
import { hashPieces } from '../evidence/add-to-pack.ts';
import { archivedFile, fileInSource, readWhole } from '../evidence/pack-archive.ts';
import { openPackAt } from '../evidence/pack-reader.ts';
import { readPackZip } from '../evidence/pack-zip.ts';
import { signOffPack } from '../evidence/sign-off-pack.ts';
import { requireReviewer } from '../review/decide.ts';
import { openSigner, requireSigningKey } from '../review/open-signer.ts';
import type { Workstation } from '../workstation.ts';
import { stampPack } from './timestamp-work.ts';
import { trustInForce } from './trust-in-force.ts';

export type SignOffWork = {
  /** Any pack file, of this workspace or of somebody else's. */
  readonly file: string;
  readonly role: SignOffRole;
  readonly note: string | null;
  readonly passphrase: string | undefined;
};

/** The pack is signed off without a timestamp, too; that nobody gave one is only told. */
async function stampSignOff(
  workstation: Workstation,
  file: string,
): Promise<Pick<ChangedPackFile, 'timestamp'>> {
  if (workstation.ledger.state().trust.timestamps === null) return {};
  try {
    await stampPack(workstation, file);
    return { timestamp: 'A timestamp was added.' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { timestamp: `No timestamp was added. ${error.message}` };
  }
}

/**
 * Signs off a pack file with the key of this workspace's reviewer.
 * @throws Problem `no-reviewer`, `locked`, or as {@link signOffPack}; the pack is then as it was
 */
export async function signOffWork(
  workstation: Workstation,
  { file, role, note, passphrase }: SignOffWork,
): Promise<ChangedPackFile> {
  const { ledger, clock } = workstation;
  const reviewer = requireReviewer(ledger.state());
  const { identity, fingerprint } = requireSigningKey(workstation);
  const signer = await openSigner(workstation, passphrase);
  const trust = { ...trustInForce(workstation, {}), now: formatInstant(clock.nowMs() * 1000) };
  const words = note === null || note.trim() === '' ? null : note.toWellFormed();
  const signed = await signOffPack({ path: file, role, note: words, reviewer, identity, signer, trust });
  const stamped = await stampSignOff(workstation, file);
  const name = basename(file).toWellFormed();
  const sha256 = stamped.timestamp === undefined ? signed.sha256 : await hashFile(file);
  const { added, before } = signed;
  ledger.append(() => [
    {
      type: 'pack-signed-off',
      subject: name,
      actor: reviewer.id,
      payload: { name, role, note: words, before, sha256, fingerprint },
    },
  ]);
  return { file, sha256, added, ...stamped };
}

async function hashFile(file: string): Promise<string> {
  const { pack, close } = await openPackAt(file);
  try {
    if ('read' in pack) return await hashPieces(fileInSource(pack).read());
    throw new Problem('file-unreadable', 'This is a folder and not a pack file.');
  } finally {
    await close();
  }
}

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
  const deleted = { name, sha256: await hashFile(file), retention: await retentionOf(file) };
  // First on record: a deletion that fails is better than one that nobody knows of.
  ledger.append(() => [
    { type: 'pack-deleted', subject: name, actor: reviewer.id, payload: { ...deleted, reason: why } },
  ]);
  await rm(file, { force: true });
  return deleted;
}

// Laws about the other files of a workspace: packs are whole, backups are sound, and no kill damaged the local copy.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyPack } from '../../src-main/evidence/verify.ts';
import { readLedgerFile } from './read-ledger.ts';
import type { Report, Told } from './told.ts';

export async function checkFiles({ folder, exports, backups }: Told, report: Report): Promise<void> {
  const damaged = readdirSync(folder).filter((name) => name.includes('.damaged-'));
  if (damaged.length > 0) report('a kill damaged the local copy', damaged.join(', '));
  const packs = [folder, join(folder, 'packs')].flatMap(filesIn).filter((file) => file.endsWith('.zip'));
  for (const file of packs) {
    const { verdict, summary } = await verifyPack(readFileSync(file), { now: new Date().toISOString() });
    if (verdict !== 'unpinned') report('a pack is not whole', `${file}: ${summary}`);
  }
  for (const { file, sha256 } of exports) {
    const found = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null;
    if (found !== sha256) report('an acknowledged pack is not there', file);
  }
  const sound = new Map(backupsIn(folder).map((file) => [file, readLedgerFile(file)]));
  for (const [file, { faults }] of sound)
    for (const fault of faults) report('a backup is not sound', `${file}: ${fault}`);
  for (const { file, entries, headHash } of backups) {
    const kept = sound.get(file)?.entries;
    if (kept?.length !== entries || kept.at(-1)?.hash !== headHash)
      report('an acknowledged backup is not there', file);
  }
}

/** Backups of a workspace's ledger that have their name, oldest first. */
export function backupsIn(folder: string): string[] {
  return filesIn(join(folder, 'backups'))
    .filter((file) => file.endsWith('.sqlite'))
    .toSorted();
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

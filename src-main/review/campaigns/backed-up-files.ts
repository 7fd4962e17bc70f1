// The files of campaigns in a backup: beside the copies of the ledger, each under its hash, so that several backups share them.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackedUpCampaigns, RestoredCampaigns } from '#shared/model/ledger.ts';
import { copyHashed, lackOf, sweepParts, type Lack } from '../../store/hashed-copy.ts';
import type { CampaignsState } from './campaign-state.ts';
import { filesNamedIn, type NamedFile } from './named-files.ts';

/** Beside the copies of the ledger, in whatever folder they are. */
export const keptFilesFolder = (backups: string): string => join(backups, 'campaign-files');

const keptFile = (backups: string, { sha256 }: NamedFile): string => join(keptFilesFolder(backups), sha256);
const ownFile = (workspace: string, { file }: NamedFile): string =>
  join(workspace, 'campaigns', ...file.split('/'));

/**
 * Makes sure that a folder of backups holds every file a ledger names; what is there already is read and compared, too.
 * What cannot be had is named, and keeps nothing else from being kept.
 */
export async function backUpCampaignFiles(
  workspace: string,
  backups: string,
  campaigns: CampaignsState,
  nowMs: number,
): Promise<BackedUpCampaigns> {
  const missing: BackedUpCampaigns['missing'] = [];
  const kept = new Map<string, number>();
  await sweepParts(keptFilesFolder(backups), nowMs);
  for (const named of filesNamedIn(campaigns)) {
    const copy = keptFile(backups, named);
    const lack =
      (await lackOf(copy, named.sha256)) === null
        ? null
        : await copyHashed(ownFile(workspace, named), copy, named.sha256);
    if (lack === null) kept.set(copy, (await stat(copy)).size);
    else missing.push(lackingFile(named, lack));
  }
  return { files: kept.size, bytes: [...kept.values()].reduce((sum, size) => sum + size, 0), missing };
}

const lackingFile = ({ campaign, file }: NamedFile, why: Lack) => ({ campaign, file, why });

export type RestoreFiles = {
  readonly workspace: string;
  /** The backup, a copy of the ledger. */
  readonly backup: string;
  /** The workspace’s own folder of backups, looked in after the one the backup is in. */
  readonly backups: string;
  /** What is put behind the name of a file that is replaced. */
  readonly stamp: string;
};

/**
 * Puts the files a ledger names where they belong, each only if its hash is the one on record. A different file in its place
 * is kept beside it.
 */
export async function restoreCampaignFiles(
  { workspace, backup, backups, stamp }: RestoreFiles,
  campaigns: CampaignsState,
): Promise<RestoredCampaigns> {
  const result: RestoredCampaigns = { inPlace: 0, restored: 0, missing: [] };
  for (const named of filesNamedIn(campaigns)) {
    const own = ownFile(workspace, named);
    const present = await lackOf(own, named.sha256);
    if (present === null) {
      result.inPlace += 1;
      continue;
    }
    const lack = await firstCopy(
      [dirname(backup), backups].map((folder) => keptFile(folder, named)),
      (copy) => copyHashed(copy, own, named.sha256, `${own}.replaced-${stamp}`),
    );
    if (lack === null) result.restored += 1;
    else result.missing.push(lackingFile(named, lack === 'absent' ? present : lack));
  }
  return result;
}

/** Null once one of the places had it; else what was wrong in the last one that had anything. */
async function firstCopy(
  places: readonly string[],
  take: (place: string) => Promise<Lack | null>,
): Promise<Lack | null> {
  let worst: Lack = 'absent';
  for (const place of new Set(places)) {
    const lack = await take(place);
    if (lack === null) return null;
    if (lack === 'changed') worst = lack;
  }
  return worst;
}

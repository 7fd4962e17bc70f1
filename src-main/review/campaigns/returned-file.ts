// The files in which decisions came back, kept as they came: what their reviewers signed goes into packs, where strangers check it.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { copyHashed, lackOf, type Lack } from '../../store/hashed-copy.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { campaignFolder } from './frozen-file.ts';

/** Its name in the folder of its campaign. @param sha256 of the file, as the ledger has it */
export const returnedName = (sha256: string): string => `returned-${sha256}.zip`;

export const returnedPath = (workspace: string, campaign: string, sha256: string): string =>
  join(campaignFolder(workspace, campaign), returnedName(sha256));

/** SHA-256 of every file that the ledger says is kept, each once, in the order in which they came. */
export const keptFiles = ({ imports }: Pick<CampaignRecord, 'imports'>): string[] => [
  ...new Set(imports.flatMap(({ fileSha256, kept }) => (kept === undefined ? [] : [fileSha256]))),
];

export type FileToKeep = {
  readonly workspace: string;
  readonly campaign: string;
  /** Where the file is that was checked. */
  readonly path: string;
  readonly sha256: string;
};

/**
 * Keeps a file that came back, for its owner only; one that is here already is read and compared, and replaced where it was changed.
 * @throws Problem `refused` where the file is another one than was checked, `file-unreadable` where it cannot be kept
 */
export async function keepReturned({ workspace, campaign, path, sha256 }: FileToKeep): Promise<void> {
  const own = returnedPath(workspace, campaign, sha256);
  const lack = await attempt(async (): Promise<Lack | null> => {
    if ((await lackOf(own, sha256)) === null) return null;
    return copyHashed(path, own, sha256);
  });
  if (lack === null) return;
  throw new Problem('refused', 'The file was changed while it was read. Nothing was taken from it.', {
    next: 'Copy it to a place where nothing changes it, and take it in again.',
  });
}

/** Removes what was kept for an import that did not come about. */
export async function dropUnnamed(
  { workspace, campaign, sha256 }: Omit<FileToKeep, 'path'>,
  record: CampaignRecord | undefined,
): Promise<void> {
  if (record === undefined || keptFiles(record).includes(sha256)) return;
  const own = returnedPath(workspace, campaign, sha256);
  if (existsSync(own)) await rm(own, { force: true });
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new Problem(
      'file-unreadable',
      'The file could not be kept in the workspace, so nothing was taken from it.',
      {
        next: 'Check that the folder “campaigns” of the workspace may be written to and has room, then take it in again.',
        cause: error,
      },
    );
  }
}

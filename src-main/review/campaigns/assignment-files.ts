// The files of a campaign that left this workspace or came here, as the ledger knows them.
import type { CampaignFileList } from '#shared/model/campaign-files.ts';
import type { CampaignRecord } from './campaign-state.ts';

/** The newest first. */
export function filesOf({ assigned, taken, imports }: CampaignRecord): CampaignFileList {
  const [none, here] = [{ refused: 0 }, { signer: null, accepted: null }];
  const files: CampaignFileList = [
    ...imports
      .toReversed()
      .map((file) => ({ kind: 'imported' as const, stage: null, ...importedFile(file) })),
    ...taken.toReversed().map((file) => ({ kind: 'taken-up' as const, ...none, ...takenFile(file) })),
    ...assigned
      .toReversed()
      .map(({ at, byName, fileName, fileSha256: sha256, to: person, stage, items: count }) => ({
        kind: 'handed-out' as const,
        ...none,
        ...here,
        at,
        byName,
        fileName,
        sha256,
        person,
        stage,
        count,
      })),
  ];
  return files.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function takenFile(file: CampaignRecord['taken'][number]) {
  const {
    at,
    byName,
    fileName,
    fileSha256: sha256,
    to: person,
    stage,
    items: count,
    signer,
    accepted,
  } = file;
  return { at, byName, fileName, sha256, person, stage, count, signer, accepted };
}

function importedFile(file: CampaignRecord['imports'][number]) {
  const { at, byName, fileName, fileSha256: sha256, reviewer: person, added: count, signer, accepted } = file;
  return { at, byName, fileName, sha256, person, count, signer, accepted, refused: file.refused.length };
}

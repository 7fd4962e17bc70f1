// The files of a campaign that left this workspace or came here, as the ledger knows them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignFileList } from '#shared/model/campaign-files.ts';
import type { CampaignRecord } from './campaign-state.ts';

type Listed = CampaignFileList[number];

const nothingRefused = { refused: 0 };
const elsewhere = { isHere: false };
const ownKey = { signer: null, accepted: null };

/** The newest first. @param exportsDirectory where files for others are written */
export function filesOf(record: CampaignRecord, exportsDirectory: string): CampaignFileList {
  const { assigned, taken, handedBack, imports } = record;
  const whereOf = (name: string) => ({ isHere: existsSync(join(exportsDirectory, name)) });
  const files: CampaignFileList = [
    ...imports.toReversed().map(importedFile),
    ...handedBack.toReversed().map((file) => handedBackFile(file, record, whereOf)),
    ...taken.toReversed().map(takenFile),
    ...assigned.toReversed().map((file) => handedOutFile(file, whereOf)),
  ];
  return files.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

type Where = (name: string) => { readonly isHere: boolean };

function handedOutFile(file: CampaignRecord['assigned'][number], whereOf: Where): Listed {
  const { at, byName, fileName, fileSha256: sha256, to: person, stage, items: count } = file;
  const about = { at, byName, fileName, sha256, person, stage, count };
  return { kind: 'handed-out', ...about, ...nothingRefused, ...ownKey, ...whereOf(fileName) };
}

function takenFile(file: CampaignRecord['taken'][number]): Listed {
  const { at, byName, fileName, fileSha256: sha256, to: person, stage, items: count } = file;
  const { signer, accepted } = file;
  const about = { at, byName, fileName, sha256, person, stage, count, signer, accepted };
  return { kind: 'taken-up', ...about, ...nothingRefused, ...elsewhere };
}

function handedBackFile(
  file: CampaignRecord['handedBack'][number],
  { definition }: CampaignRecord,
  whereOf: Where,
): Listed {
  const { at, byName, fileName, fileSha256: sha256, decisions: count } = file;
  const about = { at, byName, fileName, sha256, person: definition.owner, stage: null, count };
  return { kind: 'handed-back', ...about, ...nothingRefused, ...ownKey, ...whereOf(fileName) };
}

function importedFile(file: CampaignRecord['imports'][number]): Listed {
  const { at, byName, fileName, fileSha256: sha256, reviewer: person, added: count } = file;
  const { signer, accepted } = file;
  const about = { at, byName, fileName, sha256, person, stage: null, count, signer, accepted };
  return { kind: 'imported', ...about, refused: file.refused.length, ...elsewhere };
}

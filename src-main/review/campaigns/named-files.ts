// Which files of campaigns a ledger names by their hashes: what a copy of the workspace has to hold to be whole.
import type { CampaignsState, CampaignRecord } from './campaign-state.ts';
import { sourceName } from './freeze-scope.ts';
import { keptFiles, returnedName } from './returned-file.ts';

export type NamedFile = {
  /** Id of the campaign. */
  readonly campaign: string;
  /** Below the folder of campaigns, with a slash between folder and name. */
  readonly file: string;
  readonly sha256: string;
};

/** In the order of campaigns; a ledger from elsewhere cannot name a place outside the folder. */
export const filesNamedIn = ({ byId }: CampaignsState): NamedFile[] =>
  [...byId.values()].flatMap((record) =>
    filesOf(record)
      .filter(([file]) => isInside(file))
      .map(([file, sha256]) => ({ campaign: record.id, file, sha256 })),
  );

type Named = readonly [file: string, sha256: string];

function filesOf(record: CampaignRecord): Named[] {
  const {
    id,
    definition: { scope },
    opened,
    taken,
    rechecks,
  } = record;
  const csv = scope.from === 'file' ? scope.sha256 : null;
  const frozen: Named[] = opened ? [[`${id}/${opened.file}`, opened.ipe.sha256]] : [];
  const handed: Named[] =
    csv === null || taken.length > 0 ? [] : [[opened ? `${id}/${sourceName}` : `files/${csv}.csv`, csv]];
  const assigned = taken.flatMap((act): Named[] => [
    [`${id}/${act.itemsFile}`, act.itemsSha256],
    ...(act.evidence ? [[`${id}/${act.evidence.file}`, act.evidence.sha256] as const] : []),
  ]);
  const later = rechecks.flatMap(({ file, ipe, sourceSha256, number }): Named[] => [
    [`${id}/${file}`, ipe.sha256],
    ...(sourceSha256 === undefined ? [] : [[`${id}/recheck-${number}.csv`, sourceSha256] as const]),
  ]);
  const returned = keptFiles(record).map((sha256): Named => [`${id}/${returnedName(sha256)}`, sha256]);
  return [...frozen, ...handed, ...assigned, ...later, ...returned];
}

const isInside = (file: string): boolean => /^[\w-]{1,100}\/[\w-][\w.-]{0,200}$/.test(file);

// Takes over decisions that came back in a file: checked against the frozen population, each an entry of its own, none twice.
import type { AcceptedKey, DecisionsStatement, ImportReport } from '#shared/model/campaign-files.ts';
import {
  campaignDecisionPayload,
  type campaignImportedPayload,
  type CampaignDecisionPayload,
} from '#shared/model/campaign-entries.ts';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import type { z } from 'zod';
import type { TextLine } from '../../evidence/json-lines.ts';
import { requireReviewer } from '../decide.ts';
import type { Act, Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { decisionsKind } from './assignment-kinds.ts';
import { withTravelling } from './assignment-open.ts';
import { acceptedBefore, type TravelTrust } from './assignment-signer.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import {
  inPieces,
  judgeFile,
  notNew,
  type Ground,
  type Judged,
  type OpenedDecisions,
} from './import-judged.ts';
import type { ItemStore } from './item-index.ts';
import { dropUnnamed, keepReturned, keptFiles, type FileToKeep } from './returned-file.ts';

export type ImportPlace = ItemStore & { readonly ledger: Ledger };

export type ImportRequest = {
  readonly path: string;
  /** As the file is called. */
  readonly fileName: string;
  readonly trust: TravelTrust;
  readonly accept: AcceptedKey | null;
};

/** So often a file is judged anew because something about its campaign was recorded meanwhile. */
const mostJudgements = 5;

/**
 * Imports a file of decisions into the workspace that opened the campaign: all that may be taken over in one transaction, with the
 * entry about the import as the last. Until then nothing is recorded, whatever ends the work; the same file may be imported again.
 * @throws Problem `file-unreadable` or `refused` for a file that is not what it says, is about another population, or whose key
 * is not believed; nothing is recorded then
 */
export function importDecisions(
  place: ImportPlace,
  request: ImportRequest,
  watch: TravelWatch = unwatchedTravel,
): Promise<ImportReport> {
  const { ledger } = place;
  const accept = (sha256: string) =>
    request.accept ?? acceptedBefore(ledger.state(), sha256, ({ imports }) => imports);
  const options = { trust: request.trust, accept, watch };
  return withTravelling(request.path, decisionsKind, options, async (opened) => {
    const file = {
      workspace: place.workspace,
      campaign: opened.statement.campaign,
      path: request.path,
      sha256: opened.sha256,
    };
    const present = () => ledger.state().campaigns.byId.get(file.campaign);
    // What was lost of it here comes back, also once the campaign is closed.
    if (isKept(present(), opened)) await keepReturned(file);
    try {
      for (let judgements = 0; judgements < mostJudgements; judgements += 1) {
        const report = await tryImport(place, request.fileName, { opened, file }, watch);
        if (report !== null) return report;
      }
    } finally {
      await dropUnnamed(file, present());
    }
    throw new Problem(
      'conflict',
      'Other things were recorded about this campaign all the time. Nothing was taken from this file.',
      { next: 'Import it again when less is going on.' },
    );
  });
}

/** Null where something was recorded meanwhile that the file has to be judged by. */
async function tryImport(
  place: ImportPlace,
  fileName: string,
  { opened, file }: { readonly opened: OpenedDecisions; readonly file: FileToKeep },
  watch: TravelWatch,
): Promise<ImportReport | null> {
  const { ledger } = place;
  const state = ledger.state();
  const record = requireOpen(state, opened.statement);
  const importer = requireReviewer(state);
  const mark = markOf(state, record, importer);
  const judged = await judgeFile(place, state, record, opened, watch);
  const report = async () => reportOf(record, opened, judged, await judged.countConflicts());
  if (judged.added === 0 && isKept(record, opened) && judged.alsoKnownAs.length === 0) return report();
  await keepReturned(file);
  let written: ImportReport | null = null;
  // Counted at the end, when nothing more can come between.
  const last = async () => importedAct(importer, { fileName, opened }, (written = await report()));
  const isRecorded = await ledger.appendSeries({
    holds: (now) => markOf(now, requireOpen(now, opened.statement), requireReviewer(now)) === mark,
    acts: () => actsOf(opened, judged, importer, last),
    signal: watch.signal,
    progress: (recorded) =>
      watch.progress('Recording the decisions', Math.min(recorded, judged.added), judged.added, 'decisions'),
  });
  // Another program that gave up on the same file may have removed it meanwhile.
  if (isRecorded) await keepReturned(file);
  return isRecorded ? written : null;
}

/** Earlier releases took files in without keeping them. */
const isKept = (record: CampaignRecord | undefined, { sha256 }: OpenedDecisions): boolean =>
  record !== undefined && keptFiles(record).includes(sha256);

/** Stays the same as long as nothing was recorded that a decision is judged by. */
const markOf = (
  { campaigns }: LedgerState,
  { delegations, imports }: CampaignRecord,
  { id }: Reviewer,
): string => {
  const ended = delegations.filter((one) => one.ended !== undefined).length;
  return [delegations.length, ended, imports.length, campaigns.peopleRevision, id].join(' ');
};

/** @throws Problem `not-found` or `refused` */
function requireOpen(state: LedgerState, { campaign, populationSha256 }: DecisionsStatement): CampaignRecord {
  const record = campaignOf(state, campaign);
  if (record.opened === null)
    throw new Problem(
      'refused',
      'This campaign was not opened in this workspace, so decisions on it are not taken over here.',
      {
        next: 'Import the file in the workspace of the campaign’s owner.',
      },
    );
  if (record.opened.ipe.sha256 !== populationSha256)
    throw new Problem(
      'refused',
      'These decisions are about another population than the one frozen here. Nothing was taken from this file.',
      {
        next: 'Hand out the items again, and let them be decided anew.',
      },
    );
  if (record.state !== 'open')
    throw new Problem(
      'refused',
      'The campaign is closed, so no decisions are added to it. Nothing was taken from this file.',
      {
        next: 'Keep the file; name it in the next campaign.',
      },
    );
  return record;
}

function reportOf(
  record: CampaignRecord,
  { sha256, signer }: OpenedDecisions,
  { person, added, known, refused, remarks, alsoKnownAs }: Judged,
  conflicts: number,
): ImportReport {
  return {
    campaign: record.id,
    fileSha256: sha256,
    reviewer: person,
    signer: { fingerprint: signer.fingerprint, identity: signer.identity },
    accepted: signer.accepted,
    added,
    known,
    refused: [...refused],
    remarks: [...remarks],
    alsoKnownAs: [...alsoKnownAs],
    conflicts,
  };
}

/** The new decisions in the order of the file, then the entry about the import. */
async function* actsOf(
  opened: OpenedDecisions,
  judged: Judged,
  importer: Reviewer,
  last: () => Promise<Act>,
): AsyncGenerator<readonly Act[]> {
  let number = 0;
  for await (const lines of inPieces(opened)) {
    const acts: Act[] = [];
    for (const line of lines) {
      const verdict = judged.verdicts[number] ?? notNew;
      number += 1;
      if (verdict !== notNew)
        acts.push(decisionAct(line, judged, judged.grounds[verdict]!, opened.sha256, importer));
    }
    if (acts.length > 0) yield acts;
  }
  yield [await last()];
}

/** The entry as it goes on record here: whose item it is by rule, this workspace says. */
function decisionAct(
  { text }: TextLine,
  { person }: Judged,
  ground: Ground,
  file: string,
  importer: Reviewer,
): Act {
  const { id, wall_time: decidedAt, payload: given } = ledgerEntry.parse(JSON.parse(text));
  const payload: CampaignDecisionPayload = {
    ...campaignDecisionPayload.parse(given),
    ...ground,
    reviewerName: person.name,
    imported: { id, reviewer: person.id, decidedAt, file },
  };
  return { type: 'campaign-decision', subject: payload.item, actor: importer.id, payload };
}

function importedAct(
  importer: Reviewer,
  { fileName, opened }: { readonly fileName: string; readonly opened: OpenedDecisions },
  report: ImportReport,
): Act {
  const { campaign, fileSha256, reviewer, signer, accepted, added, known, refused, conflicts } = report;
  const { remarks, alsoKnownAs } = report;
  const payload: z.input<typeof campaignImportedPayload> = {
    campaign,
    fileName: fileName.toWellFormed(),
    fileSha256,
    reviewer: reviewer.id,
    reviewerName: reviewer.name,
    signer,
    accepted,
    added,
    known,
    refused: refused.map(({ item, decision, why }) => ({ item, decision, why })),
    conflicts,
    ...(remarks.length > 0 && {
      remarks: remarks.map(({ item, decision, why }) => ({ item, decision, why })),
    }),
    ...(alsoKnownAs.length > 0 && { alsoKnownAs }),
    kept: { tagManifestSha256: opened.tagManifestSha256 },
    byName: importer.name,
  };
  return { type: 'campaign-imported', subject: campaign, actor: importer.id, payload };
}

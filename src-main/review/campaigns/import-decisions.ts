// Takes over decisions that came back in a file: checked against the frozen population, each an entry of its own, none twice.
import type {
  AcceptedKey,
  DecisionsStatement,
  ImportReport,
  RefusedDecision,
} from '#shared/model/campaign-files.ts';
import type { CampaignPerson } from '#shared/model/campaign.ts';
import {
  campaignDecisionPayload,
  type campaignImportedPayload,
  type CampaignDecisionPayload,
} from '#shared/model/campaign-entries.ts';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { parseJsonLine } from '../../evidence/json-lines.ts';
import { foldIdentity } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Act, Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { decisionsKind } from './assignment-kinds.ts';
import { withTravelling, type OpenedTravelling } from './assignment-open.ts';
import type { TravelTrust } from './assignment-signer.ts';
import { campaignOf, type CampaignRecord, type DecidedItem } from './campaign-state.ts';
import { frozenFileOf, readFrozenFile } from './frozen-file.ts';
import { signingReviewer } from './import-signer.ts';
import { itemDigest } from './item-digest.ts';
import {
  conflictsAfter,
  judgeDecisions,
  knownItem,
  type Fate,
  type KnownItem,
  type MergeScene,
  type OfferedDecision,
} from './merge.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export type ImportPlace = {
  readonly ledger: Ledger;
  /** The workspace folder. */
  readonly workspace: string;
};

export type ImportRequest = {
  readonly path: string;
  /** As the file is called. */
  readonly fileName: string;
  readonly trust: TravelTrust;
  readonly accept: AcceptedKey | null;
};

/**
 * Imports a file of decisions into the workspace that opened the campaign.
 * @throws Problem `file-unreadable` or `refused` for a file that is not what it says, is about another population, or whose key
 * is not believed; nothing is recorded then
 */
export function importDecisions(place: ImportPlace, request: ImportRequest): Promise<ImportReport> {
  const { ledger } = place;
  const accept = (sha256: string) => request.accept ?? acceptedBefore(ledger.state(), sha256);
  return withTravelling(request.path, decisionsKind, { trust: request.trust, accept }, async (opened) => {
    const { campaign } = opened.statement;
    const record = requireOpen(ledger.state(), opened.statement);
    const offered = await readOffered(opened);
    const items = await knownItems(
      place.workspace,
      record,
      new Set(offered.map(({ payload }) => payload.item)),
    );
    let report: ImportReport | null = null;
    ledger.append((state) => {
      // Read again under the lock: who is whom, and whether it is open, counts as of now.
      const now = requireOpen(state, opened.statement);
      const merged = mergeInto(state, now, { opened, offered, items });
      report = merged.report;
      const isRecorded = now.imports.some(({ fileSha256 }) => fileSha256 === opened.sha256);
      if (merged.acts.length === 0 && isRecorded) return [];
      return [...merged.acts, importedAct(state, request.fileName, merged.report, merged.conflicts)];
    });
    if (report === null) throw new TypeError(`The import into ${campaign} was not judged.`);
    return report;
  });
}

/** A key that a person accepted for this very file is accepted for it again; unless it was revoked, which is asked first. */
function acceptedBefore(state: LedgerState, sha256: string): AcceptedKey | null {
  for (const { imports } of state.campaigns.byId.values()) {
    const earlier = imports.find(({ fileSha256, accepted }) => fileSha256 === sha256 && accepted !== null);
    if (earlier) return { fingerprint: earlier.signer.fingerprint, reason: earlier.accepted! };
  }
  return null;
}

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

type Opened = OpenedTravelling<DecisionsStatement>;

/** @throws Problem `refused` where an entry is of somebody else, or about something else, than the file says */
async function readOffered({ statement, rows }: Opened): Promise<OfferedDecision[]> {
  const offered: OfferedDecision[] = [];
  for await (const lines of rows())
    for (const { text, where } of lines) {
      const entry = parseJsonLine(text, where, ledgerEntry);
      const payload = payloadOf(entry.payload);
      if (entry.type !== 'campaign-decision' || payload === null || payload.imported !== undefined)
        throw contradicts(`${where} is no decision of the reviewer’s own ledger.`);
      if (payload.campaign !== statement.campaign) throw contradicts(`${where} is about another campaign.`);
      if (foldIdentity(entry.actor) !== foldIdentity(statement.reviewer.id))
        throw contradicts(`${where} was decided by somebody else than the file says.`);
      offered.push({ id: entry.id, actor: entry.actor, decidedAt: entry.wall_time, payload });
    }
  if (offered.length !== statement.decisions)
    throw contradicts(`It holds ${offered.length} decisions and says ${statement.decisions}.`);
  return offered;
}

const payloadOf = (payload: unknown): CampaignDecisionPayload | null =>
  campaignDecisionPayload.safeParse(payload).data ?? null;

const contradicts = (detail: string): Problem =>
  new Problem('refused', `This file contradicts itself, so nothing was taken from it. ${detail}`, {
    next: 'Ask whoever sent it to export it again.',
  });

/** The frozen items that are named, as far as there are any of them; the whole population is read, and its hash compared. */
async function knownItems(
  workspace: string,
  record: CampaignRecord,
  named: ReadonlySet<string>,
): Promise<Map<string, KnownItem>> {
  const items = new Map<string, KnownItem>();
  for await (const lines of readFrozenFile(frozenFileOf(workspace, record)))
    for (const { item } of lines)
      if (named.has(item.key)) items.set(item.key, knownItem(item, itemDigest(record, item)));
  return items;
}

type Merge = {
  readonly opened: Opened;
  readonly offered: readonly OfferedDecision[];
  readonly items: ReadonlyMap<string, KnownItem>;
};

function mergeInto(
  state: LedgerState,
  record: CampaignRecord,
  { opened, offered, items }: Merge,
): { acts: Act[]; report: ImportReport; conflicts: number } {
  const importer = requireReviewer(state);
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const person = signingReviewer(record.definition, identities, opened.statement, opened.signer.identity);
  const scene: MergeScene = { record, identities, items, reviewer: person.id };
  const fates = judgeDecisions(scene, offered);
  const added = fates.filter((fate) => fate.fate === 'new');
  const file = opened.sha256;
  const decided = added.map((fate) => decidedItem(fate, person, file));
  const conflicts = conflictsAfter(scene, decided);
  const refused = fates.flatMap((fate) => (fate.fate === 'refused' ? [refusedDecision(fate)] : []));
  return {
    acts: added.map((fate) => decisionAct(fate, person, file, importer.id)),
    conflicts,
    report: {
      campaign: record.id,
      fileSha256: file,
      reviewer: person,
      signer: { fingerprint: opened.signer.fingerprint, identity: opened.signer.identity },
      accepted: opened.signer.accepted,
      added: added.length,
      known: fates.length - added.length - refused.length,
      refused,
      conflicts,
    },
  };
}

type New = Extract<Fate, { fate: 'new' }>;

/** The payload as it goes on record here: whose item it is by rule, this workspace says. */
function recordedPayload({ decision, item, ofRecord, because }: New, person: CampaignPerson) {
  const { osUser, ...payload } = decision.payload;
  const { subject, entitlement, resource } = item;
  return {
    payload: { ...payload, subject, entitlement, resource, ofRecord, because, reviewerName: person.name },
    osUser,
  };
}

function decisionAct(fate: New, person: CampaignPerson, file: string, importer: string): Act {
  const { payload, osUser } = recordedPayload(fate, person);
  const { id, decidedAt } = fate.decision;
  const recorded: CampaignDecisionPayload = {
    ...payload,
    imported: { id, reviewer: person.id, decidedAt, file },
    ...(osUser === undefined ? {} : { osUser }),
  };
  return { type: 'campaign-decision', subject: payload.item, actor: importer, payload: recorded };
}

function decidedItem(fate: New, person: CampaignPerson, file: string): DecidedItem {
  const { id, decidedAt } = fate.decision;
  return { ...recordedPayload(fate, person).payload, id, reviewer: person.id, decidedAt, importedFrom: file };
}

const refusedDecision = ({
  decision,
  isSelfReview,
  why,
}: Extract<Fate, { fate: 'refused' }>): RefusedDecision => ({
  decision: decision.id,
  item: decision.payload.item,
  subject: decision.payload.subject,
  entitlement: decision.payload.entitlement,
  kind: decision.payload.decision,
  isSelfReview,
  why,
});

function importedAct(state: LedgerState, fileName: string, report: ImportReport, conflicts: number): Act {
  const importer = requireReviewer(state);
  const { campaign, fileSha256, reviewer, signer, accepted, added, known, refused } = report;
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
    byName: importer.name,
  };
  return { type: 'campaign-imported', subject: campaign, actor: importer.id, payload };
}

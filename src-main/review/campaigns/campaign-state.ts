// The part of the ledger's state that is access reviews: campaigns from their definition to the last re-check.
import type { z } from 'zod';
import type {
  Attestation,
  CampaignDecision,
  CampaignDefinition,
  CampaignState,
  Delegation,
  Remediation,
} from '#shared/model/campaign.ts';
import {
  campaignAssignedPayload,
  campaignAttestedPayload,
  campaignClosedPayload,
  campaignConflictClosedPayload,
  campaignDecisionPayload,
  campaignDefinedPayload,
  campaignDelegatedPayload,
  campaignHandedBackPayload,
  campaignImportedPayload,
  campaignOpenedPayload,
  campaignRecheckedPayload,
  campaignRemediationPayload,
  campaignTakenPayload,
  dailyReviewPayload,
  type CampaignDecisionPayload,
} from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { applySampleEntry, type SampleRecord } from './sample-record.ts';

/** What an entry says, with who wrote it and when. */
type Act<Schema extends z.ZodType> = z.output<Schema> & {
  readonly entry: string;
  readonly by: string;
  readonly at: string;
};

/** A decision as the ledger has it, with what it names besides. */
export type DecidedItem = CampaignDecision &
  Pick<CampaignDecisionPayload, 'subject' | 'entitlement' | 'resource' | 'because'>;

export type CampaignRecord = {
  readonly id: string;
  definition: CampaignDefinition;
  definedAt: string;
  readonly definedBy: string;
  state: CampaignState;
  /** Null while it is a draft, and where the items came as a file. */
  opened: Act<typeof campaignOpenedPayload> | null;
  /** The files of items somebody was handed, where this is the workspace of a reviewer; the newest last. */
  readonly taken: Act<typeof campaignTakenPayload>[];
  readonly assigned: Act<typeof campaignAssignedPayload>[];
  readonly handedBack: Act<typeof campaignHandedBackPayload>[];
  readonly delegations: Delegation[];
  /** By key of the item, as they came; corrections stand after what they correct. */
  readonly decisions: Map<string, DecidedItem[]>;
  readonly decisionsById: Map<string, DecidedItem>;
  readonly imports: Act<typeof campaignImportedPayload>[];
  /** By {@link stagePlace}; the latest counts. */
  readonly conflictClosings: Map<string, Act<typeof campaignConflictClosedPayload>>;
  /** Of each role the latest. */
  readonly attestations: Map<Attestation['role'], Attestation & { readonly outcomesSha256: string }>;
  closed: Act<typeof campaignClosedPayload> | null;
  /** By key of the item: what stands, and everything that was put on record about it, oldest first. */
  readonly remediations: Map<string, { now: Remediation; acts: Act<typeof campaignRemediationPayload>[] }>;
  readonly rechecks: Act<typeof campaignRecheckedPayload>[];
  /** Oldest first. */
  readonly samples: SampleRecord[];
  /** Number of the newest entry about it. */
  revision: number;
  /** Number of the newest entry that may have changed what its items come to. */
  outcomesRevision: number;
  /** Keys of items in the order in which something about them was recorded; corrected ones come again. */
  readonly touched: string[];
};

export type CampaignsState = {
  /** By id, in the order in which they were defined. */
  readonly byId: Map<string, CampaignRecord>;
  readonly dailyReviews: Act<typeof dailyReviewPayload>[];
  /** Number of the newest entry that may have changed who is whom. */
  peopleRevision: number;
};

export const emptyCampaigns = (): CampaignsState => ({
  byId: new Map(),
  dailyReviews: [],
  peopleRevision: 0,
});

/** @throws Problem `not-found` */
export function campaignOf(
  { campaigns }: { readonly campaigns: CampaignsState },
  id: string,
): CampaignRecord {
  const found = campaigns.byId.get(id);
  if (found) return found;
  throw new Problem('not-found', 'There is no such campaign in this workspace. Nothing was changed.', {
    next: 'See which there are (countersign campaign status).',
  });
}

/** What belongs to one stage of one item. */
export const stagePlace = (item: string, stage: number): string => `${item} ${stage}`;

/** Applies one entry, in ledger order; entries about anything else change nothing. */
export function applyCampaignEntry(state: CampaignsState, entry: LedgerEntry): void {
  if (entry.type === 'daily-review')
    state.dailyReviews.push({ ...dailyReviewPayload.parse(entry.payload), ...actOf(entry) });
  else if (entry.type === 'reviewer-changed' || entry.type === 'aliases-changed')
    state.peopleRevision = entry.seq;
  else if (entry.type === 'campaign-defined') applyDefinition(state, entry);
  else if (entry.type === 'campaign-taken') applyTaken(state, entry);
  else if (entry.type.startsWith('campaign-')) {
    const id = entry.payload['campaign'];
    const record = typeof id === 'string' ? state.byId.get(id) : undefined;
    if (record === undefined) return;
    applyToRecord(record, entry);
    record.revision = entry.seq;
  }
}

const actOf = ({ id: entry, actor: by, wall_time: at }: LedgerEntry) => ({ entry, by, at });

function newRecord(id: string, definition: CampaignDefinition, entry: LedgerEntry): CampaignRecord {
  return {
    id,
    definition,
    definedAt: entry.wall_time,
    definedBy: entry.actor,
    state: 'draft',
    opened: null,
    taken: [],
    assigned: [],
    handedBack: [],
    delegations: [],
    decisions: new Map(),
    decisionsById: new Map(),
    imports: [],
    conflictClosings: new Map(),
    attestations: new Map(),
    closed: null,
    remediations: new Map(),
    rechecks: [],
    samples: [],
    revision: entry.seq,
    outcomesRevision: entry.seq,
    touched: [],
  };
}

function applyDefinition({ byId }: CampaignsState, entry: LedgerEntry): void {
  const { campaign, definition } = campaignDefinedPayload.parse(entry.payload);
  const known = campaign === null ? undefined : byId.get(campaign);
  if (known === undefined) byId.set(campaign ?? entry.id, newRecord(campaign ?? entry.id, definition, entry));
  else if (known.state === 'draft')
    Object.assign(known, { definition, definedAt: entry.wall_time, revision: entry.seq });
}

function applyTaken({ byId }: CampaignsState, entry: LedgerEntry): void {
  const payload = campaignTakenPayload.parse(entry.payload);
  const record = byId.get(payload.campaign) ?? newRecord(payload.campaign, payload.definition, entry);
  byId.set(record.id, record);
  if (record.state === 'draft') record.state = 'open';
  record.taken.push({ ...payload, ...actOf(entry) });
  record.delegations.splice(0, Infinity, ...payload.delegations);
  record.revision = entry.seq;
}

function applyToRecord(record: CampaignRecord, entry: LedgerEntry): void {
  const { payload } = entry;
  const act = actOf(entry);
  switch (entry.type) {
    case 'campaign-opened':
      record.opened = { ...campaignOpenedPayload.parse(payload), ...act };
      record.state = 'open';
      return;
    case 'campaign-delegated':
      record.delegations.push(campaignDelegatedPayload.parse(payload).delegation);
      return;
    case 'campaign-assigned':
      record.assigned.push({ ...campaignAssignedPayload.parse(payload), ...act });
      return;
    case 'campaign-handed-back':
      record.handedBack.push({ ...campaignHandedBackPayload.parse(payload), ...act });
      return;
    case 'campaign-decision':
      return applyDecision(record, entry);
    case 'campaign-imported':
      record.imports.push({ ...campaignImportedPayload.parse(payload), ...act });
      return;
    case 'campaign-conflict-closed': {
      const closing = { ...campaignConflictClosedPayload.parse(payload), ...act };
      record.conflictClosings.set(stagePlace(closing.item, closing.stage), closing);
      touch(record, closing.item, entry);
      return;
    }
    case 'campaign-attested': {
      const { role, byName, statement, outcomesSha256 } = campaignAttestedPayload.parse(payload);
      const { by, at } = act;
      record.attestations.set(role, { role, by, byName, at, statement, outcomesSha256 });
      return;
    }
    case 'campaign-closed':
      record.closed = { ...campaignClosedPayload.parse(payload), ...act };
      record.state = record.closed.state;
      return;
    case 'campaign-remediation':
      return applyRemediation(record, entry);
    case 'campaign-rechecked':
      return applyRecheck(record, entry);
    case 'campaign-sampled':
    case 'campaign-sample-tested':
      return applySampleEntry(record.samples, entry);
    default:
      return;
  }
}

function applyDecision(record: CampaignRecord, entry: LedgerEntry): void {
  const { imported, osUser: _osUser, ...payload } = campaignDecisionPayload.parse(entry.payload);
  const once = textsOf(record);
  const decision: DecidedItem = {
    ...payload,
    campaign: record.id,
    reason: once(payload.reason),
    reviewerName: once(payload.reviewerName),
    ofRecord: once(payload.ofRecord),
    subject: once(payload.subject),
    entitlement: once(payload.entitlement),
    resource: once(payload.resource),
    because: once(payload.because),
    batch: once(payload.batch),
    id: imported?.id ?? entry.id,
    reviewer: once(imported?.reviewer ?? entry.actor),
    decidedAt: imported?.decidedAt ?? entry.wall_time,
    importedFrom: once(imported?.file ?? null),
  };
  if (record.decisionsById.has(decision.id)) return;
  touch(record, decision.item, entry);
  record.decisionsById.set(decision.id, decision);
  const earlier = record.decisions.get(decision.item);
  if (earlier) earlier.push(decision);
  else record.decisions.set(decision.item, [decision]);
}

const texts = new WeakMap<CampaignRecord, Map<string, string>>();

/** Keeps texts once that very many decisions have in common: hundreds of thousands of them are held in memory. */
function textsOf(record: CampaignRecord): <Text extends string | null>(text: Text) => Text | string {
  const known = texts.get(record) ?? new Map<string, string>();
  texts.set(record, known);
  return (text) => {
    if (text === null) return text;
    const same = known.get(text);
    if (same !== undefined) return same;
    known.set(text, text);
    return text;
  };
}

function touch(record: CampaignRecord, item: string, entry: LedgerEntry): void {
  record.touched.push(item);
  record.outcomesRevision = entry.seq;
}

function applyRemediation(record: CampaignRecord, entry: LedgerEntry): void {
  const payload = campaignRemediationPayload.parse(entry.payload);
  const { campaign: _campaign, note: _note, byName: _byName, ...now } = payload;
  const acts = record.remediations.get(payload.item)?.acts ?? [];
  acts.push({ ...payload, ...actOf(entry) });
  record.remediations.set(payload.item, { now, acts });
}

/** Of a right that is to be revoked or modified and about which nobody said anything yet. */
export const untouchedRemediation = (item: string): Remediation => ({
  item,
  state: 'open',
  owner: null,
  dueOn: null,
  ticket: null,
  instruction: null,
  checkedAt: null,
});

function applyRecheck(record: CampaignRecord, entry: LedgerEntry): void {
  const recheck = { ...campaignRecheckedPayload.parse(entry.payload), ...actOf(entry) };
  record.rechecks.push(recheck);
  for (const { item, state } of recheck.results) {
    const { now, acts } = record.remediations.get(item) ?? { now: untouchedRemediation(item), acts: [] };
    record.remediations.set(item, { now: { ...now, state, checkedAt: recheck.at }, acts });
  }
}

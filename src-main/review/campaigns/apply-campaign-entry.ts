// How entries of the ledger change what is known of access reviews.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import {
  campaignAssignedPayload,
  campaignAttestedPayload,
  campaignClosedPayload,
  campaignConflictClosedPayload,
  campaignDecisionPayload,
  campaignDefinedPayload,
  campaignDelegatedPayload,
  campaignDelegationEndedPayload,
  campaignDiscardedPayload,
  campaignHandedBackPayload,
  campaignImportedPayload,
  campaignOpenedPayload,
  campaignRecheckedPayload,
  campaignRemediationPayload,
  campaignSeriesEndedPayload,
  campaignTakenPayload,
  dailyReviewPayload,
} from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import {
  stagePlace,
  untouchedRemediation,
  type CampaignRecord,
  type CampaignsState,
  type DecidedItem,
} from './campaign-state.ts';
import { withStatedNames } from './own-names.ts';
import { applySampleEntry } from './sample-record.ts';

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

type Defined = { readonly definition: CampaignDefinition; readonly byName: string };

const actOf = ({ id: entry, actor: by, wall_time: at }: LedgerEntry) => ({ entry, by, at });

function newRecord(id: string, { definition, byName }: Defined, entry: LedgerEntry): CampaignRecord {
  return {
    id,
    definition,
    definedAt: entry.wall_time,
    definedBy: entry.actor,
    definitionEntry: entry.id,
    definitionByName: byName,
    discarded: null,
    seriesEnded: null,
    state: 'draft',
    opened: null,
    taken: [],
    assigned: [],
    handedBack: [],
    delegations: [],
    delegationEntries: [],
    delegationTimes: [],
    decisions: new Map(),
    decisionsById: new Map(),
    imports: [],
    statedNames: new Map(),
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
  const { campaign, definition, byName } = campaignDefinedPayload.parse(entry.payload);
  const known = campaign === null ? undefined : byId.get(campaign);
  const id = campaign ?? entry.id;
  if (known === undefined) byId.set(id, newRecord(id, { definition, byName }, entry));
  else if (known.state === 'draft')
    Object.assign(known, {
      definition,
      definedAt: entry.wall_time,
      definitionEntry: entry.id,
      definitionByName: byName,
      revision: entry.seq,
    });
}

function applyTaken({ byId }: CampaignsState, entry: LedgerEntry): void {
  const payload = campaignTakenPayload.parse(entry.payload);
  const record = byId.get(payload.campaign) ?? newRecord(payload.campaign, payload, entry);
  byId.set(record.id, record);
  if (record.state === 'draft') record.state = 'open';
  record.taken.push({ ...payload, ...actOf(entry) });
  record.delegations.splice(0, Infinity, ...payload.delegations);
  record.delegationEntries.length = 0;
  record.delegationTimes.length = 0;
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
      record.delegationEntries.push(act.entry);
      record.delegationTimes.push(parseInstant(act.at));
      return;
    case 'campaign-delegation-ended':
      return applyDelegationEnd(record, entry);
    case 'campaign-discarded':
      record.discarded = { ...campaignDiscardedPayload.parse(payload), ...act };
      record.state = 'discarded';
      return;
    case 'campaign-series-ended':
      record.seriesEnded = { ...campaignSeriesEndedPayload.parse(payload), ...act };
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
      return applyImport(record, entry);
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

function applyDelegationEnd(record: CampaignRecord, { payload, actor: by }: LedgerEntry): void {
  const { delegation, at, reason } = campaignDelegationEndedPayload.parse(payload);
  const place = record.delegationEntries.indexOf(delegation);
  const known = record.delegations[place];
  if (known === undefined || known.ended) return;
  const { validFrom, validTo: meantTo } = known;
  const times = [parseInstant(validFrom), parseInstant(at)];
  const end = formatInstant(Math.min(Math.max(...times), parseInstant(meantTo)));
  record.delegations[place] = { ...known, validTo: end, ended: { meantTo, by, reason } };
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

/** The names a file states hold for what is on record already, too: what turns out to be about the reviewer counts no longer. */
function applyImport(record: CampaignRecord, entry: LedgerEntry): void {
  const brought = { ...campaignImportedPayload.parse(entry.payload), ...actOf(entry) };
  record.imports.push(brought);
  const names = withStatedNames(record.statedNames, brought.reviewer, brought.alsoKnownAs ?? []);
  if (names === record.statedNames) return;
  record.statedNames = names;
  record.outcomesRevision = entry.seq;
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

function applyRecheck(record: CampaignRecord, entry: LedgerEntry): void {
  const recheck = { ...campaignRecheckedPayload.parse(entry.payload), ...actOf(entry) };
  record.rechecks.push(recheck);
  for (const { item, state } of recheck.results) {
    const { now, acts } = record.remediations.get(item) ?? { now: untouchedRemediation(item), acts: [] };
    record.remediations.set(item, { now: { ...now, state, checkedAt: recheck.at }, acts });
  }
}

// Checks every act on record about a campaign against the rules the program keeps when it records one, by what was on record then.
import {
  campaignAttestedPayload,
  campaignClosedPayload,
  campaignDefinedPayload,
  campaignOpenedPayload,
} from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { CampaignRecord, CampaignsState } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { tallyOf, tallySteps, type Tally } from '../../review/campaigns/tally-steps.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { ActRule, CampaignActScene } from './campaign-act.ts';
import { conflictClosingFault, decisionFault } from './campaign-decision-checks.ts';
import { delegationEndFault, delegationFault } from './campaign-delegation-checks.ts';
import { recheckFault, remediationFault, sampleTestFault } from './campaign-follow-up-checks.ts';
import { openingContentFault } from './campaign-opening-content.ts';
import { failCheck } from './check.ts';

/** Possible only from the opening to the close. */
const onlyWhileOpen: ReadonlySet<string> = new Set([
  'campaign-delegated',
  'campaign-delegation-ended',
  'campaign-assigned',
  'campaign-decision',
  'campaign-imported',
  'campaign-conflict-closed',
  'campaign-attested',
  'campaign-closed',
]);

const rules: Readonly<Record<string, ActRule>> = {
  'campaign-discarded': ownersFault,
  'campaign-series-ended': ownersFault,
  'campaign-delegated': delegationFault,
  'campaign-delegation-ended': delegationEndFault,
  'campaign-opened': openingFault,
  'campaign-attested': attestationFault,
  'campaign-closed': closingFault,
  'campaign-decision': decisionFault,
  'campaign-conflict-closed': conflictClosingFault,
  'campaign-remediation': remediationFault,
  'campaign-rechecked': recheckFault,
  'campaign-sampled': () => null,
  'campaign-sample-tested': sampleTestFault,
  'campaign-taken': () => null,
};

/** Who reviewed in the workspace when an entry was made, and who was known to be whom. */
export type PeopleThen = {
  readonly identities: Identities;
  readonly reviewer: Pick<Reviewer, 'id' | 'name'> | null;
};

/**
 * To be called with each entry before it is applied. Campaigns of which only some items came as a file are passed over: they were
 * opened, and are judged, elsewhere.
 */
export function checkCampaignAct(
  { byId }: CampaignsState,
  { identities: known, reviewer }: PeopleThen,
  entry: LedgerEntry,
): void {
  if (entry.type === 'campaign-defined') return checkDefinition(byId, reviewer, entry);
  const rule = rules[entry.type];
  if (rule === undefined && !onlyWhileOpen.has(entry.type)) return;
  const id = entry.payload['campaign'];
  const record = typeof id === 'string' ? byId.get(id) : undefined;
  if (record === undefined || isJudgedElsewhere(record, entry)) return;
  const identities = campaignIdentities(known, record.definition);
  const fault =
    timeFault(record, entry) ??
    personFault(reviewer, entry) ??
    rule?.({ entry, record, byId, identities }) ??
    null;
  if (fault !== null)
    failCheck('tampered', `Campaign “${record.definition.name}”: ledger entry ${entry.seq} ${fault}.`);
}

/** One campaign has one id and one draft: who defines it again, or under an id that comes later, would take its acts out of sight. */
function checkDefinition(
  byId: CampaignsState['byId'],
  reviewer: PeopleThen['reviewer'],
  entry: LedgerEntry,
): void {
  const { campaign, definition } = campaignDefinedPayload.parse(entry.payload);
  const isBegun = campaign === null && !byId.has(entry.id);
  const isChanged = campaign !== null && byId.get(campaign)?.state === 'draft';
  const fault = isBegun || isChanged ? personFault(reviewer, entry) : 'defines what is no draft (any more)';
  if (fault !== null)
    failCheck('tampered', `Campaign “${definition.name}”: ledger entry ${entry.seq} ${fault}.`);
}

/** An opening is judged wherever it is: packs hold only campaigns that were opened in their own ledger. */
const isJudgedElsewhere = ({ opened, taken }: CampaignRecord, { type }: LedgerEntry): boolean =>
  opened === null && taken.length > 0 && type !== 'campaign-opened';

function timeFault({ state, opened, taken }: CampaignRecord, { type }: LedgerEntry): string | null {
  if (state === 'discarded') return 'is about a draft that was discarded';
  if (type === 'campaign-discarded') return opened === null ? null : 'discards it after it was opened';
  if (type === 'campaign-opened') {
    if (taken.length > 0) return 'opens it where some of its items came as a file from elsewhere';
    return opened === null ? null : 'opens it again, with another population than people decided about';
  }
  if (type === 'campaign-taken')
    return opened === null ? null : 'takes items of it up as a file, where all of them are already';
  if (opened === null) return 'is about a population before one was frozen';
  if (onlyWhileOpen.has(type) && state !== 'open') return 'is of a time when it was closed already';
  return null;
}

/** Every act is the reviewer’s of that moment: that somebody else took their place stands in the ledger, with their key. */
function personFault(reviewer: PeopleThen['reviewer'], { actor, payload }: LedgerEntry): string | null {
  if (actor !== reviewer?.id) return 'is in the name of somebody who did not review in the workspace then';
  const name = payload['byName'] ?? (payload['imported'] === undefined ? payload['reviewerName'] : undefined);
  return name === undefined || name === reviewer.name ? null : 'names whoever acted otherwise than they did';
}

function openingFault({ entry, record, byId, identities }: CampaignActScene): string | null {
  const { ipe, previous, dueOn } = campaignOpenedPayload.parse(entry.payload);
  const { people } = record.definition;
  if (
    people.some(({ id }, place) => people.slice(0, place).some((one) => isSamePerson(identities, one.id, id)))
  )
    return 'opens it although two of its people were known to be one';
  if (!isSamePerson(identities, record.definition.owner, entry.actor))
    return 'opens it on the word of somebody who is not its owner';
  if (previous && byId.get(previous.campaign)?.opened?.ipe.sha256 !== previous.sha256)
    return 'compares it with a population that was not frozen before';
  const openingRules = openingContentFault(record.definition, ipe, { dueOn, at: entry.wall_time });
  return ipe.rows === ipe.countedRows ? openingRules : 'freezes a population whose two counts differ';
}

function ownersFault({ entry, record, identities }: CampaignActScene): string | null {
  return isSamePerson(identities, record.definition.owner, entry.actor)
    ? null
    : 'is the owner’s to do, and is on the word of somebody else';
}

function attestationFault({ entry, record, identities }: CampaignActScene): string | null {
  const { role, outcomesSha256 } = campaignAttestedPayload.parse(entry.payload);
  if (!isSamePerson(identities, record.definition[role], entry.actor))
    return `attests it as its ${role}, who is somebody else`;
  if (isSamePerson(identities, record.definition.owner, record.definition.approver))
    return 'attests it although owner and approver were known to be one person';
  const tally = tallyThen(record, identities);
  if (isOnlyOne(tally, identities, entry.actor))
    return 'attests it on the word of the only one who decided anything';
  if (outcomesSha256 !== tally.outcomesSha256) return 'attests something else than what stood then';
  if (role === 'approver' && record.attestations.get('owner')?.outcomesSha256 !== outcomesSha256)
    return 'approves what the owner had not attested';
  return null;
}

const markOf = ({ outcomesRevision }: CampaignRecord, identities: Identities): string =>
  `${outcomesRevision} ${canonicalJson([...identities])}`;

type Reckoned = { readonly mark: string; readonly tally: Tally };
const reckoned = new WeakMap<CampaignRecord, Reckoned>();

/** Both attestations and the closing mostly speak of the same; who is whom is compared, because it changes what counts. */
function tallyThen(record: CampaignRecord, identities: Identities): Tally {
  const mark = markOf(record, identities);
  const known = reckoned.get(record);
  if (known?.mark === mark) return known.tally;
  const tally = tallyOf(record, identities);
  reckoned.set(record, { mark, tally });
  return tally;
}

/** Works out beforehand, in steps, what {@link checkCampaignAct} is about to ask of an attestation or a closing. */
export function* reckonBeforeAct(
  { byId }: CampaignsState,
  { identities: known }: Pick<PeopleThen, 'identities'>,
  { type, payload }: LedgerEntry,
): Generator<undefined, void> {
  if (type !== 'campaign-attested' && type !== 'campaign-closed') return;
  const id = payload['campaign'];
  const record = typeof id === 'string' ? byId.get(id) : undefined;
  if (record === undefined || record.opened === null) return;
  const identities = campaignIdentities(known, record.definition);
  const mark = markOf(record, identities);
  if (reckoned.get(record)?.mark !== mark)
    reckoned.set(record, { mark, tally: yield* tallySteps(record, identities) });
}

const isOnlyOne = ({ reviewers }: Tally, identities: Identities, id: string): boolean =>
  reviewers.length === 1 && isSamePerson(identities, reviewers[0]!, id);

function closingFault({ entry, record, identities }: CampaignActScene): string | null {
  const { counts, outcomesSha256, state, reason } = campaignClosedPayload.parse(entry.payload);
  const { owner, approver } = record.definition;
  if (![owner, approver].some((id) => isSamePerson(identities, id, entry.actor)))
    return 'closes it on the word of somebody who is neither its owner nor its approver';
  if (isSamePerson(identities, owner, approver))
    return 'closes it although owner and approver were known to be one person';
  const tally = tallyThen(record, identities);
  if (outcomesSha256 !== tally.outcomesSha256) return 'closes it on something else than what stood then';
  if (canonicalJson(counts) !== canonicalJson(tally.counts))
    return 'closes it with other numbers than what stood then comes to';
  if ((state === 'closed') !== (counts.open === 0)) return 'closes it with open items as if there were none';
  if (counts.open > 0 && (reason ?? '').trim() === '') return 'closes it incomplete without a reason';
  const given = (['owner', 'approver'] as const).map((role) => record.attestations.get(role));
  if (given.some((one) => one?.outcomesSha256 !== outcomesSha256))
    return 'closes it without both attestations of what stood then';
  return given.some((one) => one && isOnlyOne(tally, identities, one.by))
    ? 'closes it on the word of the only one who decided anything'
    : null;
}

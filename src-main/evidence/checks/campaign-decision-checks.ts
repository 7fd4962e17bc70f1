// Rules about decisions on items of a campaign, and about closing conflicts between them, as far as the ledger alone can tell.
import {
  campaignConflictClosedPayload,
  campaignDecisionPayload,
  type CampaignDecisionPayload,
} from '#shared/model/campaign-entries.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import { isOwnItem } from '../../review/campaigns/own-names.ts';
import type { CampaignRecord } from '../../review/campaigns/campaign-state.ts';
import { currentDecision, standingDecisions, standingOf } from '../../review/campaigns/standing.ts';
import type { CampaignActScene } from './campaign-act.ts';
import { clockStepMicroseconds, standInsOf } from './campaign-delegation-checks.ts';

/** A decision as it was made; that it was of what was shown is checked with the population. */
export function decisionFault({ entry, record, identities }: CampaignActScene): string | null {
  const { imported, ...made } = campaignDecisionPayload.parse(entry.payload);
  const reviewer = imported?.reviewer ?? entry.actor;
  const { stages, people } = record.definition;
  if (made.stage >= stages.length) return 'decides in a stage there is not';
  if (isOwnItem(record, identities, reviewer, made.subject)) return 'lets somebody decide about themselves';
  if (!people.some(({ id }) => isSamePerson(identities, id, reviewer)))
    return 'is a decision of somebody who is none of its people';
  if (imported && !people.some(({ id, name }) => id === reviewer && name === made.reviewerName))
    return 'names whoever decided otherwise than its definition';
  if (imported === undefined && !isTheirs({ entry, record, identities }, made.ofRecord))
    return 'decides for somebody, and nothing on record then lets them stand in';
  if ((made.decision !== 'certify' || made.batch !== null) && (made.reason ?? '').trim() === '')
    return 'decides without the reason it needs';
  const reviewed = { key: made.item, subject: made.subject };
  if (imported === undefined && made.stage > standingOf(record, reviewed, identities).stage)
    return 'decides in a stage that its item had not reached';
  return correctionFault(record, identities, { made, reviewer, isHere: imported === undefined });
}

type MadeDecision = {
  readonly made: Pick<CampaignDecisionPayload, 'item' | 'subject' | 'stage' | 'supersedes'>;
  readonly reviewer: string;
  readonly isHere: boolean;
};

/** Whoever corrects what does not stand leaves what does stand uncontradicted, and a conflict unseen. */
function correctionFault(
  record: CampaignRecord,
  identities: Identities,
  { made: { item, subject, stage, supersedes }, reviewer, isHere }: MadeDecision,
): string | null {
  if (supersedes === null) return null;
  const corrected = record.decisionsById.get(supersedes);
  // What it corrects may have come in the same file and not have been taken over; that is known once the file is on record.
  if (corrected === undefined && !isHere) return null;
  if (corrected?.item !== item || corrected.stage !== stage)
    return 'corrects a decision that there is not, or one on another item or stage';
  if (!isHere)
    return isSamePerson(identities, corrected.reviewer, reviewer)
      ? null
      : 'takes back by file what somebody else decided';
  const stood = currentDecision(record, { key: item, subject }, stage, identities);
  return stood?.id === supersedes ? null : 'corrects another decision than the one that stood';
}

/** By what was on record when it was decided here: a delegation that came later lets nobody have decided before. */
function isTheirs({ entry, record, identities }: Omit<CampaignActScene, 'byId'>, ofRecord: string): boolean {
  if (isSamePerson(identities, ofRecord, entry.actor)) return true;
  const standsIn = standInsOf(record, identities, Infinity);
  const writtenAt = parseInstant(entry.wall_time);
  return [writtenAt, writtenAt - clockStepMicroseconds].some((at) => standsIn(ofRecord, entry.actor, at));
}

/** Only a decision that stands in the conflict can be the one that stands after it. */
export function conflictClosingFault({ entry, record, identities }: CampaignActScene): string | null {
  const { item, stage, stands } = campaignConflictClosedPayload.parse(entry.payload);
  const [first] = record.decisions.get(item) ?? [];
  if (first === undefined) return 'closes a conflict about an item nobody decided';
  const { subject } = first;
  if (isOwnItem(record, identities, entry.actor, subject))
    return 'closes a conflict about a right of one’s own';
  const standing = standingDecisions(record, { key: item, subject }, stage, identities);
  if (!standing.some(({ id }) => id === stands)) return 'lets a decision stand that was not in the conflict';
  return new Set(standing.map(({ decision }) => decision)).size < 2
    ? 'closes a conflict before there was one'
    : null;
}

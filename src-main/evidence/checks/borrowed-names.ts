// Finds acts of campaigns under another id of somebody who has a key on record, where nothing shows that the id is theirs.
import {
  campaignAttestedPayload,
  campaignDecisionPayload,
  campaignDelegatedPayload,
} from '#shared/model/campaign-entries.ts';
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import { mayActAs } from '../../review/campaigns/act-as.ts';
import type { CampaignRecord, CampaignsState } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { numberOf } from '../report/visible-text.ts';
import { applyKeyEntry, emptyKeyRing } from '../../review/key-ring.ts';

type BorrowedName = {
  readonly seq: number;
  readonly actor: string;
  /** Whose place they took. */
  readonly person: string;
};

const changeKeys: ReadonlySet<string> = new Set(['reviewer-changed', 'aliases-changed', 'trust-changed']);

/** The ids of those whose act it is to do; empty where it is anybody’s, or came by file. */
function peopleFor({ definition, delegations }: CampaignRecord, { type, payload }: LedgerEntry): string[] {
  const { owner, approver, people } = definition;
  switch (type) {
    case 'campaign-opened':
    case 'campaign-discarded':
    case 'campaign-series-ended':
      return [owner];
    case 'campaign-attested':
      return [definition[campaignAttestedPayload.parse(payload).role]];
    case 'campaign-closed':
      return [owner, approver];
    case 'campaign-delegated':
      return [campaignDelegatedPayload.parse(payload).delegation.from, owner];
    case 'campaign-conflict-closed':
      return people.map(({ id }) => id);
    case 'campaign-decision': {
      // There may be many: only those of this workspace are read in full.
      if (payload['imported'] !== undefined) return [];
      return [campaignDecisionPayload.parse(payload).ofRecord, ...delegations.map(({ to }) => to)];
    }
    default:
      return [];
  }
}

/** To be called with every entry, in ledger order and before it is applied. */
export function borrowedNames() {
  const ring = emptyKeyRing();
  const found = new Map<string, BorrowedName[]>();
  const add = ({ byId }: CampaignsState, known: Identities, entry: LedgerEntry): void => {
    const { type, seq, actor, payload } = entry;
    if (type.startsWith('key-') || changeKeys.has(type)) return applyKeyEntry(ring, entry);
    if (!type.startsWith('campaign-') || ring.holders.size === 0) return;
    const id = payload['campaign'];
    const record = typeof id === 'string' ? byId.get(id) : undefined;
    const people = record === undefined ? [] : peopleFor(record, entry);
    if (record === undefined || people.includes(actor)) return;
    const identities = campaignIdentities(known, record.definition);
    const person = people.find((one) => isSamePerson(identities, one, actor));
    if (person === undefined) return;
    if (people.some((one) => mayActAs(ring, identities, { person: one, reviewer: actor }))) return;
    found.set(record.id, [...(found.get(record.id) ?? []), { seq, actor, person }]);
  };
  return { add, of: (campaign: string): readonly BorrowedName[] => found.get(campaign) ?? [] };
}

/** What is said of such acts in a campaign, without the pack being wrong. */
export function doubtOfNames(
  { name }: Pick<CampaignDefinition, 'name'>,
  acts: readonly BorrowedName[],
): string[] {
  const [first] = acts;
  return first === undefined
    ? []
    : [
        `${numberOf(acts.length, 'act', 'acts')} in the campaign “${name}” ${acts.length === 1 ? 'was' : 'were'} recorded under another id of somebody who has a signing key on record, and nothing shows that the id is theirs: first entry ${first.seq}, ${first.actor} as ${first.person}.`,
      ];
}

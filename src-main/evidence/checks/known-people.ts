// Who was known to be whom when each decision of a campaign was recorded.
import { campaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Identities } from '../../review/aliases.ts';
import type { CampaignRecord, CampaignsState, DecidedItem } from '../../review/campaigns/campaign-state.ts';

/** What tells which decision an entry is; the whole of it was read when it was applied. */
const place = campaignDecisionPayload.pick({ campaign: true, imported: true }).strip();

export type KnownPeople = Pick<CampaignRecord, 'statedNames'> & { readonly identities: Identities };
export type KnownAt = (record: CampaignRecord, decision: DecidedItem) => KnownPeople;

/** Keeps a copy for every time it changed between two decisions, which is far more seldom than decisions are. */
export function knownPeople() {
  const at = new WeakMap<DecidedItem, KnownPeople>();
  let identities: Identities | null = null;
  const people = new WeakMap<CampaignRecord, KnownPeople>();
  return {
    /** To be called with each entry once it is applied. */
    add: ({ byId }: CampaignsState, known: Identities, { id, type, payload }: LedgerEntry): void => {
      // Only a new reviewer and an alias say who is whom; acts of campaigns never do.
      if (!type.startsWith('campaign-')) identities = null;
      if (type !== 'campaign-decision') return;
      const { campaign, imported } = place.parse(payload);
      const record = byId.get(campaign);
      const decision = record?.decisionsById.get(imported?.id ?? id);
      if (record === undefined || decision === undefined) return;
      identities ??= new Map(known);
      const before = people.get(record);
      const isSame = before?.identities === identities && before.statedNames === record.statedNames;
      const now = isSame ? before : { identities, statedNames: record.statedNames };
      people.set(record, now);
      if (!at.has(decision)) at.set(decision, now);
    },
    at: ({ statedNames }: CampaignRecord, decision: DecidedItem): KnownPeople =>
      at.get(decision) ?? { identities: new Map(), statedNames },
  };
}

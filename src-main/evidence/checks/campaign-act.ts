// What a rule about an act of a campaign is shown, and what it answers.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Identities } from '../../review/aliases.ts';
import type { CampaignRecord, CampaignsState } from '../../review/campaigns/campaign-state.ts';

/** An act, and the campaign as it was before. */
export type CampaignActScene = {
  readonly entry: LedgerEntry;
  readonly record: CampaignRecord;
  /** Of all campaigns, the one to compare with among them. */
  readonly byId: CampaignsState['byId'];
  /** As they were known then. */
  readonly identities: Identities;
};

/** Null where the rules were kept, else what was not, as the end of “Ledger entry 7 …”. */
export type ActRule = (scene: CampaignActScene) => string | null;

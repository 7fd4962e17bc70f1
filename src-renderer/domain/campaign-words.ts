// The words of campaigns: flags of an item, where an item stands, how far a campaign is, and whose it is.
import { campaignStates, itemFlags } from '#shared/model/campaign.ts';
import { itemStates } from '#shared/model/campaign-view.ts';
import { byKey } from '../texts/by-key.ts';
import { text } from '../texts/text.ts';

export type CampaignWords = { label: string; meaning: string };

/** A flag, and in one line when it is set. */
export const flagWords = byKey(itemFlags, (flag): CampaignWords => ({
  label: text(`campaigns:flag.${flag}.label`),
  meaning: text(`campaigns:flag.${flag}.meaning`),
}));

export const itemStateWords = byKey(itemStates, (state): CampaignWords => ({
  label: text(`campaigns:itemState.${state}.label`),
  meaning: text(`campaigns:itemState.${state}.meaning`),
}));

export const campaignStateWords = byKey(campaignStates, (state): CampaignWords => ({
  label: text(`campaigns:state.${state}.label`),
  meaning: text(`campaigns:state.${state}.meaning`),
}));

export const campaignRoles = ['opened', 'taken'] as const;
export type CampaignRole = (typeof campaignRoles)[number];

/** opened: its population was frozen here · taken: some of its items came as a file. */
export const roleWords = byKey(campaignRoles, (role): CampaignWords => ({
  label: text(`campaigns:role.${role}.label`),
  meaning: text(`campaigns:role.${role}.meaning`),
}));

export const triStateWords = byKey(['yes', 'no', 'unknown'] as const, (state) =>
  text(`campaigns:triState.${state}`),
);

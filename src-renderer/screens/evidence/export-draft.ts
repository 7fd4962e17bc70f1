// What is said about a pack before its export, and what of it cannot be used as it is.
import { usualCampaigns, type CampaignChoice, type CampaignsWish } from '#shared/model/pack-campaigns.ts';
import type { RedactionProfile } from '#shared/model/redaction.ts';
import { profileOf, usualProfile, type ProfileDraft } from '../../domain/profile-draft.ts';
import {
  emptySamplingDraft,
  samplingWishOf,
  type SamplingDraft,
  type SamplingWish,
} from '../../domain/sampling-draft.ts';
import { text } from '../../texts/text.ts';

export type ExportDraft = {
  retention: string;
  samples: boolean;
  sampling: SamplingDraft;
  campaigns: CampaignsDraft;
  redacts: boolean;
  profile: ProfileDraft;
};

/** The ids are kept while another choice is tried out. */
export type CampaignsDraft = { choice: CampaignChoice; ids: readonly string[] };

export const noParticulars: ExportDraft = {
  retention: '',
  samples: false,
  sampling: emptySamplingDraft,
  campaigns: { choice: usualCampaigns.choice, ids: [] },
  redacts: false,
  profile: usualProfile,
};

export type ExportWish = {
  retention?: string;
  sampling?: SamplingWish;
  campaigns?: CampaignsWish;
  redact?: RedactionProfile;
};

/** Null while campaigns are to be chosen, and none is. */
export function campaignsWishOf({ choice, ids }: CampaignsDraft): CampaignsWish | null {
  if (choice !== 'chosen') return { choice };
  return ids.length === 0 ? null : { choice, campaigns: [...ids] };
}

/** Null while something chosen is not complete. */
export function exportWishOf(draft: ExportDraft): ExportWish | null {
  if (exportFaults(draft).length > 0) return null;
  const retention = draft.retention.trim();
  const sampling = draft.samples ? samplingWishOf(draft.sampling) : null;
  const campaigns = campaignsWishOf(draft.campaigns);
  const redact = draft.redacts ? profileOf(draft.profile) : null;
  return {
    ...(retention !== '' && { retention }),
    ...(sampling !== null && { sampling }),
    ...(campaigns !== null && campaigns.choice !== usualCampaigns.choice && { campaigns }),
    ...(redact !== null && { redact }),
  };
}

/** One sentence for each part that cannot be used. */
export function exportFaults({ samples, sampling, campaigns, redacts, profile }: ExportDraft): string[] {
  return [
    ...(samples && samplingWishOf(sampling) === null ? [text('evidence:fault.sample')] : []),
    ...(campaignsWishOf(campaigns) === null ? [text('evidence:fault.campaigns')] : []),
    ...(redacts && profileOf(profile) === null ? [text('evidence:fault.redaction')] : []),
  ];
}

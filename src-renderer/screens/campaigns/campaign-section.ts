// What every section of a campaign is given.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import type { CampaignPlace } from './campaign-place.ts';

export type SectionProps = {
  campaign: CampaignStatus;
  onGo: (place: CampaignPlace) => void;
};

// data/campaigns.jsonl and data/campaign-items.jsonl: access reviews, where the workspace opened any.
import { definePart, type PayloadPart } from '../payload-part.ts';
import {
  campaignItemLine,
  campaignLine,
  type CampaignItemLine,
  type CampaignLine,
} from './campaign-lines.ts';

export const campaignsPart: PayloadPart<CampaignLine> = definePart({
  name: 'data/campaigns.jsonl',
  line: campaignLine,
  isOptional: true,
  from: ({ campaigns }) => (campaigns === undefined || campaigns.count === 0 ? null : campaigns.lines()),
});

/** In the order of the campaigns, then of the keys. */
export const campaignItemsPart: PayloadPart<CampaignItemLine> = definePart({
  name: 'data/campaign-items.jsonl',
  line: campaignItemLine,
  isOptional: true,
  from: ({ campaigns }) => (campaigns === undefined || campaigns.count === 0 ? null : campaigns.items()),
});

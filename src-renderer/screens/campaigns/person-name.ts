// What somebody is called in a campaign.
import type { CampaignDefinition } from '#shared/model/campaign.ts';

/** The id itself where it is none of the people. */
export const nameOf = ({ people }: Pick<CampaignDefinition, 'people'>, id: string): string =>
  people.find((person) => person.id === id)?.name ?? id;

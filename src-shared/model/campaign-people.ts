// What somebody is called in a campaign.
import type { CampaignDefinition } from './campaign.ts';

/** The name a definition gives somebody; the id itself where it is none of its people. */
export const nameOf = ({ people }: Pick<CampaignDefinition, 'people'>, id: string): string =>
  people.find((person) => person.id === id)?.name ?? id;

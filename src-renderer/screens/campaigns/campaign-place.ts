// The places of the campaigns: the list and what goes across campaigns, or one campaign and one of its sections.

export const overallSections = ['list', 'calendar', 'daily'] as const;
export type OverallSection = (typeof overallSections)[number];

export const campaignSections = [
  'about',
  'population',
  'items',
  'people',
  'files',
  'conflicts',
  'samples',
  'remediation',
  'difference',
  'closing',
] as const;
export type CampaignSection = (typeof campaignSections)[number];

export type CampaignPlace =
  | { at: 'overall'; section: OverallSection }
  | { at: 'new' }
  | { at: 'campaign'; id: string; section: CampaignSection };

/** `ID/items` → the items of one campaign; an address that names nothing known leads to the list, or to the definition. */
export function placeAt(rest: string): CampaignPlace {
  const [first = '', second = ''] = rest.split('/').map((part) => decodeURIComponent(part));
  const overall = overallSections.find((section) => section === first);
  if (first === '' || overall !== undefined) return { at: 'overall', section: overall ?? 'list' };
  if (first === 'new') return { at: 'new' };
  const section = campaignSections.find((name) => name === second) ?? 'about';
  return { at: 'campaign', id: first, section };
}

/** The address of a place behind the screen; {@link placeAt} reads it back. */
export function restOf(place: CampaignPlace): string {
  if (place.at === 'overall') return place.section;
  if (place.at === 'new') return 'new';
  return `${encodeURIComponent(place.id)}/${place.section}`;
}

// Whether a later population can say at all that a right is gone: one of something else, or of nothing, holds none of them either. Pure.
import type { CampaignScope } from '#shared/model/campaign.ts';

export type LaterPopulation = {
  readonly from: CampaignScope['from'];
  /** How many items it holds. */
  readonly laterItems: number;
  /** Frozen items of the campaign that were neither to be revoked nor modified, and how many of them it holds. */
  readonly others: number;
  readonly othersFound: number;
};

/** Why what it does not hold may be there all the same, as a sentence; null where nothing speaks for that. */
export function recheckDoubt({ from, laterItems, others, othersFound }: LaterPopulation): string | null {
  if (from === 'file' && laterItems === 0)
    return 'The file holds no row at all, so it does not show what is there.';
  if (others === 0)
    return from === 'file'
      ? 'All rights of the campaign were to go, so nothing shows that this file is of the same rights, and written the same way.'
      : null;
  if (from === 'file' && othersFound > 0 && othersFound * 2 < others)
    return `The file holds only ${othersFound} of the ${others} rights that were not to go, so it may be a part of the list, or written otherwise.`;
  if (othersFound > 0) return null;
  return others === 1
    ? 'The one right that was not to go is missing, too, so this may be another population, or one written otherwise.'
    : `None of the ${others} rights that were not to go is in it either, so this may be another population, or one written otherwise.`;
}

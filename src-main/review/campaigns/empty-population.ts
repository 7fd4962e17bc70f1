// A population with nothing in it: a reason not to open the campaign, because nobody decides about anything.
import type { CampaignOpenedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';

/**
 * What goes on record about an empty population: nothing where there are items.
 * @param reason why the campaign opens all the same
 * @throws Problem `refused` where there is nothing and no reason
 */
export function requireContents(
  items: number,
  reason: string | undefined,
): Pick<CampaignOpenedPayload, 'emptyBecause'> {
  if (items > 0) return {};
  const given = reason?.trim().toWellFormed() ?? '';
  if (given !== '') return { emptyBecause: given };
  throw new Problem(
    'refused',
    'The population is empty: scope, filters and period leave nothing to decide about. The campaign was not opened.',
    {
      next: 'Look whether they are meant so, or open the campaign with a reason why nothing is to be reviewed.',
    },
  );
}

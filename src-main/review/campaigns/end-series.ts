// The end of a series: nothing more is expected after its newest campaign.
import type { campaignSeriesEndedPayload } from '#shared/model/campaign-entries.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireReason } from './discard-draft.ts';
import { isOwner } from './reviewer-of-record.ts';
import { followersOf } from './same-series.ts';

/**
 * Puts on record that no further campaign of a series is expected; the calendar then names none.
 * @throws Problem `refused` for anybody but the owner, and for a campaign that is not the newest of a series
 */
export function endSeries(
  ledger: Ledger,
  request: { readonly campaign: string; readonly reason: string },
): CampaignRecord {
  const { campaign } = request;
  const reason = requireReason(request.reason);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = campaignOf(state, campaign);
    if (!isOwner(state, record, reviewer.id))
      throw new Problem('refused', 'Only the owner of a campaign ends its series. Nothing was recorded.', {
        next: `Leave it to ${nameOf(record.definition, record.definition.owner)}.`,
      });
    assertNewest(record, followersOf(state.campaigns.byId.values()).get(campaign));
    const payload: z.input<typeof campaignSeriesEndedPayload> = { campaign, reason, byName: reviewer.name };
    return [{ type: 'campaign-series-ended', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}

function assertNewest(
  { opened, definition, seriesEnded }: CampaignRecord,
  follower: CampaignRecord | undefined,
): void {
  if (opened === null)
    throw new Problem(
      'refused',
      'A series ends with a campaign that was opened here. Nothing was recorded.',
      {
        next: 'Discard a draft that is not to be opened (countersign campaign discard).',
      },
    );
  if (definition.recurrence === null)
    throw new Problem('refused', 'This campaign does not come again, so nothing of its series is expected.');
  if (seriesEnded !== null)
    throw new Problem('refused', 'This series was ended already. Nothing was recorded.');
  if (follower !== undefined)
    throw new Problem(
      'refused',
      `The series went on with “${follower.definition.name}”. Nothing was recorded.`,
      { next: `End it there (countersign campaign end-series ${follower.id}).` },
    );
}

// A draft that is not to be opened any more: it stays on record, and nobody is reminded of it.
import type { campaignDiscardedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireDraft } from './define-campaign.ts';
import { isOwner } from './reviewer-of-record.ts';

/**
 * Discards a draft for good.
 * @throws Problem `refused` for anybody but its owner, and once it was opened; `invalid-input` without a reason
 */
export function discardDraft(
  ledger: Ledger,
  request: { readonly campaign: string; readonly reason: string },
): CampaignRecord {
  const { campaign } = request;
  const reason = requireReason(request.reason);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireDraft(campaignOf(state, campaign));
    if (!isOwner(state, record, reviewer.id))
      throw new Problem('refused', 'Only the owner of a campaign discards its draft. Nothing was recorded.', {
        next: 'Leave it to the owner, or name somebody else as the owner.',
      });
    const payload: z.input<typeof campaignDiscardedPayload> = { campaign, reason, byName: reviewer.name };
    return [{ type: 'campaign-discarded', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}

/** @throws Problem `invalid-input` */
export function requireReason(given: string): string {
  const reason = given.toWellFormed().trim();
  if (reason !== '') return reason;
  throw new Problem('invalid-input', 'A reason is needed. Nothing was recorded.', {
    next: 'Say why, in a sentence.',
  });
}

// Items that people decided differently in one stage: everything they decided stays, and somebody says which one stands.
import type { CampaignConflict } from '#shared/model/campaign-files.ts';
import type { campaignConflictClosedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { mayActAs } from './act-as.ts';
import { campaignOf } from './campaign-state.ts';
import { conflictAt, conflictsInCampaign } from './conflicts-in-campaign.ts';
import { isOwnItem } from './own-names.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { walkSteps } from './walk-steps.ts';

/** Open conflicts first, then closed ones; each in the order of keys and stages. */
export async function listConflicts(state: LedgerState, campaign: string): Promise<CampaignConflict[]> {
  const record = campaignOf(state, campaign);
  const identities = campaignIdentities(state.independence.identities, record.definition);
  return walkSteps(conflictsInCampaign(record, identities));
}

export type CloseCampaignConflict = {
  readonly campaign: string;
  readonly item: string;
  readonly stage: number;
  /** Id of the decision that stands; the one the policy takes when absent. */
  readonly stands?: string | undefined;
  readonly note: string;
};

/**
 * Puts on record which of several decisions stands, and why. None of them is taken away.
 * @throws Problem `not-found`, `refused` for whoever is the item’s subject or none of the people of the campaign, `invalid-input` without a note
 */
export function closeCampaignConflict(ledger: Ledger, request: CloseCampaignConflict): CampaignConflict {
  const { campaign, item, stage } = request;
  const note = request.note.toWellFormed().trim();
  if (note === '')
    throw new Problem('invalid-input', 'A conflict is closed with a note. Nothing was recorded.', {
      next: 'Say in a sentence why the decision you choose stands.',
    });
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = campaignOf(state, campaign);
    const identities = campaignIdentities(state.independence.identities, record.definition);
    const conflict = conflictAt(record, identities, item, stage);
    if (conflict === null) throw noConflict();
    if (record.opened === null || record.state !== 'open')
      throw new Problem(
        'refused',
        'Conflicts are closed while the campaign is open, in the workspace that opened it. Nothing was recorded.',
      );
    if (isOwnItem(record, identities, reviewer.id, conflict.subject))
      throw new Problem(
        'refused',
        'This right is your own, so somebody else says which decision about it stands. Nothing was recorded.',
      );
    const { people } = record.definition;
    if (!people.some(({ id }) => mayActAs(state.keys, identities, { person: id, reviewer: reviewer.id })))
      throw new Problem(
        'refused',
        'Which decision stands is for the people of the campaign to say, and you are none of them. Nothing was recorded.',
        { next: 'Leave it to the owner of the campaign.' },
      );
    const stands = request.stands ?? conflict.opinions.find((opinion) => opinion.stands)!.decision;
    if (!conflict.opinions.some(({ decision }) => decision === stands))
      throw new Problem(
        'invalid-input',
        'The decision that is to stand is none of those in conflict. Nothing was recorded.',
      );
    const payload: z.input<typeof campaignConflictClosedPayload> = {
      campaign,
      item,
      stage,
      stands,
      note,
      byName: reviewer.name,
    };
    return [{ type: 'campaign-conflict-closed', subject: item, actor: reviewer.id, payload }];
  });
  const state = ledger.state();
  const record = campaignOf(state, campaign);
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const closed = conflictAt(record, identities, item, stage);
  if (closed === null) throw noConflict();
  return closed;
}

const noConflict = (): Problem =>
  new Problem(
    'not-found',
    'Nobody decided this item differently from somebody else in this stage. Nothing was recorded.',
  );

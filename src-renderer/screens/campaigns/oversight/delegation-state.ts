// Whether a delegation is in force, and how one is asked for in whole days.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import type { Delegation } from '#shared/model/campaign.ts';

export type DelegationState = 'later' | 'now' | 'ended';

export function stateOfDelegation(
  { validFrom, validTo }: Pick<Delegation, 'validFrom' | 'validTo'>,
  nowMs: number,
): DelegationState {
  if (nowMs < Date.parse(validFrom)) return 'later';
  return nowMs < Date.parse(validTo) ? 'now' : 'ended';
}

const order: readonly DelegationState[] = ['now', 'later', 'ended'];

/** Those in force first, then those to come, then what is over; with a campaign all of them are. Of each the newest first. */
export function inOrder(
  { delegations, state: campaign }: Pick<CampaignStatus, 'delegations' | 'state'>,
  nowMs: number,
): { delegation: CampaignStatus['delegations'][number]; state: DelegationState; place: number }[] {
  const isOver = campaign === 'closed' || campaign === 'closed-incomplete';
  return delegations
    .map((delegation, place) => {
      const state: DelegationState = isOver ? 'ended' : stateOfDelegation(delegation, nowMs);
      return { delegation, state, place };
    })
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.place - a.place);
}

export type DelegationDraft = {
  readonly from: string;
  readonly to: string;
  /** Local days, both included; empty while they are not chosen. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly reason: string;
};

export type DelegationFault = 'same' | 'backwards' | 'past';

/** What is wrong with what was chosen so far. @param today the local day; a delegation counts from now on at the earliest */
export function faultOf(
  { from, to, firstDay, lastDay }: DelegationDraft,
  today: string,
): DelegationFault | null {
  if (from !== '' && from === to) return 'same';
  if (firstDay !== '' && lastDay !== '' && lastDay < firstDay) return 'backwards';
  return lastDay !== '' && lastDay < today ? 'past' : null;
}

export const isWhole = (draft: DelegationDraft, today: string): boolean =>
  faultOf(draft, today) === null &&
  [draft.from, draft.to, draft.firstDay, draft.lastDay, draft.reason.trim()].every((part) => part !== '');

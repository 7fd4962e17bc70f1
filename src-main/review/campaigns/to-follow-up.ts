// Which rights a campaign came to take away: what its decisions say is to be revoked or modified. Pure, so that verifiers do the same.
import type { Identities } from '../aliases.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { standingOf } from './standing.ts';

/** A right whose decision stands, and is to revoke or modify it. */
export type ToFollowUp = {
  readonly item: string;
  readonly outcome: 'revoke' | 'modify';
  /** The decision it comes from: the last final one that stands. */
  readonly decision: DecidedItem;
};

/** Every right that is to be revoked or modified, in the order of keys. */
export function toFollowUp(record: CampaignRecord, identities: Identities): ToFollowUp[] {
  return [...record.decisions.keys()].toSorted().flatMap((item) => {
    const { subject } = record.decisions.get(item)![0]!;
    const { outcome, decisions } = standingOf(record, { key: item, subject }, identities);
    if (outcome !== 'revoke' && outcome !== 'modify') return [];
    const decision = decisions.findLast((one) => one?.decision === outcome) ?? null;
    return decision === null ? [] : [{ item, outcome, decision }];
  });
}

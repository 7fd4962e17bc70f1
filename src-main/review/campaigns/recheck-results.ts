// What a later population says about rights that were to go: removed, still there, granted anew, or nothing. Pure.
import type { CampaignIpe, CampaignItem } from '#shared/model/campaign.ts';
import type { RecheckResult } from '#shared/model/campaign-follow-up.ts';
import type { CampaignRecord } from './campaign-state.ts';
import type { ToFollowUp } from './to-follow-up.ts';

export type Recheck = {
  readonly record: Pick<CampaignRecord, 'definition' | 'rechecks'>;
  /** The rights that were to go, by key. */
  readonly needed: ReadonlyMap<string, ToFollowUp>;
  /** Those of them in the frozen population, and in the later one. */
  readonly earlier: ReadonlyMap<string, CampaignItem>;
  readonly later: ReadonlyMap<string, CampaignItem>;
  readonly ipe: Pick<CampaignIpe, 'reservations'>;
  /** When the later population was read, for the sentences. */
  readonly readAt: string;
  /** Why what the later population does not hold may be there all the same, as a sentence. */
  readonly doubt: string | null;
  /** Of the rights that were to stay how many there were, and how many of them the later population holds. */
  readonly stayed: { readonly others: number; readonly othersFound: number };
  /** Whether the later population holds a right that differs from this one only in how it is written. */
  readonly isWrittenOtherwise: (item: string) => boolean;
};

/** One result for every right, in the order of keys. */
export function judgeRecheck(recheck: Recheck): RecheckResult[] {
  const { needed, record } = recheck;
  const wasRemoved = new Map<string, number>();
  for (const { number, results } of record.rechecks)
    for (const { item, state } of results) if (state === 'verified-removed') wasRemoved.set(item, number);
  return [...needed.values()]
    .toSorted((a, b) => (a.item < b.item ? -1 : 1))
    .map((one) => {
      const { subject, entitlement, resource } = one.decision;
      return {
        item: one.item,
        subject,
        entitlement,
        resource,
        ...judge(recheck, one, wasRemoved.get(one.item)),
      };
    });
}

type Judged = Pick<RecheckResult, 'state' | 'because'>;

function judge(recheck: Recheck, { item }: ToFollowUp, removedIn: number | undefined): Judged {
  const { later, earlier, readAt } = recheck;
  const now = later.get(item);
  if (now === undefined) return judgeAbsent(recheck, item);
  const there = `The population read at ${readAt} holds it`;
  if (removedIn !== undefined)
    return { state: 're-granted', because: `${there}, and re-check ${removedIn} had found it removed.` };
  const before = earlier.get(item)?.grantedAt ?? null;
  if (before !== null && now.grantedAt !== null && now.grantedAt !== before)
    return {
      state: 're-granted',
      because: `${there}, granted at ${now.grantedAt}; when the campaign was opened it was one granted at ${before}.`,
    };
  return { state: 'still-present', because: `${there}.` };
}

/** What is not found is gone only where everything there is was seen. */
function judgeAbsent(recheck: Recheck, item: string): Judged {
  const { record, ipe, readAt, doubt } = recheck;
  if (record.definition.scope.from === 'activity')
    return {
      state: null,
      because: `It was not used in the later activity, read at ${readAt}; that nobody used it does not show that it is gone.`,
    };
  const reservation = doubt ?? ipe.reservations?.[0];
  if (reservation !== undefined)
    return { state: null, because: `It was not found at ${readAt}, but: ${reservation}` };
  if (recheck.isWrittenOtherwise(item))
    return {
      state: null,
      because: `It was not found at ${readAt} as it was frozen, but one that differs from it only in how its names are written is there.`,
    };
  return {
    state: 'verified-removed',
    because: `The population read at ${readAt} does not hold it any more.${notSeen(recheck)}`,
  };
}

/** What an auditor weighs beside that. */
function notSeen({ record, stayed: { others, othersFound } }: Recheck): string {
  const { scope } = record.definition;
  const missing = othersFound < others;
  const isSieved = scope.from !== 'activity' && scope.filters.length > 0;
  return [
    missing ? ` Of the ${others} rights that were not to go it holds ${othersFound}.` : '',
    isSieved ? ' Rows that the filters leave out were not looked at.' : '',
  ].join('');
}

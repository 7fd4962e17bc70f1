// The rules of deciding items, known before anything is asked: what needs a reason, which place a decision takes, what comes next.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { CampaignItemDetail, ListedItem } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { ItemChoice } from '../../../state/campaign-items-view.ts';

/** Everything but the certification of one item that is known not to be privileged and about which no rule suggests otherwise. */
export function isReasonNeeded(
  decision: DecisionKind,
  items: readonly Pick<ListedItem, 'privileged' | 'suggestion'>[],
): boolean {
  const [item] = items;
  if (decision !== 'certify' || items.length !== 1 || item === undefined) return true;
  return item.privileged !== 'no' || (item.suggestion !== null && item.suggestion.decision !== decision);
}

/**
 * The stage somebody decides an item in, and what stands there: the one it is in where it is theirs, else the latest before it in
 * which they decided. Null where that cannot be told here, because they are known to the campaign by another id.
 */
export function placeOf(
  { item, decisions }: Pick<CampaignItemDetail, 'item' | 'decisions'>,
  reviewer: string | null,
): { stage: number; standing: string | null } | null {
  const isTheirs = [item.ofRecord, item.acting].some((person) => person?.id === reviewer);
  if (isTheirs) return { stage: item.stage, standing: item.decision };
  const corrected = decisions
    .filter(({ stands, stage }) => stands && stage <= item.stage)
    .filter((made) => made.reviewer === reviewer || made.ofRecord === reviewer)
    .toSorted((a, b) => b.stage - a.stage)[0];
  return corrected === undefined ? null : { stage: corrected.stage, standing: corrected.id };
}

/** Whether an item that was just decided is none of those asked for any more. */
export function hasLeft(before: ListedItem, now: ListedItem, { state, isMine }: ItemChoice): boolean {
  if (state !== 'all' && now.state !== state) return true;
  const isWithOthers = now.acting?.id !== before.acting?.id && now.ofRecord?.id !== before.ofRecord?.id;
  return isMine && isWithOthers;
}

/** The item after the last of these, else the one before the first; null where there is no other. */
export function nextAfter(order: readonly string[], decided: ReadonlySet<string>): string | null {
  const last = order.findLastIndex((key) => decided.has(key));
  if (last === -1) return null;
  const after = order.slice(last + 1).find((key) => !decided.has(key));
  return after ?? order.slice(0, last).findLast((key) => !decided.has(key)) ?? null;
}

/** Open items of the same right and type of subject that nobody has to look at by themselves; the workstation has the last word. */
export function mayJoin(
  item: Pick<ListedItem, 'entitlement' | 'subjectType' | 'state' | 'privileged' | 'flags'>,
  like: Pick<CampaignItem, 'entitlement' | 'subjectType'>,
): boolean {
  return (
    item.entitlement === like.entitlement &&
    item.subjectType === like.subjectType &&
    item.state === 'open' &&
    item.privileged === 'no' &&
    item.flags.every(({ is }) => is !== 'yes')
  );
}

// What one decision on several items may cover: only what is alike, and only what nobody has to look at by itself.
import type { CampaignItem } from '#shared/model/campaign.ts';
import { bulkCap } from '../bulk-preview.ts';

export const bulkRefusals = [
  'unknown',
  'own',
  'not-yours',
  'not-open',
  'privileged',
  'flagged',
  'other-entitlement',
  'other-type',
  'beyond-cap',
] as const;

export type BulkRefusal = {
  readonly key: string;
  readonly why: (typeof bulkRefusals)[number];
  readonly sentence: string;
};

/** Why an item has to be decided by itself, whatever the others are; null where it need not. */
export function refusalAlone(item: CampaignItem): BulkRefusal | null {
  const { key } = item;
  if (item.privileged === 'yes')
    return { key, why: 'privileged', sentence: 'It is privileged, so it is decided by itself.' };
  if (item.privileged === 'unknown')
    return {
      key,
      why: 'privileged',
      sentence: 'Nobody knows whether it is privileged, so it is decided by itself.',
    };
  const flag = item.flags.find(({ is }) => is === 'yes');
  return flag === undefined
    ? null
    : {
        key,
        why: 'flagged',
        sentence: `It is flagged (${flag.flag}: ${flag.because}), so it is decided by itself.`,
      };
}

type AlikeItem = Pick<CampaignItem, 'key' | 'entitlement' | 'subjectType'>;

/** Why an item does not go together with the first one, or is one too many. */
export function refusalTogether(first: AlikeItem, item: AlikeItem, included: number): BulkRefusal | null {
  const { key } = item;
  if (item.entitlement !== first.entitlement)
    return {
      key,
      why: 'other-entitlement',
      sentence: 'It is another entitlement than that of the first item.',
    };
  if (item.subjectType !== first.subjectType)
    return {
      key,
      why: 'other-type',
      sentence: 'Its subject is of another type than that of the first item.',
    };
  if (included >= bulkCap)
    return { key, why: 'beyond-cap', sentence: `At most ${bulkCap} items are decided together.` };
  return null;
}

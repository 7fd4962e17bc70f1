// What names an item in every campaign, and what a decision on it is bound to.
import type { CampaignDefinition, CampaignItem } from '#shared/model/campaign.ts';
import { sha256Hex } from '../../evidence/digest.ts';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import type { CampaignRecord } from './campaign-state.ts';

/** First 32 hex digits of SHA-256 over subject, entitlement and resource, each followed by a zero byte; no resource is an empty one. */
export function itemKey(subject: string, entitlement: string, resource: string | null): string {
  return sha256Hex(`${subject}\0${entitlement}\0${resource ?? ''}\0`).slice(0, 32);
}

/** The hash of the frozen population a campaign is about, also where only some of its items came here; null for a draft. */
export function populationHashOf(record: CampaignRecord): string | null {
  return record.opened?.ipe.sha256 ?? record.taken.at(-1)?.populationSha256 ?? null;
}

/**
 * SHA-256 of exactly what a reviewer is shown of an item: the campaign, the population it is from, the frozen item with its
 * flags, and what its entitlement means in plain words. The same in the workspace of whoever handed the item out and of
 * whoever decides it.
 */
export function itemDigest(record: CampaignRecord, item: CampaignItem): string {
  return sha256Hex(
    canonicalJson({
      campaign: record.id,
      population: populationHashOf(record),
      item,
      meaning: meaningOf(record.definition, item.entitlement),
    }),
  );
}

/** What an entitlement means in plain words; null where nobody said. */
export function meaningOf({ meanings }: CampaignDefinition, entitlement: string): string | null {
  return Object.hasOwn(meanings, entitlement) ? (meanings[entitlement] ?? null) : null;
}

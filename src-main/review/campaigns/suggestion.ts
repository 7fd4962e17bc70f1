// What the rules suggest about an item, with the rule and what it looked at. A suggestion is never chosen for anybody.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { DecisionKind } from '#shared/model/review.ts';

export type Suggestion = {
  readonly decision: DecisionKind;
  /** The rule, by the name of its flag. */
  readonly rule: CampaignItem['flags'][number]['flag'];
  readonly because: string;
};

/** The strongest first. */
const suggesting = ['orphaned', 'dormant', 'peer-outlier'] as const;

/** Null where no rule that suggests anything came to yes. */
export function suggestionFor({ flags }: Pick<CampaignItem, 'flags'>): Suggestion | null {
  for (const rule of suggesting) {
    const found = flags.find(({ flag, is }) => flag === rule && is === 'yes');
    if (found) return { decision: 'revoke', rule, because: found.because };
  }
  return null;
}

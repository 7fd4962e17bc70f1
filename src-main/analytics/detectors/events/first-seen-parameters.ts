// When a first time is surprising enough to be listed: the numbers of detector first_seen.
import type { NoveltyParameters } from './novelty.ts';

export interface FirstSeenParameters extends NoveltyParameters {
  /** As maximumValues, for the actions of a whole source account. */
  readonly maximumAccountActions: number;
}

export const firstSeenParameters: FirstSeenParameters = {
  minimumKnownDays: 14,
  minimumActiveDays: 7,
  maximumValues: 60,
  maximumAccountActions: 500,
  dailyDecay: 0.95,
  probability: 0.05,
};

// What rare_time may be told, and what it does unless told.

export interface RareTimeParameters {
  /** Days before the judged day that say what is usual. */
  readonly windowDays: number;
  /** The actor's first event must lie this many days before the judged day. */
  readonly knownDays: number;
  readonly minimumEvents: number;
  /** Listed at or below this share of the actor's events. */
  readonly share: number;
  /** How likely so few active hours may be for somebody who is active around the clock. */
  readonly chance: number;
  /** On more than this share of their active days in hours as rare: such hours are usual after all. One day is always allowed. */
  readonly rareDayShare: number;
  /** An episode of fewer events is listed only when one of them is privileged. */
  readonly minimumCount: number;
}

export const rareTimeParameters: RareTimeParameters = {
  windowDays: 90,
  knownDays: 14,
  minimumEvents: 50,
  share: 0.01,
  chance: 0.01,
  rareDayShare: 0.05,
  minimumCount: 3,
};

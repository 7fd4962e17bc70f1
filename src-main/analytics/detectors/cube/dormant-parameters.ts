// What dormant may be told, and what it does unless told.

export interface DormantParameters {
  /** Whole days without an event, as 24 hours each. */
  readonly silenceDays: number;
  /** Days up to the last event before the silence that tell what pauses were like before. */
  readonly pastDays: number;
  /** A shorter absence that is long for this actor; null lists only the long ones. */
  readonly unlikeThem: {
    readonly silenceDays: number;
    /** How many times the actor's longest pause before. */
    readonly timesLongestPause: number;
    /** Active days there must have been before it, for an absence to be unlike them. */
    readonly activeDays: number;
  } | null;
}

export const dormantParameters: DormantParameters = {
  silenceDays: 90,
  pastDays: 90,
  unlikeThem: { silenceDays: 30, timesLongestPause: 5, activeDays: 7 },
};

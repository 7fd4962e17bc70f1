// What gap may be told, and what it does unless told.

export interface GapParameters {
  /** Days before a judged day whose same hours of the week say what is usual. */
  readonly windowDays: number;
  /** Listed from this surprise: −log10 of the chance of so few events. */
  readonly threshold: number;
  /** A source with fewer events in the window is not judged. */
  readonly minimumEvents: number;
  /** Hours of the window that must be known of the same hour of the week. */
  readonly minimumWeeks: number;
  /** Limits of the dispersion. */
  readonly dispersionFloor: number;
  readonly dispersionCeiling: number;
  /** A stretch begins and ends with hours in which at least this part of the average hour was usual. */
  readonly expectedShare: number;
  /** Silence up to the as-of: from this long, and from so many usual spacings between two events. */
  readonly silentMinutes: number;
  readonly silentSpacings: number;
}

export const gapParameters: GapParameters = {
  windowDays: 28,
  threshold: 4,
  minimumEvents: 100,
  minimumWeeks: 2,
  dispersionFloor: 0.02,
  dispersionCeiling: 2,
  expectedShare: 0.1,
  silentMinutes: 15,
  silentSpacings: 20,
};

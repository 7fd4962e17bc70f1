// The numbers of the series judgement. Changing one changes answers, so the version changes with it.

export interface SeriesParameters {
  /** Surprise (−log10 of a chance) from which a point alerts, unless it is quiet. 2.87 is what three standard deviations are. */
  readonly threshold: number;
  /** A quiet point alerts nevertheless when its surprise exceeds that of the last alert by more than this. */
  readonly rise: number;
  /** How long an alert keeps further ones quiet. */
  readonly quietSeconds: number;
  /** Most recent points every comparison is made with. */
  readonly historyPoints: number;
  /** Nothing is judged before a comparison has this many points. */
  readonly learningPoints: number;
  /** Part of the history that counts as its tail. */
  readonly tailShare: number;
  /** Tail index supposed before anything is known, and how many observations that supposition weighs. */
  readonly priorTailIndex: number;
  readonly priorWeight: number;
  /** Length, in points, of the stretch whose mean is compared with the season and with what came before. */
  readonly stretchPoints: number;
  /** Length, in points, of what came before, and of the stretch in which deviations are added up. */
  readonly longStretchPoints: number;
  /** Earlier days, and earlier weeks, the season is the median of. */
  readonly dayCycles: number;
  readonly weekCycles: number;
  /** The week is the season when its mean error is below this part of the day's. */
  readonly weekAdvantage: number;
  /** An unchanged stretch is a flatline from this many points on, and from this many times the longest one known. */
  readonly flatlinePoints: number;
  readonly flatlineFactor: number;
}

export const seriesMethod = {
  id: 'series',
  version: 'series/1',
} as const;

/** Round numbers on a flat optimum: none of them was tuned to the last digit, and none needs to be. */
export const seriesDefaults: SeriesParameters = {
  threshold: 2.87,
  rise: 1,
  quietSeconds: 43_200,
  historyPoints: 4000,
  learningPoints: 150,
  tailShare: 0.02,
  priorTailIndex: 0.3,
  priorWeight: 50,
  stretchPoints: 12,
  longStretchPoints: 72,
  dayCycles: 7,
  weekCycles: 4,
  weekAdvantage: 0.8,
  flatlinePoints: 24,
  flatlineFactor: 3,
};

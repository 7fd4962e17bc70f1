// What drift may be told, and what it does unless told.

export interface DriftParameters {
  /** Weight of the newest day in the moving average. */
  readonly lambda: number;
  /** Control limit in standard deviations of the average. */
  readonly limitSigmas: number;
  /** Days before a day whose totals say what is usual for it. */
  readonly baselineDays: number;
  /** Days, the judged one among them, whose residuals are averaged. */
  readonly chartDays: number;
  /** Active days the baseline must have, and how many of them of the same class as the judged day. */
  readonly minimumActiveDays: number;
  readonly minimumClassDays: number;
  /** Days with a residual there must be on the chart. */
  readonly minimumChartedDays: number;
  /** A single day counts for at most so many deviations: one burst is not a drift. */
  readonly residualLimit: number;
  /** The deviation used is never smaller than this part of the usual total: a change of few per cent matters to nobody. */
  readonly smallestDeviationShare: number;
  readonly minimumCount: number;
  /** `both` also lists actors who do less and less. */
  readonly direction: 'up' | 'both';
}

export const driftParameters: DriftParameters = {
  lambda: 0.2,
  limitSigmas: 3,
  baselineDays: 42,
  chartDays: 28,
  minimumActiveDays: 14,
  minimumClassDays: 7,
  minimumChartedDays: 5,
  residualLimit: 3,
  smallestDeviationShare: 0.1,
  minimumCount: 3,
  direction: 'up',
};

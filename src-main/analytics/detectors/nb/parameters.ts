// What nb can be told, and what it assumes when nobody tells it.

export interface NbParameters {
  /** Days of baseline. It ends where the UTC day before the judged one begins, 24 to 48 hours before a judged hour. */
  readonly windowDays: number;
  /** Weight of the prior in hours: so many hours of a cell count as much as what its peers do. */
  readonly kappa: number;
  /** Events an hour that every prior expects at least, so that nothing is impossible. */
  readonly priorFloor: number;
  /** Baseline hours with an Anscombe residual above this count for less, … */
  readonly residualLimit: number;
  /**
   * … measured where an ordinary hour varies as λ + granted × λ²: a third more or less is nobody's outlier. By chance alone
   * (0) nearly every second hour of a busy service would be one, and the rest would make all of them alarms.
   */
  readonly grantedDispersion: number;
  readonly leastDispersion: number;
  readonly mostDispersion: number;
  /** Share of the peers' median in the dispersion used. */
  readonly peerShare: number;
  /** Fewest members for a group to be peers of their own; below, the whole account is. */
  readonly leastMembers: number;
  /** Listed from this surprise on, … */
  readonly threshold: number;
  /** … from this count on, … */
  readonly minimumCount: number;
  /** … and from slope × expected + offset on. */
  readonly countSlope: number;
  readonly countOffset: number;
  /** Cold start: days since the actor's first event, and baseline hours with events, below which nothing is judged. */
  readonly minimumDays: number;
  readonly minimumActiveHours: number;
  /** False discovery rate of the Benjamini–Hochberg label. */
  readonly falseDiscoveryRate: number;
}

/** Defaults of the design: 2.87 is the surprise of z = 3. */
export const nbParameters: NbParameters = {
  windowDays: 42,
  kappa: 4,
  priorFloor: 0.01,
  residualLimit: 2.58,
  grantedDispersion: 0.1,
  leastDispersion: 0.02,
  mostDispersion: 2,
  peerShare: 0.5,
  leastMembers: 5,
  threshold: 2.87,
  minimumCount: 3,
  countSlope: 1.5,
  countOffset: 2,
  minimumDays: 7,
  minimumActiveHours: 20,
  falseDiscoveryRate: 0.05,
};

/**
 * Single actions are judged by the same formulas, but every repetition counts in full and nothing is borrowed from peers:
 * that an action comes in runs is its habit, and says nothing against the hour; a total is steadier, and there a run does.
 */
export function forSingleActions(parameters: NbParameters): NbParameters {
  return { ...parameters, residualLimit: Infinity, peerShare: 0 };
}

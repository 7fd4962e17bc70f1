// What people's dispositions say about detectors: measured precision, and how far it moves a finding in the list.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { alwaysShows, deterministicDetectors, surpriseDetectors } from './suppress.ts';

/** A disposition and what it was about. Escalated is what this program takes for a confirmed true positive. */
export type Judged = {
  readonly detector: string;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly disposition: 'acknowledged' | 'false-positive' | 'escalated';
  readonly atMicroseconds: number;
};

export type Precision = {
  readonly detector: string;
  readonly sourceAccount: string;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** (TP + 1) / (TP + FP + 2): a half while nobody said anything. */
  readonly precision: number;
};

/** By detector and account, in this order. Acknowledged says neither the one nor the other. */
export function measurePrecision(judged: Iterable<Judged>): Precision[] {
  const groups = Map.groupBy(judged, ({ detector, sourceAccount }) =>
    JSON.stringify([detector, sourceAccount]),
  );
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => {
      const { detector, sourceAccount } = group[0]!;
      const { truePositives, falsePositives } = tally(group);
      const precision = laplace(truePositives, falsePositives);
      return { detector, sourceAccount, truePositives, falsePositives, precision };
    });
}

/** Precision with one success and one failure more than were seen (rule of succession). */
export function laplace(truePositives: number, falsePositives: number): number {
  return (truePositives + 1) / (truePositives + falsePositives + 2);
}

function tally(judged: readonly Judged[]): { truePositives: number; falsePositives: number } {
  return {
    truePositives: judged.filter(({ disposition }) => disposition === 'escalated').length,
    falsePositives: judged.filter(({ disposition }) => disposition === 'false-positive').length,
  };
}

/** What a finding weighs among those of its severity: score × (0.5 + precision). It orders lists and does nothing else. */
export function rankOf(score: number, precision: number): number {
  return score * (0.5 + precision);
}

export const memoryDays = 60;
export const falsePositivesNeeded = 5;
export const highestRise = 1;

/**
 * By how much S the threshold of one detector stands higher for one actor: up to {@link highestRise}, once at least
 * {@link falsePositivesNeeded} of its findings were called false within {@link memoryDays} and none was escalated; it falls
 * back evenly in the {@link memoryDays} after the last of these.
 * @param judged dispositions of that detector about that actor
 */
export function thresholdRise(judged: Iterable<Judged>, atMicroseconds: number): number {
  const fromMicroseconds = atMicroseconds - memoryDays * microsecondsPerDay;
  const recent = [...judged].filter(
    (one) =>
      one.atMicroseconds > fromMicroseconds &&
      one.atMicroseconds <= atMicroseconds &&
      surpriseDetectors.has(one.detector) &&
      !deterministicDetectors.has(one.detector),
  );
  const { truePositives, falsePositives } = tally(recent);
  if (truePositives > 0 || falsePositives < falsePositivesNeeded) return 0;
  const last = recent
    .filter(({ disposition }) => disposition === 'false-positive')
    .reduce((latest, one) => Math.max(latest, one.atMicroseconds), fromMicroseconds);
  return (highestRise * (last - fromMicroseconds)) / (atMicroseconds - fromMicroseconds);
}

/** Whether a finding would lie below a threshold raised by so much. What surprises beyond all doubt never does. */
export function isTunedDown(
  finding: { readonly detector: string; readonly score: number; readonly threshold: number },
  rise: number,
): boolean {
  return (
    surpriseDetectors.has(finding.detector) &&
    !alwaysShows(finding) &&
    finding.score < finding.threshold + rise
  );
}

/** Share of blind checks that turned out to be true after all; null while none was disposed of. */
export function missRate(disposed: number, escalated: number): number | null {
  return disposed === 0 ? null : escalated / disposed;
}

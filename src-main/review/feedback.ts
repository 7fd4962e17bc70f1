// What people made of findings, as the engine and the lists use it: confirmed hours, measured precision, order.
import { z } from 'zod';
import type { PrecisionReport } from '#shared/contract/detection.ts';
import type { Finding } from '#shared/model/finding.ts';
import { severityRank } from '#shared/model/severity.ts';
import { microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import type { ConfirmedHour } from '../analytics/confirmed-hours.ts';
import {
  isTunedDown,
  laplace,
  measurePrecision,
  missRate,
  rankOf,
  thresholdRise,
  type Judged,
} from '../analytics/precision.ts';
import { deterministicDetectors } from '../analytics/suppress.ts';
import type { DispositionRecord, LedgerState } from './projection.ts';

const shownFinding = z.object({
  detector: z.string(),
  actor: z.string(),
  start: z.string(),
  /** Absent in entries older than findings that last longer than an hour. */
  end: z.string().optional(),
});

type Disposed = DispositionRecord & { readonly judged: Judged; readonly about: z.infer<typeof shownFinding> };

function readDispositions({ dispositions }: LedgerState): Disposed[] {
  return [...dispositions.values()].flatMap((recorded) => {
    const about = shownFinding.safeParse(recorded.shown).data;
    if (!about || recorded.sourceAccount === null) return [];
    const { disposition, sourceAccount, at } = recorded;
    const { detector, actor } = about;
    const judged = { detector, sourceAccount, actor, disposition, atMicroseconds: parseInstant(at) };
    return [{ ...recorded, judged, about }];
  });
}

/** Ids of findings that count as confirmed true positives: somebody escalated them. */
export function confirmedFindings({ dispositions }: LedgerState): Set<string> {
  return new Set(
    [...dispositions].filter(([, { disposition }]) => disposition === 'escalated').map(([id]) => id),
  );
}

/** A finding about longer than a day does not name the hours in which it happened. */
const mostHours = 24;

/** Hours of escalated findings of named actors, for baselines to leave out. */
export function confirmedHours(state: LedgerState): ConfirmedHour[] {
  return readDispositions(state).flatMap(({ judged: { disposition, sourceAccount, actor }, about }) => {
    if (disposition !== 'escalated' || actor === '') return [];
    const from = Math.floor(parseInstant(about.start) / microsecondsPerHour);
    const to = about.end === undefined ? from + 1 : Math.ceil(parseInstant(about.end) / microsecondsPerHour);
    if (to - from > mostHours) return [];
    return Array.from({ length: to - from }, (_, place) => ({ sourceAccount, actor, hour: from + place }));
  });
}

/** Precision by detector and account, what is tuned down, and what blind checks found. */
export function measureFeedback(state: LedgerState, nowMicroseconds: number): PrecisionReport {
  const disposed = readDispositions(state);
  const judged = disposed.map((one) => one.judged);
  const tuned = [...Map.groupBy(judged, actorKey).values()].flatMap((group) => {
    const { detector, sourceAccount, actor } = group[0]!;
    const rise = thresholdRise(group, nowMicroseconds);
    const falsePositives = group.filter(({ disposition }) => disposition === 'false-positive').length;
    return rise > 0 ? [{ detector, sourceAccount, actor, falsePositives, thresholdRise: rise }] : [];
  });
  const blind = disposed.filter(({ blindCheckOf }) => blindCheckOf !== null);
  const escalated = blind.filter(({ disposition }) => disposition === 'escalated').length;
  return {
    detectors: measurePrecision(judged),
    tunedDown: tuned.toSorted((one, other) => (actorKey(one) < actorKey(other) ? -1 : 1)),
    blindChecks: { disposed: blind.length, escalated, missRate: missRate(blind.length, escalated) },
  };
}

type OfActor = Pick<Judged, 'detector' | 'sourceAccount' | 'actor'>;

function actorKey({ detector, sourceAccount, actor }: OfActor): string {
  return JSON.stringify([detector, sourceAccount, actor]);
}

const secondTier = 'z3';

/**
 * The second tier last, before it what is tuned down; then the most severe first, then by {@link rankOf}. Feedback moves
 * findings, and hides none; those of deterministic detectors it leaves where they are.
 */
export function orderByFeedback(
  findings: readonly Finding[],
  state: LedgerState,
  nowMicroseconds: number,
): Finding[] {
  const { detectors, tunedDown } = measureFeedback(state, nowMicroseconds);
  const measured = detectors.filter(({ detector }) => !deterministicDetectors.has(detector));
  const precisions = new Map(measured.map((one) => [keyOf(one), one.precision]));
  const rises = new Map(tunedDown.map((one) => [actorKey(one), one.thresholdRise]));
  const tierOf = (finding: Finding) =>
    finding.detector === secondTier ? 2 : isTunedDown(finding, rises.get(actorKey(finding)) ?? 0) ? 1 : 0;
  return findings
    .map((finding) => ({
      finding,
      tier: tierOf(finding),
      rank: rankOf(finding.score, precisions.get(keyOf(finding)) ?? laplace(0, 0)),
    }))
    .toSorted(
      (one, other) =>
        one.tier - other.tier ||
        severityRank(other.finding.severity) - severityRank(one.finding.severity) ||
        other.rank - one.rank ||
        (one.finding.id < other.finding.id ? -1 : 1),
    )
    .map(({ finding }) => finding);
}

const keyOf = ({ detector, sourceAccount }: Pick<Finding, 'detector' | 'sourceAccount'>): string =>
  JSON.stringify([detector, sourceAccount]);

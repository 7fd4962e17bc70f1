// Sums a score up into rows: by detector, by kind, by label, in total.
import { severities, type Severity } from '#shared/model/severity.ts';
import { quietById, type Label } from './incidents.ts';
import type { IncidentOutcome, JudgedHit, Score, Standing } from './score.ts';

export const precisionRule =
  'Precision = (alert + review + labelled) ÷ (alert + review + labelled + quiet) over hits: those about an incident to be found or an event labelled as worth an alert, against those about nothing but what should be left alone (expect quiet, labelled quiet, or taken for a kind it is not). Unlabelled hits are unknown, not clean, and count on neither side. Recall = incidents found ÷ incidents to be found.';

/** A share; null when there is nothing to divide by. */
export type Share = number | null;

export interface HitCounts {
  readonly hits: number;
  readonly alert: number;
  readonly review: number;
  readonly labelled: number;
  readonly quiet: number;
  readonly unlabelled: number;
  readonly precision: Share;
}

export interface Totals extends HitCounts {
  readonly cases: number;
  readonly hitsPerActorDay: Share;
  readonly casesPerActorDay: Share;
  readonly hitsPerDay: Share;
  /** Incidents found of those that expect it. */
  readonly alertsFound: string;
  readonly reviewsFound: string;
  readonly reviewsQueued: string;
  /** Incidents that should be quiet and are listed nevertheless. */
  readonly quietListed: string;
  /** Hits about incidents that are harmless in truth, whatever is expected of them. */
  readonly benignHits: number;
}

export interface Period {
  /** UTC days with events. */
  readonly days: number;
  /** Pairs of a named actor and a UTC day on which it did something. */
  readonly actorDays: number;
}

export function countHits(judged: readonly JudgedHit[]): HitCounts {
  const count = (standing: Standing) => judged.filter((hit) => hit.standing === standing).length;
  const [alert, review, labelled, quiet] = [
    count('alert'),
    count('review'),
    count('labelled'),
    count('quiet'),
  ];
  const right = alert + review + labelled;
  const unlabelled = count('unlabelled');
  return {
    hits: judged.length,
    alert,
    review,
    labelled,
    quiet,
    unlabelled,
    precision: share(right, right + quiet),
  };
}

export function totalsOf({ judged, outcomes, cases }: Score, { days, actorDays }: Period): Totals {
  const expecting = (expect: string) => outcomes.filter(({ incident }) => incident.expect === expect);
  const [alerts, reviews, quiet] = [expecting('alert'), expecting('review'), expecting('quiet')];
  return {
    ...countHits(judged),
    cases,
    hitsPerActorDay: share(judged.length, actorDays),
    casesPerActorDay: share(cases, actorDays),
    hitsPerDay: share(judged.length, days),
    alertsFound: fraction(alerts, isListed),
    reviewsFound: fraction(reviews, isListed),
    reviewsQueued: fraction(reviews, ({ inQueue }) => inQueue > 0),
    quietListed: fraction(quiet, (outcome) => isListed(outcome) || outcome.mistakenBy.length > 0),
    benignHits: outcomes.filter(({ incident }) => incident.benign).reduce((sum, { hits }) => sum + hits, 0),
  };
}

export interface DetectorRow extends HitCounts {
  readonly detector: string;
  readonly hitsPerActorDay: Share;
  readonly alertsFound: string;
  readonly recall: Share;
  readonly reviewsFound: string;
  /** Distinct events its hits cite that are labelled as worth an alert, and as quiet. */
  readonly citesLabelled: number;
  readonly citesQuiet: number;
}

/** One row a detector; its recall is over all incidents that expect an alert, of whatever kind. */
export function detectorRows(
  { judged, outcomes }: Score,
  detectors: readonly string[],
  labels: readonly Label[],
  { actorDays }: Period,
): DetectorRow[] {
  const expecting = (expect: string) => outcomes.filter(({ incident }) => incident.expect === expect);
  const [alerts, reviews] = [expecting('alert'), expecting('review')];
  const isQuiet = quietById(labels);
  return detectors.map((detector) => {
    const own = judged.filter(({ hit }) => hit.detector === detector);
    const cited = [...new Set(own.flatMap(({ hit }) => hit.eventIds))].map((id) => isQuiet.get(id));
    const isFound = ({ by }: IncidentOutcome) => by.includes(detector);
    return {
      detector,
      ...countHits(own),
      hitsPerActorDay: share(own.length, actorDays),
      alertsFound: fraction(alerts, isFound),
      recall: share(alerts.filter(isFound).length, alerts.length),
      reviewsFound: fraction(reviews, isFound),
      citesLabelled: cited.filter((quiet) => quiet === false).length,
      citesQuiet: cited.filter((quiet) => quiet === true).length,
    };
  });
}

export interface SeverityRow extends HitCounts {
  readonly severity: Severity;
}

/** One row a severity, the highest first. */
export function severityRows({ judged }: Score): SeverityRow[] {
  return severities
    .toReversed()
    .map((severity) => ({ severity, ...countHits(judged.filter(({ hit }) => hit.severity === severity)) }));
}

export interface KindRow {
  readonly kind: string;
  readonly expect: string;
  readonly incidents: number;
  /** By each named score: how many of these were found, the privileged queue counted where it may be. */
  readonly found: Readonly<Record<string, number>>;
}

export function kindRows(scores: Readonly<Record<string, Score>>): KindRow[] {
  const rows = new Map<string, KindRow & { found: Record<string, number> }>();
  for (const [name, { outcomes }] of Object.entries(scores))
    for (const { incident, found } of outcomes) {
      const { kind, expect } = incident;
      const key = JSON.stringify([kind, expect]);
      const row = rows.get(key) ?? { kind, expect, incidents: 0, found: {} };
      const seen = (row.found[name] ?? 0) + (found === 'missed' ? 0 : 1);
      rows.set(key, { ...row, found: { ...row.found, [name]: seen } });
    }
  const outcomes = Object.values(scores)[0]?.outcomes ?? [];
  return [...rows.values()].map((row) => ({
    ...row,
    incidents: outcomes.filter(({ incident }) => incident.kind === row.kind && incident.expect === row.expect)
      .length,
  }));
}

export interface LabelRow {
  readonly label: string;
  readonly events: number;
  readonly inFindings: number;
  readonly inQueue: number;
  readonly inEither: number;
}

/** How many events of each label are cited by a hit, or wait in the privileged queue. */
export function labelRows(
  labels: readonly Label[],
  { judged }: Score,
  queue: ReadonlySet<string>,
): LabelRow[] {
  const cited = new Set(judged.flatMap(({ hit }) => hit.eventIds));
  return [...Map.groupBy(labels, ({ label }) => label)].map(([label, group]) => {
    const ids = [...new Set(group.map(({ id }) => id))];
    return {
      label,
      events: ids.length,
      inFindings: ids.filter((id) => cited.has(id)).length,
      inQueue: ids.filter((id) => queue.has(id)).length,
      inEither: ids.filter((id) => cited.has(id) || queue.has(id)).length,
    };
  });
}

function isListed({ by }: IncidentOutcome): boolean {
  return by.length > 0;
}

function fraction(
  outcomes: readonly IncidentOutcome[],
  isCounted: (outcome: IncidentOutcome) => boolean,
): string {
  return outcomes.length === 0 ? '–' : `${outcomes.filter(isCounted).length}/${outcomes.length}`;
}

function share(part: number, whole: number): Share {
  return whole === 0 ? null : part / whole;
}

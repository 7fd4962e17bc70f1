// The anomalies table as the published scorer would have left it: fixed scores, and the same anomaly again each run.
import { microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import { sampleReviewers, type SampleAnomaly, type SampleIncident } from './model.ts';
import { Random } from './random.ts';

interface Verdict extends Pick<SampleAnomaly, 'anomalyType' | 'severity' | 'zScore'> {
  action: string;
  /** Runs that still saw the events; each inserted its own row. */
  runs: number;
  reviewed: boolean;
}

const waiting = { reviewed: false };
const verdicts: Record<string, Verdict> = {
  after_hours: {
    anomalyType: 'after_hours_admin',
    severity: 'medium',
    zScore: '3.50',
    action: 'role_grant',
    runs: 3,
    ...waiting,
  },
  new_network: {
    anomalyType: 'new_ip',
    severity: 'medium',
    zScore: '3.50',
    action: 'auth.login',
    runs: 1,
    ...waiting,
  },
  bulk_delete: {
    anomalyType: 'bulk_delete',
    severity: 'critical',
    zScore: '41.20',
    action: 'record.delete',
    runs: 2,
    ...waiting,
  },
  month_end_close: {
    anomalyType: 'freq_spike',
    severity: 'high',
    zScore: '6.20',
    action: 'report.run',
    runs: 1,
    reviewed: true,
  },
};

const microsecondsPerRun = microsecondsPerHour / 12;

function rowsOf(incident: SampleIncident, verdict: Verdict, random: Random): SampleAnomaly[] {
  const { action, runs, reviewed, ...scored } = verdict;
  const firstRun = Math.ceil(parseInstant(incident.from) / microsecondsPerRun) * microsecondsPerRun;
  return Array.from({ length: runs }, (_, run) => ({
    ...scored,
    id: random.uuid(),
    userId: incident.actor,
    detectedAtMicroseconds: firstRun + run * microsecondsPerRun + random.between(20_000, 900_000),
    context: { action, count: incident.events, ip: incident.ip },
    reviewedBy: reviewed ? sampleReviewers[1].id : null,
    reviewedAtMicroseconds: reviewed ? firstRun + 3 * microsecondsPerHour : null,
    disposition: reviewed ? 'false_positive' : null,
  }));
}

/** A handful of rows: what that scorer sees of these incidents. */
export function anomaliesOf(incidents: readonly SampleIncident[], seed: number): SampleAnomaly[] {
  const random = new Random(seed, 'anomalies');
  return incidents.flatMap((incident) => {
    const verdict = verdicts[incident.kind];
    return verdict === undefined ? [] : rowsOf(incident, verdict, random);
  });
}

// One scale for everything that is ranked.
import { z } from 'zod';

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

/** Bands of the published audit-analytics scorer: up to 4.9 medium, 5.0–7.9 high, from 8.0 critical. */
export function severityOfScore(z: number): Severity {
  return z >= 8 ? 'critical' : z >= 5 ? 'high' : 'medium';
}

/** Lowest score, out of 100, that earns each severity; what lies below `low` earns none. */
export type SeverityBands = Readonly<Record<Severity, number>>;

/** Of a score of an actor's behaviour, alerting from 60 on: the published insider-risk monitor's bands. */
export const insiderBands: SeverityBands = { low: 60, medium: 70, high: 80, critical: 90 };

/** Of a detector's confidence: the published security-analytics bands. */
export const securityBands: SeverityBands = { low: 25, medium: 50, high: 75, critical: 90 };

/** The severity of a score out of 100; null below the lowest band. Each band includes its lowest score. */
export function severityInBands(score: number, bands: SeverityBands): Severity | null {
  return severities.findLast((severity) => score >= bands[severity]) ?? null;
}

/** Places on the scale, 0 for low to 3 for critical: what is higher outranks what is lower. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

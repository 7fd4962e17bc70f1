// One scale for everything that is ranked.
import { z } from 'zod';

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

/** Bands of the published audit-analytics scorer: up to 4.9 medium, 5.0–7.9 high, from 8.0 critical. */
export function severityOfScore(z: number): Severity {
  return z >= 8 ? 'critical' : z >= 5 ? 'high' : 'medium';
}

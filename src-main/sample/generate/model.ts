// What the sample consists of, and the calendar it is set in.
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';

/** The sample ends at this instant, whatever today is; eight weeks before it contain both clock changes of autumn 2026. */
export const sampleEndsAt = '2026-11-16T00:00:00.000Z';
export const sampleEndMicroseconds = parseInstant(sampleEndsAt);

export const sampleSourceAccount = 'primary';
export const sampleTenant = '6f9c1f0e-53c4-4b57-9d2e-8f1a0c7be211';

/** Who reviewed the older privileged actions. Neither acts in the events. */
export const sampleReviewers = [
  { id: '2b7d4c1a-0d5e-4f68-a3b9-5c8e71f0d942', name: 'Amara Okafor' },
  { id: 'c41e9a76-7f23-4d0b-8e15-b60d2a98f37c', name: 'Tobias Lindqvist' },
] as const;

export const privilegedActions = [
  'role_grant',
  'privilege.change',
  'secret.accessed',
  'schema_alter',
  'plugin.installed',
  'plugin.uninstalled',
] as const;

export function isPrivileged(eventType: string): boolean {
  return (privilegedActions as readonly string[]).includes(eventType);
}

export interface SampleOptions {
  seed: number;
  actors: number;
  days: number;
  events: number;
}

export const defaultSampleOptions: SampleOptions = { seed: 1, actors: 60, days: 56, events: 150_000 };

const limits = {
  seed: { low: 0, high: 4_294_967_295 },
  actors: { low: 1, high: 500 },
  days: { low: 1, high: 400 },
  events: { low: 1, high: 2_000_000 },
};

/** @throws Problem `invalid-input` that names the option and its limits */
export function assertSampleOptions(options: SampleOptions): void {
  for (const name of ['seed', 'actors', 'days', 'events'] as const) {
    const { low, high } = limits[name];
    if (Number.isInteger(options[name]) && options[name] >= low && options[name] <= high) continue;
    throw new Problem(
      'invalid-input',
      `The sample's ${name} must be a whole number from ${low} to ${high}.`,
      {
        next: `Choose --${name} within these limits, or leave it out.`,
      },
    );
  }
}

export type Severity = 'info' | 'warning' | 'critical';

export interface SampleEvent {
  id: string;
  createdAtMicroseconds: number;
  /** A UUID, or empty: unattributed. */
  actor: string;
  actorType: 'user' | 'system' | 'plugin';
  eventType: string;
  resourceType: string;
  resourceId: string;
  ip: string;
  userAgent: string;
  severity: Severity;
  metadata: Record<string, string | number>;
  sourcePlugin: string;
  targetPlugin: string;
}

/** Ground truth about some events, kept beside them and never in them. */
export interface SampleIncident {
  set: 'sample';
  incident: string;
  kind: string;
  /** alert: something should be found · quiet: nothing should · review: only a person can judge it. */
  expect: 'alert' | 'quiet' | 'review';
  benign: boolean;
  actor: string;
  ip: string;
  from: string;
  to: string;
  events: number;
  event_ids: string[];
  note: string;
}

export interface SampleReview {
  id: string;
  auditLogId: string;
  action: string;
  actorId: string | null;
  dueAtMicroseconds: number;
  reviewerId: string | null;
  reviewedAtMicroseconds: number | null;
  notes: string | null;
}

export interface SampleAnomaly {
  id: string;
  userId: string;
  anomalyType: 'bulk_delete' | 'new_ip' | 'after_hours_admin' | 'freq_spike';
  severity: 'low' | 'medium' | 'high' | 'critical';
  /** Decimal text with two digits, as numeric(6,2) prints it. */
  zScore: string;
  detectedAtMicroseconds: number;
  context: Record<string, string | number>;
  reviewedBy: string | null;
  reviewedAtMicroseconds: number | null;
  disposition: 'false_positive' | 'true_positive' | 'escalated' | null;
}

export interface Sample {
  /** Ordered by time, then id. */
  events: SampleEvent[];
  incidents: SampleIncident[];
  reviews: SampleReview[];
  anomalies: SampleAnomaly[];
}

// How a workspace looks for what is unusual, and what it was told to let pass.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

/** Families of declared rules; `rules` are those that come with the program in the Sigma language. */
export const presetNames = ['insider', 'service', 'security', 'rules'] as const;
export const presetName = z.enum(presetNames);

/** Which detectors run, and with what; what is left out stands at its default. */
export const detectionSettings = z.strictObject({
  /** Ids of detectors and declared rules that do not run. */
  disabled: z.array(z.string()).default([]),
  /** Families of declared rules that run as well. */
  presets: z.array(presetName).default([]),
  /** Numbers by detector or rule id and parameter name; names carry their units. */
  parameters: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  /** Local dates (YYYY-MM-DD) that count as weekend. */
  holidays: z.array(z.iso.date()).default([]),
  /** Rules of our own in the Sigma subset, by file name. */
  rules: z.array(z.strictObject({ name: z.string().min(1), text: z.string() })).default([]),
  /** A local file that says where addresses are (network,latitude,longitude,country); null is none. */
  locationFile: z.string().nullable().default(null),
});
export type DetectionSettings = z.infer<typeof detectionSettings>;

export const defaultDetection: DetectionSettings = detectionSettings.parse({});

/** Lets findings of one detector about one entity pass, within limits and for a while. It hides them; it does not delete them. */
export const exception = z.object({
  id: z.string(),
  detector: z.string(),
  sourceAccount: z.string(),
  /** Kind and value of what the findings are about. */
  entityKind: z.string(),
  entity: z.string(),
  /** Null is any. */
  action: z.string().nullable(),
  /** Local hour of week (0 is Monday 00:00) in the workspace's zone; null is any. */
  hourOfWeek: z.number().int().min(0).max(167).nullable(),
  /** Findings with more events than this still show. */
  maximumCount: z.number().int().min(1),
  grantedAt: instant,
  /** At most 90 days after it was granted. */
  expiresAt: instant,
  owner: z.string(),
  reason: z.string(),
  /** When somebody ended it early; null while it runs its course. */
  endedAt: instant.nullable(),
});
export type Exception = z.infer<typeof exception>;

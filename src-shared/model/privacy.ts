// Whose names are shown, who lifted the mask and why, and whose mirrored events were erased.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

/**
 * “Actor 7K3Q-M2XD”: eight letters and digits of a keyed hash of the actor's id, so the same in every list of a workspace.
 * “Actor 7K3Q-M2XD/2” is what was mirrored of an erased person after the erasure was lifted, and erased again.
 */
export const pseudonym = z.string().regex(/^Actor [0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?:\/[0-9]+)?$/);

export const unmasking = z.object({
  /** Whom it shows; null is everybody. */
  pseudonym: pseudonym.nullable(),
  reason: z.string(),
  by: z.string(),
  at: instant,
  until: instant,
});
export type Unmasking = z.infer<typeof unmasking>;

export const erasedPerson = z.object({
  pseudonym,
  reason: z.string(),
  by: z.string(),
  at: instant,
});
export type ErasedPerson = z.infer<typeof erasedPerson>;

export const privacy = z.object({
  isMasked: z.boolean(),
  /** What the names are processed for, as whoever switched the mask said it; null while nobody did. */
  purpose: z.string().nullable(),
  /** Those in force now. */
  unmaskings: z.array(unmasking),
  erased: z.array(erasedPerson),
});
export type Privacy = z.infer<typeof privacy>;

/** How much was erased of what, or had to stay. */
export const erasurePart = z.object({ what: z.string(), count: z.number().int(), why: z.string() });

export const erasureReport = z.object({
  pseudonym,
  erased: z.array(erasurePart),
  /** What still holds the person's id or name, and why. */
  kept: z.array(erasurePart),
  /** Copies outside the mirror that this cannot change, by file name. */
  copies: z.array(z.string()),
});
export type ErasureReport = z.infer<typeof erasureReport>;

/** Longest time one unmasking lasts, in minutes. */
export const longestUnmaskMinutes = 480;

// What a redacted pack hides: a named choice of kinds of personal values.
import { z } from 'zod';

export const redactionProfile = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Ids and names of actors, wherever they stand. */
  actors: z.boolean(),
  /** Fields that hold an address, and IPv4 addresses in texts. */
  addresses: z.boolean(),
  userAgents: z.boolean(),
  /** E-mail addresses, wherever they stand. */
  emails: z.boolean(),
  /** Reasons, notes and explanations, as a whole. */
  freeText: z.boolean(),
  /** Further names of fields whose texts are hidden as a whole. */
  fields: z.array(z.string().min(1).max(100)).max(100),
});
export type RedactionProfile = z.infer<typeof redactionProfile>;

export const redactedPackReport = z.object({
  file: z.string(),
  sha256: z.string(),
  /** Name of the profile. */
  profile: z.string(),
  counts: z.object({
    entries: z.number().int(),
    inFull: z.number().int(),
    withheld: z.number().int(),
    /** Different values that tokens stand for. */
    tokens: z.number().int(),
  }),
});
export type RedactedPackReport = z.infer<typeof redactedPackReport>;

/** What applies where no other profile is given. */
export const externalAuditor: RedactionProfile = {
  name: 'external auditor',
  actors: true,
  addresses: true,
  userAgents: true,
  emails: true,
  freeText: false,
  fields: [],
};

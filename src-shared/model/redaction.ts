// What a redacted pack hides: a named choice of kinds of personal values.
import { z } from 'zod';

export const redactionProfile = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Ids and names of actors, wherever they stand. */
  actors: z.boolean(),
  /** Fields that hold an address or a network, and addresses of IPv4 and IPv6 in texts. */
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

/** A row of a redacted pack in which tokens stand, by its file and its line there, from 1. */
export const redactedRowPlace = z.object({
  file: z.string().min(1).max(255),
  line: z.number().int().min(1),
});
export type RedactedRowPlace = z.infer<typeof redactedRowPlace>;

export const redactedRow = redactedRowPlace.extend({
  /** As it reads with tokens: canonical JSON. */
  text: z.string(),
  /** Different values hidden in it. */
  tokens: z.number().int(),
});
export type RedactedRow = z.infer<typeof redactedRow>;

export const redactedRows = z.object({
  /** The files of the pack that have rows with tokens, with their number. */
  files: z.array(z.object({ file: z.string(), rows: z.number().int() })),
  /** Rows that hold the wanted text, of which some are given. */
  matching: z.number().int(),
  rows: z.array(redactedRow),
});
export type RedactedRows = z.infer<typeof redactedRows>;

export const revealReport = z.object({
  /** The file to give away with the pack, and its name in the packs folder. */
  file: z.string(),
  name: z.string(),
  rows: z.number().int(),
  values: z.number().int(),
  /** Hidden values of the rows that are not known here; the full pack tells them. */
  unknown: z.number().int(),
  /** What holding the values against the pack showed, in a sentence. */
  proof: z.string(),
});
export type RevealReport = z.infer<typeof revealReport>;

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

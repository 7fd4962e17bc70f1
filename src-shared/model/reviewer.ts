// Who decides in this workspace, and the public half of the key they sign with.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const reviewer = z.object({
  name: z.string().trim().min(1).max(200),
  /** Identity written to reviewer_id; a UUID where that column is one. */
  id: z.string().trim().min(1).max(200),
  email: z.email().nullable(),
});
export type Reviewer = z.infer<typeof reviewer>;

/** What becoming a reviewer takes on this computer. */
export const reviewerProof = z.object({
  /** The passphrase of a key that is here already has to be given; keys of the keychain or an agent are tried without. */
  needsPassphrase: z.boolean(),
  /** There is no key of this identity here yet, so one is made. */
  makesKey: z.boolean(),
  /**
   * True when the ledger knows this reviewer with a key, and none that could show that it is them is here: the new key will be
   * recorded as not endorsed. Absent otherwise.
   */
  isReplacement: z.literal(true).optional(),
});
export type ReviewerProof = z.infer<typeof reviewerProof>;

export const signingKey = z.object({
  /** `SHA256:…` as printed by ssh-keygen -l. */
  fingerprint: z.string(),
  /** `ssh-ed25519 AAAA…` */
  publicKey: z.string(),
  /** One line for `ssh-keygen -Y verify -f`. */
  allowedSigners: z.string(),
  identity: z.string(),
  /** What keeps the private half; an ssh-agent keeps it outside the workspace. */
  sealedBy: z.enum(['passphrase', 'system-keychain', 'agent']),
  createdAt: instant,
});
export type SigningKey = z.infer<typeof signingKey>;

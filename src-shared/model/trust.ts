// Whom this workspace believes about who signed: a pinned root key, the organisation's list, compared keys, a timestamp service.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** `ssh-ed25519 AAAA…` */
const publicKeyLine = z.string().max(10_000);

export const pinnedRoot = z.strictObject({ publicKey: publicKeyLine, fingerprint });
export const heldList = z.strictObject({
  version: z.number().int().min(1),
  /** ISO instants as the list writes them. */
  issued: z.string(),
  validUntil: z.string().nullable(),
  /** Fingerprint of the root key that signed it. */
  signedBy: fingerprint,
  /** Of the list, its signature and the list of revoked keys that belongs to it, as files. */
  sha256,
  signatureSha256: sha256,
  revokedSha256: sha256.nullable(),
  /** Lines of signers in it. */
  signers: z.number().int(),
});
export type HeldList = z.infer<typeof heldList>;

export const timestampService = z.strictObject({
  url: z.string(),
  /** Of the PEM file with the authorities trusted with the time; null when none was named. */
  authoritySha256: sha256.nullable(),
});

/** The payload of an entry `trust-changed`: a change of configuration, with what it was before where there was something. */
export const trustChange = z.discriminatedUnion('change', [
  z.strictObject({
    change: z.literal('root-pinned'),
    before: pinnedRoot.nullable(),
    after: pinnedRoot,
    reason: z.string(),
  }),
  z.strictObject({
    change: z.literal('list-updated'),
    before: heldList.nullable(),
    after: heldList,
    /** Set when the old root key handed over to a new one. */
    nextRoot: pinnedRoot.nullable(),
  }),
  z.strictObject({ change: z.literal('first-use-pinned'), identity: z.string(), fingerprint }),
  z.strictObject({
    change: z.literal('first-use-removed'),
    identity: z.string(),
    fingerprint,
    reason: z.string(),
  }),
  z.strictObject({
    change: z.literal('timestamp-service-set'),
    before: timestampService.nullable(),
    after: timestampService.nullable(),
  }),
]);
export type TrustChange = z.infer<typeof trustChange>;

export const firstUse = z.object({ identity: z.string(), fingerprint, comparedAt: instant });

export const trustOverview = z.object({
  root: pinnedRoot.nullable(),
  list: heldList
    .extend({
      /** Why the list cannot be used at present; null when it can. */
      problem: z.string().nullable(),
      /** Who is on it, one line each. */
      lines: z.array(
        z.object({
          principals: z.string(),
          fingerprint: z.string(),
          namespaces: z.string().nullable(),
          validAfter: z.string().nullable(),
          validBefore: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  firstUse: z.array(firstUse),
  timestamps: timestampService.nullable(),
});
export type TrustOverview = z.infer<typeof trustOverview>;

/** What a person gives by hand for one verification; file contents. */
export const givenTrust = z.object({
  /** An allowed-signers file; takes the place of the organisation's list that the workspace holds. */
  signers: z.string().max(1_000_000).optional(),
  /** A plain list of revoked keys; counts besides the one the workspace holds. */
  revoked: z.string().max(1_000_000).optional(),
  /** The same as a binary OpenSSH KRL. */
  revokedList: z.base64().max(2_000_000).optional(),
  /** Certificates (PEM) of timestamp authorities; take the place of those configured. */
  authorities: z.string().max(1_000_000).optional(),
});
export type GivenTrust = z.infer<typeof givenTrust>;

/** A fingerprint in the ways people compare it. */
export const comparison = z.object({ fingerprint, hex: z.string(), words: z.array(z.string()) });
export type Comparison = z.infer<typeof comparison>;

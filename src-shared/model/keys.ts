// The signing keys of a workspace over time: which signs, which did, which must not be relied on.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { problemData } from './problem.ts';
import { signingKey } from './reviewer.ts';

const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
const oneLine = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');

/** What an entry of type `key-rotated` records. */
export const keyRotation = z.strictObject({
  previous: fingerprint,
  fingerprint,
  publicKey: z.string(),
  identity: z.string(),
  sealedBy: signingKey.shape.sealedBy,
  rotatedAt: instant,
  reason: oneLine,
  /** Armored SSH signature of the previous key over the text of the rotation; null when it could not or must not sign. */
  endorsement: z.string().nullable(),
  /** The same by the new key: whoever rotated could sign with it. */
  acceptance: z.string(),
});
export type KeyRotation = z.infer<typeof keyRotation>;

/** What an entry of type `key-revoked` records. */
export const keyRevocation = z.strictObject({
  fingerprint,
  publicKey: z.string(),
  revokedAt: instant,
  /** From when on somebody else may have signed with it; null when that is not known, so that nothing can be relied on. */
  compromisedSince: instant.nullable(),
  reason: oneLine,
});
export type KeyRevocation = z.infer<typeof keyRevocation>;

/** What an entry of type `key-reported` records: somebody other than its holder says that a key is in other hands. */
export const keyReport = z.strictObject({
  fingerprint,
  publicKey: z.string(),
  reportedAt: instant,
  compromisedSince: instant.nullable(),
  reason: oneLine,
});
export type KeyReport = z.infer<typeof keyReport>;

/** In an entry that puts a further key of a known reviewer on record: an earlier key of theirs signs for it. */
export const keyEndorsement = z.strictObject({
  /** Fingerprint of the earlier key. */
  by: fingerprint,
  /** Armored SSH signature of that key. */
  signature: z.string(),
});
export type KeyEndorsement = z.infer<typeof keyEndorsement>;

/** What an entry of type `key-endorsed` records: the organisation's list in force names the key. */
export const listEndorsement = z.strictObject({
  fingerprint,
  identity: z.string(),
  list: z.strictObject({
    version: z.number().int().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Root key that signed it. */
    signedBy: fingerprint,
  }),
});
export type ListEndorsement = z.infer<typeof listEndorsement>;

/** What an entry of type `key-idle-changed` records. */
export const keyIdleChange = z.strictObject({ before: z.number(), after: z.number() });

export const idleMinutes = z.number().int().min(1).max(480);
export const defaultIdleMinutes = 15;

export const keyUses = ['signing', 'replaced', 'revoked', 'idle'] as const;
export const ownKey = signingKey.extend({
  /** Sixteen groups of four hex digits, and 24 words: two more ways to write the fingerprint. */
  hex: z.string(),
  words: z.array(z.string()),
  /** signing: signs what comes · replaced, revoked: never signs again · idle: another reviewer's of this workspace. */
  use: z.enum(keyUses),
  /** The reviewer it was put on record for last; null where the ledger does not say. */
  holder: z.object({ id: z.string(), name: z.string().nullable() }).nullable().optional(),
  /** The private half is here, or an agent is to be asked for it. */
  isHere: z.boolean(),
  validAfter: instant.nullable(),
  validBefore: instant.nullable(),
  replacedBy: z.string().nullable(),
  /** Whether an earlier key of its holder, or the organisation, vouches for this one; null for a key that replaced none. */
  isEndorsed: z.boolean().nullable(),
  revocation: keyRevocation.nullable(),
  /** What somebody other than its holder reported; it signs nothing here any more. Absent when nobody did. */
  report: keyReport.optional(),
  /** For the organisation's list of revoked keys; null while it is not revoked. */
  revocationLine: z.string().nullable(),
});
export type OwnKey = z.infer<typeof ownKey>;

export const agentKey = z.object({
  fingerprint: z.string().nullable(),
  type: z.string(),
  comment: z.string(),
  needsTouch: z.boolean(),
  /** Why it cannot sign here; null when it can. */
  unusable: z.string().nullable(),
  hex: z.string().nullable(),
  words: z.array(z.string()),
});
export type AgentKey = z.infer<typeof agentKey>;

/** Most people have no agent, so that there is none is an answer, with the sentence about it. */
export const agentOffer = z.object({
  keys: z.array(agentKey),
  problem: problemData.extend({ message: z.string() }).nullable(),
});
export type AgentOffer = z.infer<typeof agentOffer>;

export const keySessionStatus = z.object({
  /** What the present key needs: nothing (keychain, agent), or a passphrase; null without a key. */
  needsPassphrase: z.boolean().nullable(),
  isUnlocked: z.boolean(),
  /** When it is wiped if nobody does anything until then; null while it is locked. */
  lockedAt: instant.nullable(),
  idleMinutes,
});
export type KeySessionStatus = z.infer<typeof keySessionStatus>;

/** Where the new key of a rotation comes from. */
export const rotationRequest = z.object({
  reason: oneLine,
  /** Fingerprint of a key that an ssh-agent offers; without it a new one is made here. */
  agent: fingerprint.optional(),
  /** Of the present key, where it is sealed with one. */
  passphrase: z.string().min(1).optional(),
  /** For the new key, where this computer has no keychain. */
  newPassphrase: z.string().min(1).optional(),
  /** The present key can no longer sign; the new one is then recorded as not endorsed by it. */
  isLost: z.boolean().optional(),
});
export const revocationRequest = z.object({
  fingerprint,
  reason: oneLine,
  compromisedSince: instant.optional(),
});
export const revocationReport = z.object({ key: ownKey, line: z.string() });

// The part of the ledger's state that says which keys signed, from when until when, and which must not be relied on.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import {
  defaultIdleMinutes,
  keyIdleChange,
  keyReport,
  keyRevocation,
  keyRotation,
  type KeyReport,
  type KeyRevocation,
} from '#shared/model/keys.ts';
import { signingKey } from '#shared/model/reviewer.ts';
import { emptyKeyProofs, followKeyProofs, type KeyProofs } from '../evidence/key-proofs.ts';

/** Also in entries that hold no more than the fingerprint. */
const createdPayload = z.object({
  publicKey: z.string().optional(),
  identity: z.string().optional(),
  sealedBy: signingKey.shape.sealedBy.optional(),
});

export type RecordedKey = {
  readonly fingerprint: string;
  readonly publicKey: string | null;
  readonly identity: string | null;
  readonly sealedBy: z.infer<typeof signingKey>['sealedBy'] | null;
  readonly recordedAt: string;
  /** Set for a key that replaced another. */
  readonly validAfter: string | null;
  readonly replaced: { readonly by: string; readonly at: string } | null;
  readonly revocation: KeyRevocation | null;
  /** What somebody other than its holder said about it. */
  readonly report: KeyReport | null;
};

export type KeyRing = {
  /** The key put on record last, whether or not it may still sign. */
  newest: string | null;
  readonly byFingerprint: Map<string, RecordedKey>;
  /** Ids of the reviewers each key was put on record for, the latest last. */
  readonly holders: Map<string, readonly string[]>;
  /** What the reviewers called themselves last, by id. */
  readonly names: Map<string, string>;
  /** Whether those who held the keys showed that they are who they say. */
  readonly proofs: KeyProofs;
  idleMinutes: number;
};

export const emptyKeyRing = (): KeyRing => ({
  newest: null,
  byFingerprint: new Map(),
  holders: new Map(),
  names: new Map(),
  proofs: emptyKeyProofs(),
  idleMinutes: defaultIdleMinutes,
});

export const isRetired = (key: RecordedKey | undefined): boolean =>
  key !== undefined && (key.replaced !== null || key.revocation !== null || key.report !== null);

/** The key that signs what comes next; null while there is none. */
export function keyInUse({ newest, byFingerprint }: KeyRing): string | null {
  return newest === null || isRetired(byFingerprint.get(newest)) ? null : newest;
}

/** Applies one entry, in ledger order; entries about anything else change nothing. */
export function applyKeyEntry(ring: KeyRing, entry: LedgerEntry): void {
  followKeyProofs(ring.proofs, entry);
  switch (entry.type) {
    case 'key-created':
      noteHolder(ring, entry);
      return applyCreation(ring, entry);
    case 'key-taken-up':
      noteHolder(ring, entry);
      ring.newest = entry.subject;
      return;
    case 'key-rotated':
      noteHolder(ring, entry);
      return applyRotation(ring, entry);
    case 'key-revoked': {
      const revocation = keyRevocation.parse(entry.payload);
      return change(ring, revocation.fingerprint, { revocation });
    }
    case 'key-reported': {
      const report = keyReport.parse(entry.payload);
      return change(ring, report.fingerprint, { report });
    }
    case 'key-idle-changed':
      ring.idleMinutes = keyIdleChange.parse(entry.payload).after;
      return;
    default:
      return;
  }
}

function noteHolder({ holders }: KeyRing, { subject, actor }: LedgerEntry): void {
  if (subject === null) return;
  const before = holders.get(subject) ?? [];
  holders.set(subject, [...before.filter((id) => id !== actor), actor]);
}

const fresh = { validAfter: null, replaced: null, revocation: null, report: null };

function applyCreation(ring: KeyRing, { subject, payload, wall_time: recordedAt }: LedgerEntry): void {
  ring.newest = subject;
  // The same key again, as earlier versions recorded a reviewer who had been away.
  if (subject === null || ring.byFingerprint.has(subject)) return;
  const { publicKey = null, identity = null, sealedBy = null } = createdPayload.parse(payload);
  ring.byFingerprint.set(subject, {
    ...fresh,
    fingerprint: subject,
    publicKey,
    identity,
    sealedBy,
    recordedAt,
  });
}

function applyRotation(ring: KeyRing, entry: LedgerEntry): void {
  const { previous, fingerprint, publicKey, identity, sealedBy, rotatedAt } = keyRotation.parse(
    entry.payload,
  );
  change(ring, previous, { replaced: { by: fingerprint, at: rotatedAt } });
  ring.newest = fingerprint;
  ring.byFingerprint.set(fingerprint, {
    ...fresh,
    fingerprint,
    publicKey,
    identity,
    sealedBy,
    recordedAt: entry.wall_time,
    validAfter: rotatedAt,
  });
}

function change(ring: KeyRing, fingerprint: string, to: Partial<RecordedKey>): void {
  const key = ring.byFingerprint.get(fingerprint);
  if (key) ring.byFingerprint.set(fingerprint, { ...key, ...to });
}

// The keys of a workspace as a person looks at them: those on this computer and those only the ledger still knows.
import type { OwnKey } from '#shared/model/keys.ts';
import type { SigningKey } from '#shared/model/reviewer.ts';
import { hexGroupsOf, wordsOf } from '../evidence/fingerprint-words.ts';
import { proofOf } from '../evidence/key-proofs.ts';
import { parsePublicKey } from '../evidence/public-key.ts';
import { formatRevokedKey } from '../evidence/revoked-keys.ts';
import { allowedSignersLine, type KeyValidity } from '../evidence/signer-identity.ts';
import { keyInUse, type KeyRing, type RecordedKey } from './key-ring.ts';

const validityOf = (recorded: RecordedKey | undefined): KeyValidity => ({
  validAfter: recorded?.validAfter ?? null,
  validBefore: recorded?.replaced?.at ?? null,
});

/** The key with its line for lists of allowed signers, which ends when it was replaced and begins when it replaced. */
export function withValidity<Key extends SigningKey>(key: Key, ring: KeyRing): Key {
  const validity = validityOf(ring.byFingerprint.get(key.fingerprint));
  return {
    ...key,
    allowedSigners: allowedSignersLine(key.identity, parsePublicKey(key.publicKey), validity),
  };
}

/** All keys, oldest first. */
export function ownKeys(onDisk: readonly SigningKey[], ring: KeyRing): OwnKey[] {
  const here = new Set(onDisk.map(({ fingerprint }) => fingerprint));
  const gone = [...ring.byFingerprint.values()].flatMap((recorded) =>
    here.has(recorded.fingerprint) ? [] : (rememberedKey(recorded) ?? []),
  );
  return [...onDisk, ...gone]
    .map((key) => describeKey(key, ring, here.has(key.fingerprint)))
    .toSorted((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
}

/** A key whose file is gone, as far as the ledger tells; null where it tells too little. */
function rememberedKey(recorded: RecordedKey): SigningKey | null {
  const { fingerprint, publicKey, identity, sealedBy, recordedAt: createdAt } = recorded;
  if (publicKey === null || identity === null || sealedBy === null) return null;
  return { fingerprint, publicKey, identity, sealedBy, createdAt, allowedSigners: '' };
}

function describeKey(key: SigningKey, ring: KeyRing, isHere: boolean): OwnKey {
  const recorded = ring.byFingerprint.get(key.fingerprint);
  const revocation = recorded?.revocation ?? null;
  const report = recorded?.report ?? null;
  return {
    ...withValidity(key, ring),
    ...validityOf(recorded),
    hex: hexGroupsOf(key.fingerprint),
    words: wordsOf(key.fingerprint),
    use: useOf(key.fingerprint, ring),
    holder: holderOf(key.fingerprint, ring),
    isHere,
    replacedBy: recorded?.replaced?.by ?? null,
    isEndorsed: isEndorsed(key.fingerprint, ring),
    revocation,
    ...(report === null ? {} : { report }),
    revocationLine:
      revocation && formatRevokedKey({ ...revocation, key: parsePublicKey(revocation.publicKey) }),
  };
}

function holderOf(fingerprint: string, { holders, names }: KeyRing): OwnKey['holder'] {
  const id = holders.get(fingerprint)?.at(-1);
  return id === undefined ? null : { id, name: names.get(id) ?? null };
}

/** In whoever's hands it is last; null for a first key. */
function isEndorsed(fingerprint: string, { proofs, holders }: KeyRing): boolean | null {
  const holder = holders.get(fingerprint)?.at(-1);
  const proof = holder === undefined ? null : proofOf(proofs, fingerprint, holder);
  return proof === null || proof === 'first' ? null : proof === 'endorsed';
}

function useOf(fingerprint: string, ring: KeyRing): OwnKey['use'] {
  const recorded = ring.byFingerprint.get(fingerprint);
  if (recorded?.revocation || recorded?.report) return 'revoked';
  if (recorded?.replaced) return 'replaced';
  return keyInUse(ring) === fingerprint ? 'signing' : 'idle';
}

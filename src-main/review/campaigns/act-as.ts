// Whether whoever reviews here may act as somebody of a campaign: under that person’s own id, or under another that was shown to be theirs.
import { Problem } from '#shared/model/problem.ts';
import { holdingsOf } from '../../evidence/key-proofs.ts';
import { foldIdentity, isSamePerson, type Identities } from '../aliases.ts';
import type { KeyRing } from '../key-ring.ts';

/** Somebody of a campaign, by id, and whoever reviews here. */
type Acting = { readonly person: string; readonly reviewer: string };

/**
 * An alias or an e-mail address is what somebody said of themself. It takes reviews from them, and that is all it does where the person
 * has shown a key here under the id of the campaign: then the one who acts has to have shown that same key.
 * @param identities of the campaign
 */
export function mayActAs(keys: KeyRing, identities: Identities, { person, reviewer }: Acting): boolean {
  if (foldIdentity(person) === foldIdentity(reviewer)) return true;
  if (!isSamePerson(identities, person, reviewer)) return false;
  const held = [...keys.holders].filter(([, holders]) => isAmong(holders, person));
  return held.length === 0 || held.some(([fingerprint]) => isShown(keys, fingerprint, [person, reviewer]));
}

const isAmong = (ids: readonly string[], id: string): boolean =>
  ids.some((one) => foldIdentity(one) === foldIdentity(id));

/** A key that was revoked, or of which somebody said that it is stolen, shows nothing. */
function isShown({ proofs, byFingerprint }: KeyRing, fingerprint: string, ids: readonly string[]): boolean {
  const key = byFingerprint.get(fingerprint);
  if (key === undefined || key.revocation !== null || key.report !== null) return false;
  const proven = holdingsOf(proofs, fingerprint).flatMap(({ holder, proof }) =>
    proof === 'none' ? [] : [holder],
  );
  return ids.every((id) => isAmong(proven, id));
}

/** What to say where only {@link isSamePerson} is true of the two. */
export function notShownToBe({ person, name }: { readonly person: string; readonly name: string }): Problem {
  return new Problem(
    'refused',
    `You are said to be ${name}, who has a signing key here under the id “${person}”; nothing shows that it is yours. Nothing was recorded.`,
    {
      next: `Review under the id “${person}” (countersign reviewer --id …), or give ${name}’s e-mail address with the passphrase of that key.`,
    },
  );
}

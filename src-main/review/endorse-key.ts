// Puts on record that the organisation's list names a key which took the place of an earlier one without proof.
import type { HeldList } from '#shared/model/trust.ts';
import type { ListEndorsement } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import { holdingsOf, type KeyHolding } from '../evidence/key-proofs.ts';
import { judgeSigner } from '../evidence/judge-signer.ts';
import type { OrganisationList } from '../evidence/organisation-list.ts';
import { parsePublicKey } from '../evidence/public-key.ts';
import { parseRevocationLists } from '../evidence/revoked-keys.ts';
import { signatureNamespaces } from '../evidence/sshsig.ts';
import { requireReviewer } from './decide.ts';
import type { Ledger } from './ledger.ts';
import { isRetired } from './key-ring.ts';
import type { LedgerState } from './projection.ts';

/** The list in force, its signature checked against the root key, with the list of revoked keys that belongs to it. */
export type CheckedList = {
  readonly held: HeldList;
  readonly list: OrganisationList;
  readonly revoked: Uint8Array | null;
};

/**
 * @param nowMs milliseconds since the epoch; the list must name the key at that time
 * @throws Problem `not-found` for a key that waits for no endorsement, `refused` where the list does not vouch for it
 */
export function endorseByList(
  ledger: Ledger,
  fingerprint: string,
  checked: CheckedList | null,
  nowMs: number,
): void {
  ledger.append((state) => {
    const held = requireUnproven(state, fingerprint);
    const { list, identity } = requireVouched(state, held, checked, nowMs);
    const { version, sha256, signedBy } = list;
    const payload: ListEndorsement = { fingerprint, identity, list: { version, sha256, signedBy } };
    return [{ type: 'key-endorsed', subject: fingerprint, actor: requireReviewer(state).id, payload }];
  });
}

function requireUnproven({ keys }: LedgerState, fingerprint: string): KeyHolding & { publicKey: string } {
  const held = holdingsOf(keys.proofs, fingerprint).find(({ proof }) => proof === 'none');
  if (!held || held.publicKey === null || isRetired(keys.byFingerprint.get(fingerprint)))
    throw new Problem(
      'not-found',
      'No key with this fingerprint waits for an endorsement. Nothing was changed.',
      {
        next: 'See under the signing keys which are not endorsed.',
      },
    );
  return { ...held, publicKey: held.publicKey };
}

const refuse = (message: string, next: string) =>
  new Problem('refused', `${message} Nothing was changed.`, { next });

function requireVouched(
  { keys: { proofs }, trust }: LedgerState,
  { publicKey, identity, knownAs, seq }: KeyHolding & { publicKey: string },
  checked: CheckedList | null,
  nowMs: number,
): { list: HeldList; identity: string } {
  if (checked === null || trust.list?.sha256 !== checked.held.sha256)
    throw refuse(
      'No list of the organisation is in force here that could name the key.',
      'Take the organisation’s newest list first.',
    );
  if (proofs.rootSince === null || proofs.rootSince > seq)
    throw refuse(
      'The root key of the organisation was pinned here after this key was made, so its list cannot vouch for the key.',
      'Let somebody else be the second person; a new reviewer can set up a profile of their own.',
    );
  if (identity === null || !knownAs.includes(identity))
    throw refuse(
      'This key was made under another name than the reviewer’s earlier keys, so a list cannot show that it is of the same person.',
      'Become the reviewer again with the e-mail address used before, then have that key listed.',
    );
  const key = parsePublicKey(publicKey);
  const isRevoked = parseRevocationLists(checked.revoked ?? undefined)(key) !== null;
  const at = Math.floor(nowMs / 1000);
  const answer = judgeSigner(checked.list.signers, {
    key,
    namespace: signatureNamespaces.evidencePack,
    identity,
    at,
  });
  const isOver = checked.list.validUntil !== null && Date.parse(checked.list.validUntil) < nowMs;
  if (isRevoked || isOver || !answer.pinned)
    throw refuse(
      isOver
        ? 'The organisation’s list here is no longer valid.'
        : `The organisation’s list does not vouch for this key${isRevoked ? ': it has been revoked' : ''}.`,
      'Have the key put on the list, and take the new version of it.',
    );
  return { list: checked.held, identity };
}

// Whether a list of allowed signers vouches for a key, and if not, which of the possible reasons it is.
import type { AllowedSigner } from './allowed-signers.ts';
import { matchesPatternList } from './pattern-list.ts';
import { fingerprintOf, type PublicKey } from './public-key.ts';

export type SignerQuestion = {
  readonly key: PublicKey;
  readonly namespace: string;
  /** Who the signer claims to be; null accepts whoever the list names for the key. */
  readonly identity: string | null;
  /** Seconds since the epoch: when it signed, or the earliest it may have. */
  readonly at: number;
  /** The latest moment at which it may have signed, when that is another than `at`. */
  readonly until?: number | undefined;
};
/** Why a key is vouched for, or is not. Revocation, and a key that differs from a compared one, are decided outside the list. */
export type SignerStanding =
  | 'listed'
  | 'unlisted'
  /** The list names the key for this person, but to sign other things. */
  | 'other-purpose'
  /** The list names the key for somebody else, or as that of a certificate authority. */
  | 'other-person'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'changed';

export type SignerAnswer = {
  readonly pinned: boolean;
  readonly identity: string | null;
  readonly standing: SignerStanding;
  readonly reason: string;
  /** Seconds since the epoch at which an expired key ended, or one not yet valid begins; null otherwise. */
  readonly limit: number | null;
};

/** An answer that does not vouch for the key. */
export const refuseSigner = (
  standing: Exclude<SignerStanding, 'listed'>,
  reason: string,
  limit: number | null = null,
): SignerAnswer => ({ pinned: false, identity: null, standing, reason, limit });

function refusal(signer: AllowedSigner, question: SignerQuestion): SignerAnswer | null {
  if (signer.certAuthority) {
    return refuseSigner('other-person', 'the list names this key only as a certificate authority');
  }
  if (question.identity !== null && !matchesPatternList(question.identity, signer.principals)) {
    return refuseSigner('other-person', 'the list names this key for somebody else');
  }
  if (signer.namespaces !== null && !matchesPatternList(question.namespace, signer.namespaces)) {
    return refuseSigner('other-purpose', 'the list does not allow this key to sign evidence packs');
  }
  const { validAfter, validBefore } = signer;
  if (validAfter !== null && (question.until ?? question.at) < validAfter) {
    return refuseSigner('not-yet-valid', 'the key is not valid yet', validAfter);
  }
  if (validBefore !== null && question.at > validBefore) {
    return refuseSigner('expired', 'the key is no longer valid', validBefore);
  }
  return null;
}

/**
 * Whether the list lets this key sign in this namespace under this identity at this time, and if not, why.
 *
 * A line on which only the time is wrong explains more than one that is about somebody or something else.
 */
export function judgeSigner(signers: readonly AllowedSigner[], question: SignerQuestion): SignerAnswer {
  let answer = refuseSigner('unlisted', `no line lists the key ${fingerprintOf(question.key)}`);
  for (const signer of signers) {
    if (!signer.key.blob.equals(question.key.blob)) continue;
    const refused = refusal(signer, question);
    if (refused === null) {
      const identity = question.identity ?? signer.principals;
      return { pinned: true, identity, standing: 'listed', reason: 'listed', limit: null };
    }
    if (refused.limit !== null || answer.limit === null) answer = refused;
  }
  return answer;
}

// What a person is told about a key: who vouches for it and when it signed, or which of the doubts it is and what to do.
import { assertNever } from '#shared/model/problem.ts';
import type { SignerAnswer } from '../judge-signer.ts';
import type { SigningTime } from './signing-time.ts';

type KnownSigner = {
  readonly time: SigningTime;
  /** Whoever or whatever vouches for the key; null when nothing does. */
  readonly vouchedBy: string | null;
  /** What is to be said about the revocation of the key, if it is revoked. */
  readonly revocation: string | null;
};

export type DoubtfulSigner = Pick<SignerAnswer, 'reason' | 'standing' | 'limit'> & {
  readonly fingerprint: string;
  /** Whom the pack names as the owner of the key; null when it says nothing about it. */
  readonly claimed: string | null;
  readonly time: SigningTime;
};

export const secondsAsText = (seconds: number | null): string =>
  seconds === null ? 'an unknown time' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

function timeWords({ basis, at, authority }: SigningTime): string {
  const when = secondsAsText(at);
  return basis === 'timestamp'
    ? `at ${when}, as a timestamp of ${authority ?? 'a named authority'} proves`
    : `at the claimed time ${when}, which nothing proves`;
}

/** The sentence for one signer that somebody vouches for. */
export function trustIn(signer: Pick<SignerAnswer, 'identity'> & KnownSigner): string {
  const { identity, vouchedBy, time, revocation } = signer;
  const voucher = vouchedBy?.startsWith('first use') ? vouchedBy : `as ${vouchedBy ?? 'nobody'} confirms`;
  const later = revocation === null ? '' : `; ${revocation}`;
  return `Signed by ${identity ?? ''}, ${voucher}; judged ${timeWords(time)}${later}.`;
}

function revokedSentence(key: string, { limit, time }: DoubtfulSigner, reason: string | null): string {
  const why = reason === null ? '' : ` The list gives the reason: ${reason.replaceAll(/\p{C}/gu, ' ')}.`;
  const since =
    limit === null
      ? 'so somebody else may have signed with it.'
      : time.basis === 'timestamp'
        ? `compromised since ${secondsAsText(limit)}, and the signature was made ${timeWords(time)}: too late to be relied on.`
        : `compromised since ${secondsAsText(limit)}, and no trusted timestamp proves that it signed before (${timeWords(time)}).`;
  return `The key that signed has been revoked: ${key} is on the list of revoked keys, ${since}${why} Ask the organisation why and since when it is revoked, and for a pack signed with a valid key.`;
}

/** The sentences for one signer that is not pinned. */
export function doubtAbout(signer: DoubtfulSigner & Pick<KnownSigner, 'revocation'>): string {
  const { fingerprint, claimed, limit, time } = signer;
  const key =
    claimed === null ? `the key ${fingerprint}` : `the key ${fingerprint}, said to be ${claimed}’s,`;
  switch (signer.standing) {
    case 'revoked':
      return revokedSentence(key, signer, signer.revocation);
    case 'changed':
      return `Alarm: the key has changed. The pack claims to be ${claimed ?? 'somebody'}’s and was signed with ${fingerprint}, but ${signer.reason}. Do not rely on it before the signer has told you by another way, by phone for instance, that the key was changed; then compare the new one.`;
    case 'expired':
      return `The key that signed is no longer valid: the list of allowed signers ends ${key} at ${secondsAsText(limit)}, and it signed ${timeWords(time)}. Ask the organisation to confirm when it signed, or for a pack signed with a valid key.`;
    case 'not-yet-valid':
      return `The key that signed is not valid yet: the list of allowed signers begins ${key} at ${secondsAsText(limit)}, and it signed ${timeWords(time)}. Check the date of this computer; if it is right, ask the organisation whether its list is.`;
    case 'other-purpose':
      return `The list of allowed signers names ${key} for other purposes: ${signer.reason}. Ask the organisation whether its list is right, or for a pack signed with a key meant for it.`;
    case 'other-person':
      return `The key that signed is not the one of whom the pack names: ${signer.reason}. The key is ${fingerprint}${claimed === null ? '' : `; the pack claims it belongs to ${claimed}`}. Ask the organisation who signed.`;
    case 'listed':
    case 'unlisted': {
      const claim =
        claimed === null ? 'it signed besides the preparer' : `the pack claims it belongs to ${claimed}`;
      return `Nothing says who signed: ${signer.reason}. The key is ${fingerprint}; ${claim}. Ask the organisation for its list of allowed signers.`;
    }
    default:
      return assertNever(signer.standing);
  }
}

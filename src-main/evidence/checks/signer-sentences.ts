// What a person is told about a key that nobody vouches for: which of the reasons it is, and what to do.
import { assertNever } from '#shared/model/problem.ts';
import type { SignerAnswer } from '../judge-signer.ts';

export type DoubtfulSigner = Pick<SignerAnswer, 'reason' | 'standing' | 'limit'> & {
  readonly fingerprint: string;
  /** Whom the pack names as the owner of the key; null when it says nothing about it. */
  readonly claimed: string | null;
};

const secondsAsText = (seconds: number | null): string =>
  seconds === null ? 'an unknown time' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/** The sentences for one signer that is not pinned. */
export function doubtAbout(signer: DoubtfulSigner): string {
  const { fingerprint, claimed, limit } = signer;
  const key =
    claimed === null ? `the key ${fingerprint}` : `the key ${fingerprint}, said to be ${claimed}’s,`;
  switch (signer.standing) {
    case 'revoked':
      return `The key that signed has been revoked: ${key} is on the list of revoked keys, so somebody else may have signed with it. Ask the organisation why and since when it is revoked, and for a pack signed with a valid key.`;
    case 'expired':
      return `The key that signed is no longer valid: the list of allowed signers ends ${key} at ${secondsAsText(limit)}, and nothing proves that it signed before. Ask the organisation to confirm when it signed, or for a pack signed with a valid key.`;
    case 'not-yet-valid':
      return `The key that signed is not valid yet: the list of allowed signers begins ${key} at ${secondsAsText(limit)}. Check the date of this computer; if it is right, ask the organisation whether its list is.`;
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

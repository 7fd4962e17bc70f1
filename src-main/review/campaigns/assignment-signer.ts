// Whether the key under a travelling file is believed: by what this workspace knows about keys, or by a person's word.
import type { AcceptedKey } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { keyJudge, type KeyAnswer, type KeyTrust } from '../../evidence/checks/judge-key.ts';
import { signingTime } from '../../evidence/checks/signing-time.ts';
import { fingerprintOf, type PublicKey } from '../../evidence/public-key.ts';
import type { LedgerState } from '../projection.ts';
import type { TravelKind } from './assignment-kinds.ts';
import type { CampaignRecord } from './campaign-state.ts';

export type TravelTrust = KeyTrust & { readonly now: string };

export type SignerClaim = {
  readonly key: PublicKey;
  readonly identity: string;
  readonly madeAt: string;
};

export type BelievedSigner = {
  readonly fingerprint: string;
  /** The identity it was made under, by whoever vouches for the key. */
  readonly identity: string;
  /** Why a person took the key that nobody vouches for; null where it is vouched for. */
  readonly accepted: string | null;
};

/** A file that came here, as it is on record. */
type FileOnRecord = {
  readonly fileSha256: string;
  readonly signer: { readonly fingerprint: string };
  readonly accepted: string | null;
};

/** A key that a person accepted for this very file is accepted for it again; unless it was revoked, which is asked first. */
export function acceptedBefore(
  { campaigns }: LedgerState,
  sha256: string,
  filesOf: (record: CampaignRecord) => readonly FileOnRecord[],
): AcceptedKey | null {
  for (const record of campaigns.byId.values()) {
    const earlier = filesOf(record).find(
      ({ fileSha256, accepted }) => fileSha256 === sha256 && accepted !== null,
    );
    if (earlier) return { fingerprint: earlier.signer.fingerprint, reason: earlier.accepted! };
  }
  return null;
}

/**
 * Believes a key, or says why not. A person's word counts only for a key about which nothing is known: never for a revoked
 * one, one that ended, one of somebody else, another than the one compared before, or where a list names this signer already.
 * @throws Problem `refused`
 */
export function believeSigner(
  { what, namespace }: TravelKind,
  { key, identity, madeAt }: SignerClaim,
  trust: TravelTrust,
  accept: AcceptedKey | null,
): BelievedSigner {
  const fingerprint = fingerprintOf(key);
  const time = signingTime({
    answer: null,
    claimedAt: madeAt,
    newestAt: null,
    now: trust.now,
    isPreparer: true,
  });
  const answer = keyJudge({ ...trust, namespace })({ key, identity, time });
  if (answer.pinned) return { fingerprint, identity, accepted: null };
  if (answer.comparable !== null && accept !== null) {
    if (accept.fingerprint === fingerprint) return { fingerprint, identity, accepted: accept.reason };
    throw refused(
      `This file was signed with ${fingerprint}, not with the key that was to be accepted. Nothing was taken from it.`,
      'Ask the signer by another way, by phone for instance, for the fingerprint of their key.',
    );
  }
  throw doubt(what, fingerprint, identity, answer);
}

function doubt(what: string, fingerprint: string, identity: string, answer: KeyAnswer): Problem {
  const whose = `the key ${fingerprint}, said to be ${identity}’s`;
  switch (answer.standing) {
    case 'revoked':
      return refused(
        `Nothing was taken from this file: ${whose}, has been revoked.`,
        'Ask the signer to sign it with a valid key.',
      );
    case 'changed':
      return refused(
        `Nothing was taken from this file: it was signed with ${fingerprint}, but ${answer.reason}.`,
        'Ask the signer by another way whether the key was changed; then forget the old one and compare the new one (countersign trust).',
      );
    case 'other-person':
    case 'other-purpose':
      return refused(
        `Nothing was taken from this file: the list of allowed signers does not let ${whose}, sign ${what}.`,
        'Ask the organisation whether its list is right.',
      );
    case 'expired':
    case 'not-yet-valid':
      return refused(
        `Nothing was taken from this file: ${whose}, was not valid when it is said to have signed.`,
        'Ask the signer to sign it with a valid key.',
      );
    default:
      if (answer.comparable === null)
        return refused(
          `The list of allowed signers names ${identity} with another key than ${fingerprint}. Nothing was taken from this file.`,
          'Ask the signer which key is theirs, and the organisation to list it.',
        );
      return refused(
        `Nobody vouches for ${whose}. Nothing was taken from this file.`,
        'Ask the organisation for its list of allowed signers; or ask the signer by another way for the fingerprint, and accept the key with a reason.',
      );
  }
}

const refused = (message: string, next: string): Problem => new Problem('refused', message, { next });

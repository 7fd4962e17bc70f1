// What each verdict means for somebody who holds the pack. Only one of them may be relied on.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import type { NoticeTone } from '../components/notice.tsx';

export type VerdictWords = { title: string; meaning: string; tone: NoticeTone };
type Doubt = NonNullable<Verification['signers'][number]['doubt']>;

export const verdictWords: Record<Verdict, VerdictWords> = {
  trusted: {
    title: 'Trusted',
    meaning: 'The pack is intact, and somebody you believe signed it.',
    tone: 'good',
  },
  tampered: {
    title: 'Tampered',
    meaning: 'The pack is not what was signed, or contradicts itself. Do not rely on it; ask for it again.',
    tone: 'danger',
  },
  unpinned: {
    title: 'Intact, but not trusted',
    meaning:
      'Nothing in the pack was changed since it was signed, but not everything in it is shown to come from whom it names. What is missing stands below.',
    tone: 'warning',
  },
  malformed: {
    title: 'Not an evidence pack',
    meaning: 'This file cannot be read as an evidence pack, so nothing can be said about its contents.',
    tone: 'danger',
  },
};

const intact = 'Nothing in the pack was changed since it was signed, but';

const doubtWords: Record<Doubt, VerdictWords> = {
  unlisted: {
    title: 'Intact, but the signer is unknown',
    meaning: `${intact} nothing says who signed it. Get the list of allowed signers by another way than the pack, and verify again with it; or compare the key with its owner.`,
    tone: 'warning',
  },
  'other-purpose': {
    title: 'Intact, but signed with a key for other purposes',
    meaning: `${intact} the list of allowed signers does not let this key sign evidence packs. Ask the organisation whether its list is right; comparing the key with its owner does not help.`,
    tone: 'warning',
  },
  'other-person': {
    title: 'Intact, but signed by somebody else',
    meaning: `${intact} the list of allowed signers names the key for another person than the pack does. Ask the organisation who signed.`,
    tone: 'danger',
  },
  expired: {
    title: 'Intact, but signed with an expired key',
    meaning: `${intact} the key was no longer valid when it signed, as far as anything shows. Ask the organisation when it signed, or for a pack with a timestamp or a valid key.`,
    tone: 'warning',
  },
  'not-yet-valid': {
    title: 'Intact, but signed with a key that is not valid yet',
    meaning: `${intact} the list of allowed signers begins the key only later. Check the date of this computer, then ask the organisation.`,
    tone: 'warning',
  },
  revoked: {
    title: 'Signed with a revoked key',
    meaning:
      'The bytes are those that were signed, but the key is on a list of revoked keys: somebody else may have signed with it. Do not rely on the pack; ask the organisation for one signed with a valid key.',
    tone: 'danger',
  },
  changed: {
    title: 'Signed with another key than before',
    meaning:
      'The bytes are those that were signed, but not with the key that you compared for this signer. Do not rely on the pack before the signer has confirmed the new key by another way.',
    tone: 'danger',
  },
};

/** The gravest goes before the others. */
const gravest: readonly Doubt[] = [
  'revoked',
  'changed',
  'other-person',
  'expired',
  'not-yet-valid',
  'other-purpose',
  'unlisted',
];

function doubtOf({ signers }: Pick<Verification, 'signers'>): Doubt | undefined {
  const doubts = signers.flatMap(({ doubt, pinned }) => doubt ?? (pinned ? [] : ['unlisted' as const]));
  return gravest.find((doubt) => doubts.includes(doubt));
}

const trustedData: VerdictWords = {
  title: 'Data trusted, report not checked',
  meaning:
    'The pack is intact, somebody you believe signed it, and its data holds together. The words of its report were not held against the data: go by the data.',
  tone: 'warning',
};

const withReservations: VerdictWords = {
  title: 'Trusted, with reservations',
  meaning: 'The pack is intact, and somebody you believe signed it. Not everything it says could be checked.',
  tone: 'warning',
};

/** The headline of one verification: true for exactly this pack, and with the advice that helps. */
export function headlineOf(
  verification: Pick<Verification, 'verdict' | 'signers' | 'reservations' | 'report'>,
): VerdictWords {
  const { verdict, reservations = [], report } = verification;
  if (verdict === 'unpinned') {
    const doubt = doubtOf(verification);
    return doubt === undefined ? verdictWords.unpinned : doubtWords[doubt];
  }
  if (verdict !== 'trusted') return verdictWords[verdict];
  if (report === 'only-facts') return trustedData;
  return reservations.length > 0 ? withReservations : verdictWords.trusted;
}

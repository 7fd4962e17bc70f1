// What each verdict means for somebody who holds the pack. Only one of them may be relied on.
import type { Verdict, Verification } from '#shared/model/evidence.ts';
import type { NoticeTone } from '../components/notice.tsx';

// The page that verifies packs shares this file, so it takes the English words alone and no library.
import english from '../texts/en-GB/verdicts.json';

type Headline = keyof typeof english;
export type VerdictWords = { key: Headline; title: string; meaning: string; tone: NoticeTone };
type Doubt = NonNullable<Verification['signers'][number]['doubt']>;

const tones: Readonly<Record<Headline, NoticeTone>> = {
  trusted: 'good',
  tampered: 'danger',
  unpinned: 'warning',
  malformed: 'danger',
  unlisted: 'warning',
  'other-purpose': 'warning',
  'other-person': 'danger',
  expired: 'warning',
  'not-yet-valid': 'warning',
  revoked: 'danger',
  changed: 'danger',
  trustedData: 'warning',
  withReservations: 'warning',
};

/** In English; `key` finds the same in the language of a window. */
const wordsOf = (key: Headline): VerdictWords => ({ key, tone: tones[key], ...english[key] });

export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  trusted: wordsOf('trusted'),
  tampered: wordsOf('tampered'),
  unpinned: wordsOf('unpinned'),
  malformed: wordsOf('malformed'),
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

/** The headline of one verification: true for exactly this pack, and with the advice that helps. */
export function headlineOf(
  verification: Pick<Verification, 'verdict' | 'signers' | 'reservations' | 'report'>,
): VerdictWords {
  const { verdict, reservations = [], report } = verification;
  if (verdict === 'unpinned') {
    const doubt = doubtOf(verification);
    return doubt === undefined ? verdictWords.unpinned : wordsOf(doubt);
  }
  if (verdict !== 'trusted') return verdictWords[verdict];
  if (report === 'only-facts') return wordsOf('trustedData');
  return reservations.length > 0 ? wordsOf('withReservations') : verdictWords.trusted;
}

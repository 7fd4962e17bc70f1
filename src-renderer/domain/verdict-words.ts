// What each verdict means for somebody who holds the pack. Only one of them may be relied on.
import type { Verdict } from '#shared/model/evidence.ts';
import type { NoticeTone } from '../components/notice.tsx';

export type VerdictWords = { title: string; meaning: string; tone: NoticeTone };

export const verdictWords: Record<Verdict, VerdictWords> = {
  trusted: {
    title: 'Trusted',
    meaning: 'The pack is intact, and somebody you believe signed it.',
    tone: 'good',
  },
  tampered: {
    title: 'Tampered',
    meaning: 'The pack is not what was signed. Do not rely on it; ask for it again.',
    tone: 'danger',
  },
  unpinned: {
    title: 'Intact, but the signer is unknown',
    meaning:
      'Nothing in the pack was changed since it was signed, but nothing says who signed it. Get the list of allowed signers by another way than the pack, and verify again with it; or compare the key with its owner.',
    tone: 'warning',
  },
  malformed: {
    title: 'Not an evidence pack',
    meaning: 'This file cannot be read as an evidence pack, so nothing can be said about its contents.',
    tone: 'danger',
  },
};

// What the reviewer form accepts, checked before it is sent so that each field can say what it misses.
import { reviewer } from '#shared/model/reviewer.ts';

export const shortestPassphrase = 8;

export type ReviewerDraft = { name: string; id: string; email: string; passphrase: string; repeated: string };

export type ReviewerErrors = Partial<Record<keyof ReviewerDraft, string>>;

/** Whether saving this identity creates a signing key that must be sealed with a passphrase. */
export function needsPassphrase(
  doorKind: 'desktop' | 'browser',
  known: { id: string; hasKey: boolean } | null,
  draftId: string,
): boolean {
  const isSameIdentity = known !== null && known.hasKey && known.id === draftId.trim();
  return doorKind === 'browser' && !isSameIdentity;
}

/** One sentence for every field that cannot be saved as it is; empty when all can. */
export function reviewerErrors(draft: ReviewerDraft, passphraseNeeded: boolean): ReviewerErrors {
  const errors: ReviewerErrors = {};
  if (draft.name.trim() === '') errors.name = 'Say who decides here, as it should appear in reports.';
  if (draft.id.trim() === '') errors.id = 'Enter the identity written beside each decision.';
  const email = draft.email.trim();
  if (email !== '' && !reviewer.shape.email.safeParse(email).success) {
    errors.email = 'This is not an email address.';
  }
  if (passphraseNeeded || draft.passphrase !== '') {
    if (draft.passphrase.length < shortestPassphrase) {
      errors.passphrase = `Use at least ${shortestPassphrase} characters.`;
    } else if (draft.passphrase !== draft.repeated) {
      errors.repeated = 'The two passphrases differ.';
    }
  }
  return errors;
}

// What the reviewer form accepts, checked before it is sent so that each field can say what it misses.
import { reviewer, type ReviewerProof } from '#shared/model/reviewer.ts';
import { text } from '../texts/text.ts';

export const shortestPassphrase = 8;

export type ReviewerDraft = {
  name: string;
  id: string;
  email: string;
  passphrase: string;
  repeated: string;
  /** Fingerprint of a key that an ssh-agent offers; empty for one that is made here. */
  agent: string;
};

export type ReviewerErrors = Partial<Record<keyof ReviewerDraft, string>>;

/**
 * known: the passphrase of the key that is here shows who this is, so it is asked for once · new: it seals a new key · maybe:
 * it may seal one, or the system keychain does · none: nothing is asked for, the key is in the keychain or in an agent.
 */
export type PassphraseAsk = 'known' | 'new' | 'maybe' | 'none';

/**
 * @param proof What the workstation says it takes; undefined until it has answered for this identity.
 * @param usesAgent Whether a key of an agent was chosen, which brings no passphrase along.
 */
export function passphraseAsk(
  doorKind: 'desktop' | 'browser',
  proof: ReviewerProof | undefined,
  usesAgent = false,
): PassphraseAsk {
  if (proof?.needsPassphrase === true) return 'known';
  if (proof !== undefined && !proof.makesKey) return 'none';
  if (usesAgent) return 'none';
  return doorKind === 'browser' ? 'new' : 'maybe';
}

/** One sentence for every field that cannot be saved as it is; empty when all can. */
export function reviewerErrors(draft: ReviewerDraft, asked: PassphraseAsk): ReviewerErrors {
  const errors: ReviewerErrors = {};
  if (draft.name.trim() === '') errors.name = text('domain:reviewer.error.name');
  if (draft.id.trim() === '') errors.id = text('domain:reviewer.error.id');
  const email = draft.email.trim();
  if (email !== '' && !reviewer.shape.email.safeParse(email).success) {
    errors.email = text('domain:reviewer.error.email');
  }
  if (asked === 'known' && draft.passphrase === '') {
    errors.passphrase = text('domain:reviewer.error.passphrase');
  }
  if (asked === 'new' || (asked === 'maybe' && draft.passphrase !== '')) {
    if (draft.passphrase.length < shortestPassphrase) {
      errors.passphrase = text('domain:reviewer.error.short', { least: shortestPassphrase });
    } else if (draft.passphrase !== draft.repeated) {
      errors.repeated = text('domain:reviewer.error.differ');
    }
  }
  return errors;
}

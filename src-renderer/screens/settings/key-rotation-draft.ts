// What is entered to replace a signing key, before it is sent.
import { shortestPassphrase } from '../../domain/reviewer-form.ts';

export type RotationDraft = {
  /** Fingerprint of a key of an ssh-agent; empty for a new one made here. */
  agent: string;
  reason: string;
  isLost: boolean;
  passphrase: string;
  newPassphrase: string;
  repeated: string;
};

type Circumstances = { asksPassphrase: boolean; isBrowser: boolean };

/** What is still missing, as sentences; empty when it can be sent. */
export function rotationErrors(draft: RotationDraft, { asksPassphrase, isBrowser }: Circumstances): string[] {
  const { agent, reason, isLost, passphrase, newPassphrase, repeated } = draft;
  const errors: string[] = [];
  if (reason.trim() === '') errors.push('Say why.');
  if (asksPassphrase && !isLost && passphrase === '') errors.push('Give the passphrase of the present key.');
  if (agent !== '' || (newPassphrase === '' && !isBrowser)) return errors;
  if (newPassphrase.length < shortestPassphrase)
    errors.push(`Use at least ${shortestPassphrase} characters for the new key.`);
  else if (newPassphrase !== repeated) errors.push('The two passphrases differ.');
  return errors;
}

export function rotationOf({ agent, reason, isLost, passphrase, newPassphrase }: RotationDraft) {
  return {
    reason: reason.trim(),
    isLost,
    ...(agent === '' ? {} : { agent }),
    ...(passphrase === '' || isLost ? {} : { passphrase }),
    ...(newPassphrase === '' || agent !== '' ? {} : { newPassphrase }),
  };
}

// What is entered to replace a signing key, before it is sent.
import { shortestPassphrase } from '../../domain/reviewer-form.ts';
import { text } from '../../texts/text.ts';

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
  if (reason.trim() === '') errors.push(text('settings:rotate.sayWhy'));
  if (asksPassphrase && !isLost && passphrase === '') errors.push(text('settings:rotate.givePassphrase'));
  if (agent !== '' || (newPassphrase === '' && !isBrowser)) return errors;
  if (newPassphrase.length < shortestPassphrase)
    errors.push(text('settings:rotate.tooShort', { least: shortestPassphrase }));
  else if (newPassphrase !== repeated) errors.push(text('settings:rotate.differ'));
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
